#include <algorithm>

#include "core/runplan/change_json.h"
#include "core/runplan/diagnostic_json.h"
#include "core/runplan/drift.h"
#include "core/runplan/names.h"

namespace space::runplan {

std::string name_of(DriftVerdict verdict) {
  return std::string(word_of(k_drift_verdicts, verdict));
}

std::size_t count_of(const DriftReport& report, DriftVerdict verdict) {
  return static_cast<std::size_t>(
      std::count_if(report.roots.begin(), report.roots.end(),
                    [verdict](const DriftRoot& root) { return root.verdict == verdict; }));
}

std::string to_json(const DriftReport& report) {
  JsonWriter out;
  write_head(out, {k_drift_schema, report.target, report.wall_milliseconds,
                   report.duration_milliseconds, report.exit_code});
  return write_roots(out, report.roots, [&out](const DriftRoot& root) {
    write_verdict(out, root, word_of(k_drift_verdicts, root.verdict), root.reason);
    write_changes(out, "objects", root.objects);
    write_outputs(out, "outputs", root.outputs);
    write_diagnostics_if_any(out, root.diagnostics);
  });
}

}  // namespace space::runplan
