// Whether a joint plan may be believed: a procedure of which nothing has changed since its last
// good end, and nothing that it reads changes, must show no change but drift. Where it shows one,
// the joint plan is not its own plan: its own is made and told instead. In: what was read back.
// Out: the same, with such procedures as `apart`.
#pragma once

#include <vector>

#include "core/runplan/preview.h"
#include "runner/flight/preview.h"

namespace space::flight {

void hold_to_own_plans(std::vector<runplan::PreviewRoot>& roots, const runplan::RunPlan& plan,
                       const PreviewRequest& request, const Workspace& workspace, World& world);

}  // namespace space::flight
