#include "core/base/strings.h"
#include "runner/status/drift_view.h"
#include "runner/status/preview_words.h"
#include "runner/status/text.h"

namespace space::status {

namespace {

using runplan::DriftRoot;
using runplan::DriftVerdict;
using runplan::PreviewAction;

class Text {
 public:
  Text(const runplan::DriftReport& report, const Style& style) : report_(report), style_(style) {}

  std::string run() {
    std::string flight;
    for (std::size_t i = 0; i < report_.roots.size();) {
      const DriftRoot& root = report_.roots[i];
      if (root.flight != flight) out_ += paint(root.flight, Paint::Strong) + "\n";
      flight = root.flight;
      i = stage(i);
    }
    summary();
    return std::move(out_);
  }

 private:
  std::string paint(std::string_view text, Paint with) const {
    return painted(text, with, style_.color);
  }

  std::size_t stage(std::size_t begin) {
    const DriftRoot& first = report_.roots[begin];
    out_ += "  stage " + first.stage + "\n";
    std::vector<std::string> same, never;
    std::size_t end = begin;
    for (; end < report_.roots.size(); ++end) {
      const DriftRoot& root = report_.roots[end];
      if (root.flight != first.flight || root.stage != first.stage) break;
      if (root.verdict == DriftVerdict::Same && root.diagnostics.empty()) {
        same.push_back(root.procedure);
      } else if (root.verdict == DriftVerdict::NeverApplied) {
        never.push_back(root.procedure);
      } else {
        procedure(root);
      }
    }
    names("as its state has it", same);
    names("never applied", never);
    return end;
  }

  void names(std::string_view what, const std::vector<std::string>& procedures) {
    if (!procedures.empty())
      out_ += "    " + paint(what, Paint::Faint) + ": " + base::join(procedures, ", ") + "\n";
  }

  void procedure(const DriftRoot& root) {
    const Paint with = root.verdict == DriftVerdict::Failed ? Paint::Bad : Paint::Notice;
    const std::string word = root.verdict == DriftVerdict::Failed ? "cannot be looked at"
                                                                  : runplan::name_of(root.verdict);
    out_ += "    " + paint(root.procedure, Paint::Strong) + "  " + paint(word, with);
    if (!root.reason.empty()) out_ += ": " + printable(root.reason);
    out_ += "\n";
    for (const auto& object : root.objects) {
      out_ += "      " + paint("!", Paint::Notice) + " " + printable(object.address);
      if (!object.deposed.empty()) out_ += " (its deposed object " + object.deposed + ")";
      out_ += "  " +
              paint(object.action == PreviewAction::Delete ? "is gone" : "was changed elsewhere",
                    Paint::Notice) +
              "\n";
      for (const auto& leaf : object.leaves) line(printable(leaf.path), leaf.before, leaf.after);
    }
    for (const auto& output : root.outputs) {
      out_ += "      " + paint("!", Paint::Notice) + " output " + output.name + "  " +
              paint("is not what its state has", Paint::Notice) + "\n";
      line("value", output.before, output.after);
    }
    for (const auto& diagnostic : root.diagnostics)
      out_ += diagnostic_text(diagnostic, style_, "      ");
  }

  void line(const std::string& name, const runplan::PreviewValue& before,
            const runplan::PreviewValue& after) {
    out_ += "          " + name + " = " + shortened_pair(before, after) + "\n";
  }

  void summary() {
    const std::string target = report_.target.empty() ? "" : " " + report_.target;
    out_ += "\n" + paint("drift" + target, Paint::Strong) + ": " +
            base::counted(report_.roots.size(), "procedure") + ", " +
            duration_text(report_.duration_milliseconds) + "\n";
    for (const DriftVerdict verdict : {DriftVerdict::Same, DriftVerdict::Drifted,
                                       DriftVerdict::NeverApplied, DriftVerdict::Failed}) {
      const std::size_t count = runplan::count_of(report_, verdict);
      if (count == 0) continue;
      std::string name = runplan::name_of(verdict);
      name.resize(16, ' ');
      out_ += "  " + name + std::to_string(count) + "\n";
    }
  }

  const runplan::DriftReport& report_;
  const Style& style_;
  std::string out_;
};

}  // namespace

std::string drift_text(const runplan::DriftReport& report, const Style& style) {
  return Text(report, style).run();
}

}  // namespace space::status
