// What a run plan must be beyond its JSON: ids sorted and unique, no reference that leads nowhere,
// no path that leaves the folder, every root in exactly one stage of its flight, outputs read only
// from what flies before. Out: the first contradiction, as a phrase, or nothing.
#pragma once

#include <optional>
#include <string>

#include "core/runplan/run_plan.h"

namespace space::runplan {

std::optional<std::string> find_problem(const RunPlan& plan);

}  // namespace space::runplan
