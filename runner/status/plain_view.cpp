#include <map>
#include <set>

#include "core/base/strings.h"
#include "runner/status/text.h"
#include "runner/status/told.h"
#include "runner/status/view.h"

namespace space::status {

namespace {

using runplan::RunEvent;

// Many CI servers end a job that says nothing for some minutes.
constexpr std::int64_t k_longest_silence = 60'000;

// A procedure's lines stand together: they are kept until it has finished.
class PlainView final : public View {
 public:
  PlainView(Style style, Writer writer) : style_(style), writer_(std::move(writer)) {}

  void on_event(const RunEvent& event) override {
    switch (event.kind) {
      case RunEvent::Kind::RootStarted:
        working_.insert(event.root);
        break;
      case RunEvent::Kind::RootDiagnostic: {
        auto& kept = told_[event.root].diagnostics;
        kept.insert(kept.end(), event.diagnostics.begin(), event.diagnostics.end());
        break;
      }
      case RunEvent::Kind::RootFinished: {
        working_.erase(event.root);
        const auto told = told_.extract(event.root);
        say(block_text(event, told.empty() ? Told{} : told.mapped(), style_),
            event.elapsed_milliseconds);
        break;
      }
      case RunEvent::Kind::Waiting:
        say(printable(event.detail) + "\n", event.elapsed_milliseconds);
        break;
      default:
        break;
    }
  }

  void on_plan_text(const std::string& root, std::string_view text) override {
    told_[root].plan = std::string(text);
  }

  void tick(std::int64_t elapsed) override {
    if (working_.empty() || elapsed - last_said_ < k_longest_silence) return;
    const std::vector<std::string> names(working_.begin(), working_.end());
    say("still at work after " + duration_text(elapsed) + ": " + base::list_names(names) + "\n",
        elapsed);
  }

 private:
  void say(const std::string& text, std::int64_t elapsed) {
    last_said_ = elapsed;
    writer_(text);
  }

  Style style_;
  Writer writer_;
  std::map<std::string, Told> told_;
  std::set<std::string> working_;
  std::int64_t last_said_ = 0;
};

class JsonView final : public View {
 public:
  explicit JsonView(Writer writer) : writer_(std::move(writer)) {}
  void on_event(const RunEvent& event) override { writer_(runplan::to_json_line(event)); }
  void on_plan_text(const std::string&, std::string_view) override {}
  void tick(std::int64_t) override {}

 private:
  Writer writer_;
};

}  // namespace

std::unique_ptr<View> make_plain_view(Style style, Writer writer) {
  return std::make_unique<PlainView>(style, std::move(writer));
}

std::unique_ptr<View> make_json_view(Writer writer) {
  return std::make_unique<JsonView>(std::move(writer));
}

}  // namespace space::status
