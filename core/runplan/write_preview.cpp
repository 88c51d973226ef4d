#include "core/runplan/diagnostic_json.h"
#include "core/runplan/json_writer.h"
#include "core/runplan/names.h"
#include "core/runplan/preview.h"

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

template <class Item, class Write>
void write_list_if_any(JsonWriter& out, std::string_view name, const std::vector<Item>& items,
                       Write write) {
  if (items.empty()) return;
  out.key(name);
  out.begin_array();
  for (const Item& item : items) {
    out.begin_object();
    write(item);
    out.end_object();
  }
  out.end_array();
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
  write_list_if_any(out, "outputs", root.outputs, [&out](const PreviewOutput& output) {
    out.member("name", output.name);
    out.member("action", word_of(k_preview_actions, output.action));
    write_pair(out, output.before, output.after);
  });
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
