#include "core/base/clock.h"
#include "core/base/strings.h"
#include "runner/status/preview_view.h"
#include "runner/status/preview_words.h"
#include "runner/status/text.h"

namespace space::status {

namespace {

using runplan::PreviewAction;
using runplan::PreviewChange;
using runplan::PreviewRoot;
using runplan::PreviewVerdict;

// Nothing is fetched and no script runs: the policy says so to the browser, too.
constexpr std::string_view k_head = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root { color-scheme: light dark; --good: #1a7f37; --bad: #c62828; --note: #9a6700; --line: #8884; }
@media (prefers-color-scheme: dark) { :root { --good: #57c271; --bad: #ff7b72; --note: #e3b341; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin-bottom: .2rem; }
.sub { opacity: .7; margin-top: 0; }
details { border-left: 2px solid var(--line); margin: .25rem 0 .25rem .3rem; padding-left: .8rem; }
summary { cursor: pointer; }
details.flight > summary { font-weight: 600; font-size: 1.1rem; }
details.stage > summary { font-weight: 600; opacity: .8; }
code, td, .address { font-family: ui-monospace, monospace; font-size: .86rem; }
table { border-collapse: collapse; margin: .2rem 0 .5rem 0; }
td { padding: .05rem .8rem .05rem 0; vertical-align: top; overflow-wrap: anywhere; }
td.path { white-space: nowrap; }
.create, .import { color: var(--good); } .delete, .replace, .failed { color: var(--bad); }
.update, .forget, .deferred, .apart, .changes, .drift { color: var(--note); }
.unchanged, .read, .move, .because { opacity: .7; }
.counts { margin-left: .6rem; opacity: .8; }
.sign { display: inline-block; min-width: 2.2rem; font-family: ui-monospace, monospace; }
pre { overflow-x: auto; }
@media print { details > summary { list-style: none; } }
</style>
)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string spanned(std::string_view kind, std::string_view text) {
  return "<span class=\"" + std::string(kind) + "\">" + escaped(text) + "</span>";
}

enum class Fold { Open, Closed };

std::string open_details(std::string_view kind, Fold fold, const std::string& summary) {
  return "<details class=\"" + std::string(kind) + "\"" + (fold == Fold::Open ? " open" : "") +
         "><summary>" + summary + "</summary>\n";
}

class Page {
 public:
  explicit Page(const runplan::Preview& preview) : preview_(preview) {}

  std::string run() {
    out_ = std::string(k_head) + "<title>preview of " + escaped(preview_.target) +
           "</title>\n</head>\n<body>\n";
    heading();
    for (const auto& diagnostic : preview_.diagnostics) this->diagnostic(diagnostic);
    for (std::size_t i = 0; i < preview_.roots.size();) i = flight(i);
    out_ += "</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  void heading() {
    out_ += "<h1>preview of " + escaped(preview_.target) + "</h1>\n<p class=\"sub\">" +
            base::rfc3339(preview_.wall_milliseconds) + ", " +
            base::counted(preview_.roots.size(), "procedure") + ", " +
            duration_text(preview_.duration_milliseconds) + "</p>\n<p>";
    const std::string counts = counts_text(counts_of(preview_));
    out_ += counts.empty() ? "No object would change." : "Objects: <b>" + escaped(counts) + "</b>";
    for (const PreviewVerdict verdict :
         {PreviewVerdict::Changes, PreviewVerdict::Deferred, PreviewVerdict::Apart,
          PreviewVerdict::Failed, PreviewVerdict::Unchanged}) {
      std::size_t count = 0;
      for (const PreviewRoot& root : preview_.roots) count += root.verdict == verdict ? 1 : 0;
      if (count == 0) continue;
      const std::string word = runplan::name_of(verdict);
      out_ +=
          " · " + spanned(word, std::to_string(count) +
                                    (verdict == PreviewVerdict::Changes ? " with " : " ") + word);
    }
    if (const std::size_t objects = deferred_objects(preview_); objects > 0)
      out_ += " · " + spanned("deferred",
                              std::to_string(objects) + " that cannot be known before an apply");
    out_ += "</p>\n";
  }

  std::size_t flight(std::size_t begin) {
    const std::string& name = preview_.roots[begin].flight;
    out_ += open_details("flight", Fold::Open, escaped(name));
    std::size_t end = begin;
    while (end < preview_.roots.size() && preview_.roots[end].flight == name) end = stage(end);
    out_ += "</details>\n";
    return end;
  }

  std::size_t stage(std::size_t begin) {
    const PreviewRoot& first = preview_.roots[begin];
    std::size_t end = begin;
    runplan::ChangeCounts counts;
    Fold fold = Fold::Closed;
    for (; end < preview_.roots.size(); ++end) {
      const PreviewRoot& root = preview_.roots[end];
      if (root.flight != first.flight || root.stage != first.stage) break;
      runplan::add(counts, root.counts);
      if (root.verdict != PreviewVerdict::Unchanged) fold = Fold::Open;
    }
    out_ += open_details("stage", fold,
                         "stage " + escaped(first.stage) + spanned("counts", counts_text(counts)));
    for (std::size_t i = begin; i < end; ++i) procedure(preview_.roots[i]);
    out_ += "</details>\n";
    return end;
  }

  void procedure(const PreviewRoot& root) {
    const std::string verdict = runplan::name_of(root.verdict);
    const bool is_quiet = root.verdict == PreviewVerdict::Unchanged && root.drift.empty();
    std::string summary = "<b>" + escaped(root.procedure) + "</b> " + spanned(verdict, verdict) +
                          spanned("counts", counts_text(root.counts));
    if (!root.reason.empty()) summary += " " + escaped(root.reason);
    out_ += open_details("procedure", is_quiet ? Fold::Closed : Fold::Open, summary);
    for (const auto& diagnostic : root.diagnostics) this->diagnostic(diagnostic);
    for (const auto& change : root.changes) this->change(root, change);
    if (!root.outputs.empty()) outputs(root);
    for (const auto& change : root.drift) {
      out_ += open_details("drift", Fold::Open,
                           spanned("drift", "! " + change.address + ": not as its state has it"));
      leaves(change);
      out_ += "</details>\n";
    }
    for (const auto& one : root.deferred) {
      out_ += "<div>" + spanned("sign deferred", "?") +
              spanned("address", one.address.empty() ? "all of it" : one.address) + " " +
              spanned("deferred", "deferred: known after " + one.after) + " " +
              spanned("because", one.why) + "</div>\n";
    }
    if (is_quiet) out_ += "<p class=\"unchanged\">Nothing would change.</p>\n";
    out_ += "</details>\n";
  }

  void change(const PreviewRoot& root, const PreviewChange& change) {
    const std::string kind = runplan::name_of(change.action);
    std::string summary = spanned("sign " + kind, sign_of(change.action)) +
                          spanned("address", change.address) + " " +
                          spanned(kind, phrase_of(change.action));
    if (!change.previous_address.empty())
      summary += " (it was " + spanned("address", change.previous_address) + ")";
    if (!change.deposed.empty()) summary += " (its deposed object " + escaped(change.deposed) + ")";
    if (!change.importing.empty()) summary += " (from " + escaped(change.importing) + ")";
    if (!change.reason.empty()) summary += ": " + escaped(reason_text(change.reason));
    out_ += open_details(
        "object", change.action == PreviewAction::Create ? Fold::Closed : Fold::Open, summary);
    leaves(change);
    for (const auto& cause : change.causes)
      out_ += "<div class=\"because\">because output <code>" + escaped(cause.output) +
              "</code> of " + escaped(place_of(root, cause.root)) +
              " changes, which it reads as <code>" + escaped(cause.variable) + "</code>: <code>" +
              escaped(pair_text(cause.before, cause.after)) + "</code></div>\n";
    out_ += "</details>\n";
  }

  void leaves(const PreviewChange& change) {
    if (change.leaves.empty()) return;
    const bool is_new =
        change.action == PreviewAction::Create || change.action == PreviewAction::Read;
    out_ += "<table>\n";
    for (const auto& leaf : change.leaves) {
      row(leaf.path, is_new ? "" : value_text(leaf.before), value_text(leaf.after),
          leaf.replaces ? "forces replacement" : "");
    }
    out_ += "</table>\n";
  }

  void outputs(const PreviewRoot& root) {
    out_ += open_details("outputs", Fold::Open, "outputs");
    out_ += "<table>\n";
    for (const auto& output : root.outputs)
      row(output.name, output.action == PreviewAction::Create ? "" : value_text(output.before),
          output.action == PreviewAction::Delete ? "(gone)" : value_text(output.after), "");
    out_ += "</table>\n</details>\n";
  }

  void row(std::string_view name, const std::string& before, const std::string& after,
           std::string_view note) {
    out_ += "<tr><td class=\"path\">" + escaped(name) + "</td><td>" +
            (before.empty() ? "" : escaped(before) + " → ") + escaped(after) +
            (note.empty() ? "" : " " + spanned("replace", note)) + "</td></tr>\n";
  }

  void diagnostic(const runplan::RunDiagnostic& diagnostic) {
    out_ += "<pre class=\"" + std::string(diagnostic.is_error ? "failed" : "deferred") + "\">" +
            escaped(diagnostic_text(diagnostic, {}, "")) + "</pre>\n";
  }

  const runplan::Preview& preview_;
  std::string out_;
};

}  // namespace

std::string preview_html(const runplan::Preview& preview) { return Page(preview).run(); }

}  // namespace space::status
