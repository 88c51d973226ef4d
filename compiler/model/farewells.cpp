#include "compiler/model/farewells.h"

#include <algorithm>

#include "compiler/model/queries.h"

namespace space::model {

FlightId flight_like(const ResolvedProgram& program, const LockedState& state,
                     const StateName& name) {
  FlightId found;
  int best = 0;
  for (std::size_t i = 0; i < program.flights.size(); ++i) {
    const Flight& flight = program.flights[i];
    if (program[flight.environment].name != name.environment ||
        program[flight.space].name != name.space || !is_place_known(program, flight) ||
        remote_place(program, flight) != state.backend)
      continue;
    const bool same_mission = program[flight.mission].name == name.mission;
    const bool same_key = same_mission && program[flight.instance].key == name.key;
    const int rank = 1 + (same_mission ? 1 : 0) + (same_key ? 1 : 0);
    if (rank <= best) continue;
    best = rank;
    found = FlightId(i);
  }
  return found;
}

std::vector<FarewellProvider> farewell_providers(const ResolvedProgram& program,
                                                 const StateBook& book, const Farewell& farewell) {
  const LockedState& state = book.lock.states[farewell.locked];
  const Flight& like = program[farewell.like];
  const bool is_own = program[like.mission].name == farewell.name.mission &&
                      program[like.instance].key == farewell.name.key;
  std::vector<FarewellProvider> out;
  for (const LockedProvider& locked : state.providers) {
    FarewellProvider provider;
    provider.locked = &locked;
    for (const LockedVersion& version : book.lock.versions) {
      if (version.source == locked.source) provider.version = version.version;
    }
    for (std::size_t i = 0; i < program.providers.size(); ++i) {
      const Provider& declared = program.providers[i];
      if (normalized_source(declared.source, declared.name) != locked.source) continue;
      provider.declared = ProviderId(i);
      provider.version = declared.version;
    }
    // Another mission's or key's own configurations were never this state's.
    std::vector<ConfigId> there = program[like.space].configs;
    if (is_own) {
      const auto& own = program[like.mission].configs;
      there.insert(there.begin(), own.begin(), own.end());
    }
    for (const std::string& label : locked.configurations) {
      const auto at = std::find_if(there.begin(), there.end(), [&](ConfigId id) {
        return program[id].provider.valid() && program[id].provider == provider.declared &&
               program[id].label == label;
      });
      provider.configs.push_back(at == there.end() ? ConfigId() : *at);
    }
    out.push_back(std::move(provider));
  }
  return out;
}

}  // namespace space::model
