#include "core/runplan/change_json.h"
#include "core/runplan/diagnostic_json.h"
#include "core/runplan/names.h"
#include "core/runplan/preview.h"

namespace space::runplan {

namespace {

void write_root(JsonWriter& out, const PreviewRoot& root) {
  write_verdict(out, root, word_of(k_preview_verdicts, root.verdict), root.reason);
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
}

}  // namespace

RootName name_of(const Root& root) { return {root.id, root.flight, root.stage, root.procedure}; }

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
  write_head(out, {k_preview_schema, preview.target, preview.wall_milliseconds,
                   preview.duration_milliseconds, preview.exit_code});
  write_counts(out, counts_of(preview));
  write_diagnostics_if_any(out, preview.diagnostics);
  return write_roots(out, preview.roots,
                     [&out](const PreviewRoot& root) { write_root(out, root); });
}

}  // namespace space::runplan
