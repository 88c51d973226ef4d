// What an apply would hold against a procedure's outputs, seen before: one that is null and not
// declared optional, one that is of another type than declared. In: a procedure and the joint plan.
// Out: words for each broken promise; what is not known yet breaks none. Values never stand in
// them.
#pragma once

#include <string>
#include <vector>

#include "core/runplan/run_plan.h"
#include "runner/plans/plan_document.h"

namespace space::joint {

std::vector<std::string> broken_promises(const runplan::Root& root, std::size_t index,
                                         const plans::PlanDocument& document);

}  // namespace space::joint
