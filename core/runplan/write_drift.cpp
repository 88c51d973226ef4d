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
  out.begin_object();
  out.line();
  out.member("schema", k_drift_schema);
  out.line();
  out.member("target", report.target);
  out.member("time_ms", report.wall_milliseconds);
  out.member("duration_ms", report.duration_milliseconds);
  out.member("exit_code", report.exit_code);
  out.line();
  out.key("roots");
  out.begin_array();
  for (const DriftRoot& root : report.roots) {
    out.line();
    out.begin_object();
    out.member("root", root.root);
    out.member("flight", root.flight);
    out.member("stage", root.stage);
    out.member("procedure", root.procedure);
    out.member("verdict", word_of(k_drift_verdicts, root.verdict));
    if (!root.reason.empty()) out.member("reason", root.reason);
    write_changes(out, "objects", root.objects);
    write_outputs(out, "outputs", root.outputs);
    write_diagnostics_if_any(out, root.diagnostics);
    out.end_object();
  }
  out.line();
  out.end_array();
  out.line();
  out.end_object();
  return out.take() + "\n";
}

}  // namespace space::runplan
