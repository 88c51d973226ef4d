// Small run plans for the schedule's tests: flights with stages and roots, by name.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/runplan/run_plan.h"
#include "runner/schedule/schedule.h"

namespace space::schedule_test {

struct FlightSpec {
  std::string name;
  std::vector<int> stages;  // how many roots each has
  std::vector<std::string> after;
};

inline runplan::RunPlan make_plan(const std::vector<FlightSpec>& specs) {
  runplan::RunPlan plan;
  for (const FlightSpec& spec : specs) {
    runplan::Flight flight;
    flight.id = spec.name;
    flight.after = spec.after;
    for (std::size_t s = 0; s < spec.stages.size(); ++s) {
      runplan::Stage stage;
      stage.label = std::to_string(s);
      for (int r = 0; r < spec.stages[s]; ++r) {
        runplan::Root root;
        root.id = spec.name + "/" + stage.label + "/" + std::to_string(r);
        root.flight = spec.name;
        root.stage = stage.label;
        stage.roots.push_back(root.id);
        plan.roots.push_back(root);
      }
      flight.stages.push_back(stage);
    }
    plan.flights.push_back(flight);
  }
  std::sort(plan.roots.begin(), plan.roots.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  std::sort(plan.flights.begin(), plan.flights.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  return plan;
}

inline std::vector<schedule::Part> all_parts(const runplan::RunPlan& plan) {
  std::vector<schedule::Part> parts;
  for (std::size_t i = 0; i < plan.roots.size(); ++i) parts.push_back({i, 1});
  return parts;
}

inline std::size_t index_of(const runplan::RunPlan& plan, const std::string& id) {
  return static_cast<std::size_t>(runplan::find_root(plan, id) - plan.roots.data());
}

}  // namespace space::schedule_test
