#include "core/runplan/run_event.h"

#include "core/runplan/diagnostic_json.h"
#include "core/runplan/json_writer.h"
#include "core/runplan/names.h"

namespace space::runplan {

namespace {

void write_diagnostic(JsonWriter& out, const RunDiagnostic& diagnostic) {
  out.begin_object();
  out.member("severity", diagnostic.is_error ? "error" : "warning");
  out.member("summary", diagnostic.summary);
  if (!diagnostic.detail.empty()) out.member("detail", diagnostic.detail);
  if (!diagnostic.address.empty()) out.member("address", diagnostic.address);
  if (!diagnostic.generated_file.empty()) {
    out.member("generated_file", diagnostic.generated_file);
    out.member("generated_line", diagnostic.generated_line);
  }
  if (!diagnostic.file.empty()) {
    out.member("file", diagnostic.file);
    out.member("line", diagnostic.line);
    out.member("column", diagnostic.column);
  }
  if (!diagnostic.snippet.empty()) out.member("snippet", diagnostic.snippet);
  out.end_object();
}

}  // namespace

void write_counts(JsonWriter& out, const ChangeCounts& counts) {
  out.key("changes");
  out.begin_object();
  out.member("add", counts.add);
  out.member("change", counts.change);
  out.member("remove", counts.remove);
  out.member("import", counts.import_);
  out.end_object();
}

void write_diagnostics_if_any(JsonWriter& out, const std::vector<RunDiagnostic>& diagnostics) {
  if (diagnostics.empty()) return;
  out.key("diagnostics");
  out.begin_array();
  for (const RunDiagnostic& diagnostic : diagnostics) write_diagnostic(out, diagnostic);
  out.end_array();
}

void add(ChangeCounts& to, const ChangeCounts& more) {
  to.add += more.add;
  to.change += more.change;
  to.remove += more.remove;
  to.import_ += more.import_;
}

namespace {

void write_remains(JsonWriter& out, const Remains& remains) {
  if (remains.evidence.empty()) return;
  out.key("remains");
  out.begin_object();
  out.strings("done", remains.done);
  out.strings("failed", remains.failed);
  out.strings("unknown", remains.unknown);
  out.strings("not_begun", remains.not_begun);
  out.member("evidence", remains.evidence);
  out.end_object();
}

}  // namespace

std::string name_of(Verdict verdict) { return std::string(word_of(k_verdicts, verdict)); }

std::string to_json_line(const RunEvent& event) {
  using Kind = RunEvent::Kind;
  const bool ends = event.kind == Kind::RootFinished || event.kind == Kind::RunFinished;
  JsonWriter out;
  out.begin_object();
  out.member("schema", k_events_schema);
  out.member("event", word_of(k_event_kinds, event.kind));
  out.member("time_ms", event.wall_milliseconds);
  out.member("elapsed_ms", event.elapsed_milliseconds);
  out.member("operation", word_of(k_operations, event.operation));
  if (!event.target.empty()) out.member("target", event.target);
  if (!event.root.empty()) out.member("root", event.root);
  if (!event.flight.empty()) out.member("flight", event.flight);
  if (!event.stage.empty()) out.member("stage", event.stage);
  if (!event.detail.empty()) out.member("detail", event.detail);
  if (ends) {
    out.member("verdict", word_of(k_verdicts, event.verdict));
    if (!event.reason.empty()) out.member("reason", event.reason);
    if (!event.why.empty()) out.member("why", event.why);
    write_counts(out, event.counts);
    out.member("duration_ms", event.duration_milliseconds);
  }
  if (event.kind == Kind::RootFinished && event.verdict != Verdict::Skipped) {
    out.member("begun_ms", event.begun_milliseconds);
    if (!event.after.empty()) out.member("after", event.after);
  }
  if (event.kind == Kind::RunStarted || event.kind == Kind::RunFinished)
    out.member("roots", event.roots);
  if (!event.tofu_sha256.empty()) out.member("tofu_sha256", event.tofu_sha256);
  if (event.kind == Kind::RunFinished) out.member("exit_code", event.exit_code);
  write_remains(out, event.remains);
  out.strings_if_any("next", event.next);
  write_diagnostics_if_any(out, event.diagnostics);
  out.end_object();
  std::string line = out.take();
  line += '\n';
  return line;
}

}  // namespace space::runplan
