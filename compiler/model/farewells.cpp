#include "compiler/model/farewells.h"

#include <algorithm>

#include "compiler/model/queries.h"

namespace space::model {

const Flight* flight_of(const ResolvedProgram& program, const StateName& name) {
  const std::string id = flight_id(name);
  for (const std::vector<Flight>* flights : {&program.flights, &program.past_flights}) {
    const auto at = std::lower_bound(
        flights->begin(), flights->end(), id,
        [](const Flight& flight, const std::string& wanted) { return flight.id < wanted; });
    if (at != flights->end() && at->id == id) return &*at;
  }
  return nullptr;
}

std::vector<FarewellProvider> farewell_providers(const ResolvedProgram& program,
                                                 const StateBook& book, const Farewell& farewell) {
  const LockedState& state = book.lock.states[farewell.locked];
  const Flight& like = *farewell.like;
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
    std::vector<ConfigId> there = program[like.space].configs;
    if (like.mission.valid()) {
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
