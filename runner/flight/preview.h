// The joint plan of a target (`space preview`): reads the states of its procedures and of what they
// read, plans all of them in one throw-away root and says what each would do. In: a run plan, the
// target's roots, the world. Out: a Preview, or a refusal where nothing could be planned. Changes
// nothing: the throw-away root lies under `.space/runs/`, for its owner alone, and goes with the
// run, however that ends.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/runplan/preview.h"
#include "core/runplan/run_plan.h"
#include "runner/flight/run.h"

namespace space::flight {

struct PreviewRequest {
  std::string target;
  std::vector<std::size_t> roots;  // indices into RunPlan::roots
  std::size_t parallel = 1;
  tofu::Places places;
};

struct Previewed {
  std::optional<base::Error> refusal;
  int exit_code = 0;
  runplan::Preview preview;
};

Previewed preview(const runplan::RunPlan& plan, const PreviewRequest& request,
                  const Workspace& workspace, World& world);

}  // namespace space::flight
