#include "compiler/compare/compare.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "compiler/compare/roots.h"

namespace space::compare {

namespace {

using lower::LoweredFlight;
using lower::LoweredRoot;

// A flight, but for its environment.
using FlightKey = std::tuple<std::string, std::string, std::string>;  // space, mission, key

FlightKey key_of(const LoweredFlight& flight) {
  return {flight.plan.space, flight.plan.mission, flight.plan.key};
}

// One procedure and key is one root in every flight of its mission, in one order.
bool compare_flights(const LoweredFlight& here, const LoweredFlight& there,
                     diagnostics::DiagnosticSink& sink) {
  bool same = true;
  for (std::size_t i = 0; i < std::min(here.roots.size(), there.roots.size()); ++i) {
    const LoweredRoot& root = here.roots[i];
    const auto found = first_difference(root, there.roots[i]);
    if (!found) continue;
    same = false;
    auto report =
        sink.report(diagnostics::different_code, found->here.valid() ? found->here : root.from,
                    root.id, there.roots[i].id, found->what);
    if (found->here != found->there) report.related(found->there, "the other one");
    report.related(root.from, "of this procedure")
        .help(
            "what differs between environments is given to a variable that declares `varies`, and "
            "what is read flies in both");
  }
  return same;
}

}  // namespace

bool compare_promoted(const lower::LoweredProgram& program, diagnostics::DiagnosticSink& sink) {
  bool same = true;
  std::map<std::string, std::map<FlightKey, const LoweredFlight*>> flights;
  // What leaves one environment has left the other before, or will: it is no code.
  for (const LoweredFlight& flight : program.flights) {
    if (!flight.plan.farewell) flights[flight.plan.environment].emplace(key_of(flight), &flight);
  }
  for (const runplan::Environment& environment : program.environments) {
    if (environment.promote_from.empty()) continue;
    const auto& before = flights[environment.promote_from];
    for (const auto& [key, flight] : flights[environment.name]) {
      const auto other = before.find(key);
      if (other != before.end() && !compare_flights(*flight, *other->second, sink)) same = false;
    }
  }
  return same;
}

}  // namespace space::compare
