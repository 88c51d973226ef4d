// From the plan of a joint root back to its procedures: what changes in each, which output of an
// earlier one that follows from, and what cannot be known yet. In: the plan, the parts it was made
// of, what was left out of it. Out: a PreviewRoot for each part, in the parts' order, without any
// sensitive value. Pure.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/runplan/preview.h"
#include "core/runplan/run_plan.h"
#include "runner/joint/deferral.h"
#include "runner/joint/joint_root.h"
#include "runner/plans/plan_document.h"
#include "runner/tofu/outputs.h"

namespace space::joint {

struct JointPlan {
  const runplan::RunPlan& plan;
  const std::vector<Part>& parts;
  const plans::PlanDocument& document;
  const std::vector<Exclusion>& exclusions;
  // Outputs of states, by root; where nothing is left out they need not be given.
  const std::map<std::size_t, tofu::Outputs>& recorded;
  std::function<std::string(std::string_view)> scrub;
};

std::vector<runplan::PreviewRoot> read_back(const JointPlan& joint);

// What is known of a procedure before any plan.
runplan::PreviewRoot unread(const runplan::Root& root);

// Is the value of this output known only after an apply?
bool is_unknown_output(const plans::PlanDocument& document, std::size_t root,
                       const std::string& output);

}  // namespace space::joint
