// The joint plan of a target (`space preview`): reads the states of its procedures and of what they
// read, plans all of them in one throw-away root and says what each would do. In: a run plan, the
// target's roots, the world. Out: a Preview, or a refusal where nothing could be planned. Changes
// nothing: the throw-away root lies under `.space/runs/`, for its owner alone, and goes with the
// run, however that ends.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/runplan/preview.h"
#include "core/runplan/run_plan.h"
#include "runner/flight/run.h"
#include "runner/plans/reviewed.h"

namespace space::flight {

// Whether an apply shall be bound to what is shown.
enum class Keeping : std::uint8_t { No, Yes };

struct PreviewRequest : Scope {
  Keeping keeping = Keeping::No;
  std::string tofu_sha256;  // where it is kept
};

struct Previewed {
  std::optional<base::Error> refusal;
  int exit_code = 0;
  runplan::Preview preview;
  plans::ReviewedPlan reviewed;  // where it was to be kept; and as it is written
  std::string reviewed_text;
};

Previewed preview(const runplan::RunPlan& plan, const PreviewRequest& request,
                  const Workspace& workspace, World& world);

}  // namespace space::flight
