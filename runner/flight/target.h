// TARGET: `ENV[/SPACE[/MISSION[/STAGE|PROCEDURE]]]`, and a root's whole id too. A mission or
// procedure without `--KEY` means all of its keys. In: the text and the run plan. Out: indices of
// roots, in the plan's order, or an Error that says which part is not known and what is near.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/runplan/run_plan.h"

namespace space::flight {

base::Result<std::vector<std::size_t>> select_roots(const runplan::RunPlan& plan,
                                                    std::string_view target);

// The kind of the environment of these roots, which all stand in one.
const runplan::Environment* environment_of(const runplan::RunPlan& plan,
                                           const std::vector<std::size_t>& roots);

}  // namespace space::flight
