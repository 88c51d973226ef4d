// drift: what differs between the world and the states, and nothing changed.
#include "runner/flight/drift.h"

#include "runner/cli/session.h"
#include "runner/status/drift_view.h"

namespace space::runner {

int drift(const DriftOptions& options, const Setting& setting) {
  int exit_code = k_fine;
  const auto loaded = load(options.common, setting, exit_code);
  if (!loaded) return exit_code;
  const auto places = find_places(*loaded, setting);
  if (!places) return k_no_tofu;
  const flight::Scope scope =
      scope_of(*loaded, options.common, parallel_for(options.parallel, setting), *places);
  RealWorld real(setting);
  const flight::Drifted drifted =
      flight::look_for_drift(loaded->plan, scope, loaded->workspace, real.world);
  if (drifted.refusal) {
    print_error(*drifted.refusal);
    return drifted.exit_code;
  }
  const status::Style style{color_for(options.common.color, setting), status::Reasons::Brief};
  print_out(options.common.json == Switch::On ? runplan::to_json(drifted.report)
                                              : status::drift_text(drifted.report, style));
  return drifted.exit_code;
}

}  // namespace space::runner
