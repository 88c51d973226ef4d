// Provider configurations in a joint root. Each block costs a plugin process, so a block that
// several procedures have alike, text and values, is written once in the joint root and passed to
// them; any other stays in its procedure's copy. In: roots of the run plan and their wires. Out:
// which blocks are lifted, and where each configuration stands in the joint root, for states. Pure.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/runplan/run_plan.h"
#include "runner/joint/joint_root.h"
#include "runner/joint/state_merge.h"

namespace space::joint {

Lifting lift_providers(const runplan::RunPlan& plan, const std::vector<Part>& parts);

std::vector<ProviderPlace> provider_places(const runplan::RunPlan& plan, const Part& part,
                                           const Lifting& lifting);

}  // namespace space::joint
