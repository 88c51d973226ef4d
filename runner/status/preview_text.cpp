#include <algorithm>
#include <map>

#include "core/base/strings.h"
#include "core/runplan/names.h"
#include "runner/status/preview_view.h"
#include "runner/status/preview_words.h"
#include "runner/status/text.h"

namespace space::status {

namespace {

using runplan::PreviewAction;
using runplan::PreviewChange;
using runplan::PreviewRoot;
using runplan::PreviewVerdict;

Paint paint_of_action(PreviewAction action) {
  switch (action) {
    case PreviewAction::Create:
    case PreviewAction::Import:
      return Paint::Good;
    case PreviewAction::Delete:
    case PreviewAction::Replace:
      return Paint::Bad;
    case PreviewAction::Update:
    case PreviewAction::Forget:
      return Paint::Notice;
    default:
      return Paint::Faint;
  }
}

Paint paint_of_verdict(PreviewVerdict verdict) {
  switch (verdict) {
    case PreviewVerdict::Failed:
      return Paint::Bad;
    case PreviewVerdict::Unchanged:
      return Paint::Faint;
    default:
      return Paint::Notice;
  }
}

class Text {
 public:
  Text(const runplan::Preview& preview, const Style& style) : preview_(preview), style_(style) {}

  std::string run() {
    for (std::size_t i = 0; i < preview_.roots.size();) i = flight(i);
    for (const auto& diagnostic : preview_.diagnostics)
      out_ += diagnostic_text(diagnostic, style_, "");
    summary();
    return std::move(out_);
  }

 private:
  std::string paint(std::string_view text, Paint with) const {
    return painted(text, with, style_.color);
  }

  // In the order of an apply the procedures of a flight stand together.
  std::size_t flight(std::size_t begin) {
    const std::string& name = preview_.roots[begin].flight;
    out_ += paint(name, Paint::Strong) + "\n";
    std::size_t end = begin;
    while (end < preview_.roots.size() && preview_.roots[end].flight == name) end = stage(end);
    return end;
  }

  std::size_t stage(std::size_t begin) {
    const PreviewRoot& first = preview_.roots[begin];
    out_ += "  stage " + first.stage + "\n";
    std::vector<std::string> unchanged;
    std::size_t end = begin;
    for (; end < preview_.roots.size(); ++end) {
      const PreviewRoot& root = preview_.roots[end];
      if (root.flight != first.flight || root.stage != first.stage) break;
      const bool is_quiet = root.verdict == PreviewVerdict::Unchanged && root.drift.empty() &&
                            root.deferred.empty() && root.diagnostics.empty();
      if (is_quiet) {
        unchanged.push_back(root.procedure);
      } else {
        procedure(root);
      }
    }
    if (!unchanged.empty())
      out_ += "    " + paint("unchanged", Paint::Faint) + " " + base::join(unchanged, ", ") + "\n";
    return end;
  }

  void procedure(const PreviewRoot& root) {
    out_ += "    " + paint(root.procedure, Paint::Strong) + "  " +
            paint(runplan::name_of(root.verdict), paint_of_verdict(root.verdict));
    if (const std::string counts = counts_text(root.counts); !counts.empty()) out_ += "  " + counts;
    if (!root.reason.empty()) out_ += "  " + printable(root.reason);
    out_ += "\n";
    for (const auto& change : root.changes) this->change(root, change);
    for (const auto& output : root.outputs)
      out_ += "      " + paint(sign_of(output.action), paint_of_action(output.action)) +
              " output " + output.name + " = " +
              shortened(output.action == PreviewAction::Create
                            ? value_text(output.after)
                            : pair_text(output.before, output.after)) +
              "\n";
    for (const auto& change : root.drift) drift(change);
    for (const auto& one : root.deferred) {
      out_ += "      " + paint("?", Paint::Notice) + " " +
              (one.address.empty() ? "all of it" : printable(one.address)) +
              " deferred: known after " + one.after;
      if (!one.why.empty()) out_ += "  (" + printable(one.why) + ")";
      out_ += "\n";
    }
    for (const auto& diagnostic : root.diagnostics)
      out_ += diagnostic_text(diagnostic, style_, "      ");
  }

  void change(const PreviewRoot& root, const PreviewChange& change) {
    out_ += "      " + paint(sign_of(change.action), paint_of_action(change.action)) + " " +
            printable(change.address) + "  " +
            paint(phrase_of(change.action), paint_of_action(change.action));
    if (!change.deposed.empty()) out_ += " (its deposed object " + change.deposed + ")";
    if (!change.previous_address.empty())
      out_ += " (it was " + printable(change.previous_address) + ")";
    if (!change.importing.empty()) out_ += " (from " + printable(change.importing) + ")";
    if (!change.reason.empty()) out_ += ": " + reason_text(change.reason);
    out_ += "\n";
    leaves(change);
    // A new object follows from all that it reads; nothing is to be explained.
    if (change.action == PreviewAction::Create && style_.reasons == Reasons::Brief) return;
    for (const auto& cause : change.causes)
      out_ += "          " +
              paint("because " + cause_text(root, cause) +
                        " changes: " + shortened_pair(cause.before, cause.after),
                    Paint::Faint) +
              "\n";
  }

  void leaves(const PreviewChange& change) {
    std::size_t longest = 0;
    for (const auto& leaf : change.leaves) longest = std::max(longest, leaf.path.size());
    longest = std::min<std::size_t>(longest, 40);
    for (const auto& leaf : change.leaves) {
      std::string path = printable(leaf.path);
      path.resize(std::max(path.size(), longest), ' ');
      const bool is_new =
          change.action == PreviewAction::Create || change.action == PreviewAction::Read;
      out_ += "          " + path + " = " +
              shortened(is_new ? value_text(leaf.after) : pair_text(leaf.before, leaf.after));
      if (leaf.replaces) out_ += paint("  forces replacement", Paint::Bad);
      out_ += "\n";
    }
  }

  void drift(const PreviewChange& change) {
    out_ += "      " + paint("!", Paint::Notice) + " " + printable(change.address) + "  " +
            paint(change.action == PreviewAction::Delete ? "is gone, though nobody here removed it"
                                                         : "is not as its state has it",
                  Paint::Notice) +
            "\n";
    leaves(change);
  }

  void summary() {
    out_ += "\n" + paint("preview " + preview_.target, Paint::Strong) + ": " +
            base::counted(preview_.roots.size(), "procedure") + ", " +
            duration_text(preview_.duration_milliseconds) + "\n";
    std::map<PreviewVerdict, std::pair<std::size_t, runplan::ChangeCounts>> rows;
    std::size_t drifted = 0;
    for (const PreviewRoot& root : preview_.roots) {
      auto& [count, changes] = rows[root.verdict];
      ++count;
      runplan::add(changes, root.counts);
      drifted += root.drift.empty() ? 0 : 1;
    }
    for (const auto& [verdict, row] : rows) {
      std::string name = runplan::name_of(verdict);
      name.resize(16, ' ');
      out_ += "  " + paint(name, paint_of_verdict(verdict)) + std::to_string(row.first);
      if (const std::string counts = counts_text(row.second); !counts.empty())
        out_ += "  " + counts;
      out_ += "\n";
    }
    if (const std::size_t objects = deferred_objects(preview_); objects > 0)
      out_ += "  " + paint("not known yet", Paint::Notice) + std::string(3, ' ') +
              std::to_string(objects) + "\n";
    if (drifted > 0)
      out_ += "  " + paint("drift", Paint::Notice) + std::string(11, ' ') +
              std::to_string(drifted) + "\n";
  }

  const runplan::Preview& preview_;
  const Style& style_;
  std::string out_;
};

}  // namespace

std::string preview_text(const runplan::Preview& preview, const Style& style) {
  return Text(preview, style).run();
}

}  // namespace space::status
