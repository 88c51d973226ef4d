#include "core/runplan/change_json.h"
#include "core/runplan/diagnostic_json.h"
#include "core/runplan/json_writer.h"
#include "core/runplan/names.h"
#include "core/runplan/preview.h"

namespace space::runplan {

namespace {

void write_root(JsonWriter& out, const PreviewRoot& root) {
  out.begin_object();
  out.member("root", root.root);
  out.member("flight", root.flight);
  out.member("stage", root.stage);
  out.member("procedure", root.procedure);
  out.member("verdict", word_of(k_preview_verdicts, root.verdict));
  if (!root.reason.empty()) out.member("reason", root.reason);
  write_counts(out, root.counts);
  write_causes(out, "because_of", root.causes);
  write_changes(out, "objects", root.changes);
  write_changes(out, "drift", root.drift);
  write_outputs(out, "outputs", root.outputs);
  write_list_if_any(out, "deferred", root.deferred, [&out](const PreviewDeferral& deferral) {
    out.member("address", deferral.address);
    out.member("after", deferral.after);
    if (!deferral.why.empty()) out.member("why", deferral.why);
  });
  write_diagnostics_if_any(out, root.diagnostics);
  out.end_object();
}

}  // namespace

std::string name_of(PreviewVerdict verdict) {
  return std::string(word_of(k_preview_verdicts, verdict));
}

std::string name_of(PreviewAction action) {
  return std::string(word_of(k_preview_actions, action));
}

ChangeCounts counts_of(const Preview& preview) {
  ChangeCounts counts;
  for (const PreviewRoot& root : preview.roots) add(counts, root.counts);
  return counts;
}

std::string to_json(const Preview& preview) {
  JsonWriter out;
  out.begin_object();
  out.line();
  out.member("schema", k_preview_schema);
  out.line();
  out.member("target", preview.target);
  out.member("time_ms", preview.wall_milliseconds);
  out.member("duration_ms", preview.duration_milliseconds);
  out.member("exit_code", preview.exit_code);
  write_counts(out, counts_of(preview));
  write_diagnostics_if_any(out, preview.diagnostics);
  out.line();
  out.key("roots");
  out.begin_array();
  for (const PreviewRoot& root : preview.roots) {
    out.line();
    write_root(out, root);
  }
  out.line();
  out.end_array();
  out.line();
  out.end_object();
  return out.take() + "\n";
}

}  // namespace space::runplan
