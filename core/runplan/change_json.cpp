#include "core/runplan/change_json.h"

#include "core/runplan/names.h"

namespace space::runplan {

namespace {

// {"unknown":true}, {"sensitive":true}, {"value":…}, or null for what is not there.
void write_value(JsonWriter& out, const PreviewValue& value) {
  if (value.kind == PreviewValue::Kind::Absent && !value.sensitive) return out.raw("null");
  out.begin_object();
  if (value.sensitive) out.member_true("sensitive");
  if (value.kind == PreviewValue::Kind::Unknown) out.member_true("unknown");
  if (value.kind == PreviewValue::Kind::Known && !value.sensitive) {
    out.key("value");
    out.raw(value.json);
  }
  out.end_object();
}

void write_pair(JsonWriter& out, const PreviewValue& before, const PreviewValue& after) {
  out.key("before");
  write_value(out, before);
  out.key("after");
  write_value(out, after);
}

}  // namespace

void write_head(JsonWriter& out, const ReportHead& head) {
  out.begin_object();
  out.line();
  out.member("schema", head.schema);
  out.line();
  out.member("target", head.target);
  out.member("time_ms", head.wall_milliseconds);
  out.member("duration_ms", head.duration_milliseconds);
  out.member("exit_code", head.exit_code);
}

void write_verdict(JsonWriter& out, const RootName& name, std::string_view verdict,
                   const std::string& reason) {
  out.member("root", name.root);
  out.member("flight", name.flight);
  out.member("stage", name.stage);
  out.member("procedure", name.procedure);
  out.member("verdict", verdict);
  if (!reason.empty()) out.member("reason", reason);
}

void write_causes(JsonWriter& out, std::string_view name, const std::vector<PreviewCause>& causes) {
  write_list_if_any(out, name, causes, [&out](const PreviewCause& cause) {
    out.member("variable", cause.variable);
    out.member("root", cause.root);
    out.member("output", cause.output);
    write_pair(out, cause.before, cause.after);
  });
}

void write_changes(JsonWriter& out, std::string_view name,
                   const std::vector<PreviewChange>& changes) {
  write_list_if_any(out, name, changes, [&out](const PreviewChange& change) {
    out.member("address", change.address);
    out.member("action", word_of(k_preview_actions, change.action));
    if (!change.previous_address.empty()) out.member("previous_address", change.previous_address);
    if (!change.deposed.empty()) out.member("deposed", change.deposed);
    if (!change.reason.empty()) out.member("reason", change.reason);
    if (!change.importing.empty()) out.member("importing", change.importing);
    write_list_if_any(out, "leaves", change.leaves, [&out](const PreviewLeaf& leaf) {
      out.member("path", leaf.path);
      write_pair(out, leaf.before, leaf.after);
      if (leaf.replaces) out.member_true("replaces");
    });
    write_causes(out, "because_of", change.causes);
  });
}

void write_outputs(JsonWriter& out, std::string_view name,
                   const std::vector<PreviewOutput>& outputs) {
  write_list_if_any(out, name, outputs, [&out](const PreviewOutput& output) {
    out.member("name", output.name);
    out.member("action", word_of(k_preview_actions, output.action));
    write_pair(out, output.before, output.after);
  });
}

}  // namespace space::runplan
