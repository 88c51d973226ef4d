#include "runner/status/report.h"

#include "core/runplan/json_writer.h"
#include "runner/status/critical_path.h"

namespace space::status {

namespace {

constexpr const char* k_report_schema = "space.report/1";

}  // namespace

std::string report_json(const RunResult& result) {
  const auto line_of = [](runplan::RunEvent event,
                          const std::vector<runplan::RunDiagnostic>& diagnostics) {
    event.diagnostics = diagnostics;
    std::string line = runplan::to_json_line(event);
    line.pop_back();
    return line;
  };
  runplan::JsonWriter out;
  out.begin_object();
  out.line();
  out.member("schema", k_report_schema);
  out.line();
  out.key("run");
  out.raw(line_of(result.finished, {}));
  out.line();
  out.key("roots");
  out.begin_array();
  for (const RootResult& root : result.roots) {
    out.line();
    out.raw(line_of(root.finished, root.diagnostics));
  }
  out.line();
  out.end_array();
  out.line();
  out.key("longest_way");
  out.begin_array();
  for (const Leg& leg : critical_path(result)) {
    out.line();
    out.begin_object();
    out.member("root", leg.root);
    out.member("waited_ms", leg.waited_milliseconds);
    out.member("duration_ms", leg.duration_milliseconds);
    out.end_object();
  }
  out.line();
  out.end_array();
  out.line();
  out.end_object();
  return out.take() + "\n";
}

}  // namespace space::status
