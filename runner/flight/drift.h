// Drift (`space drift`): what differs between the world and the states of a target, and nothing
// changed. In: a run plan, the target's roots, the world. Out: a DriftReport, or a refusal where
// nothing could be looked at. First all states are read, in this very runner's memory; then each
// root that has one is planned with `-refresh-only`, all at once, its inputs from those states.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/runplan/drift.h"
#include "core/runplan/run_plan.h"
#include "runner/flight/run.h"
#include "runner/plans/plan_document.h"

namespace space::flight {

struct Drifted {
  std::optional<base::Error> refusal;
  int exit_code = 0;
  runplan::DriftReport report;
};

Drifted look_for_drift(const runplan::RunPlan& plan, const Scope& scope, const Workspace& workspace,
                       World& world);

// What a refresh-only plan of one root says, without what is sensitive.
runplan::DriftRoot drift_of(const runplan::Root& root, const plans::PlanDocument& document,
                            const std::function<std::string(std::string_view)>& scrub);

}  // namespace space::flight
