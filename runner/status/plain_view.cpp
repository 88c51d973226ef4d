#include <map>

#include "core/base/strings.h"
#include "runner/status/text.h"
#include "runner/status/view.h"

namespace space::status {

namespace {

using runplan::RunEvent;

// A procedure's lines stand together: they are kept until it has finished.
class PlainView final : public View {
 public:
  PlainView(Style style, Writer writer) : style_(style), writer_(std::move(writer)) {}

  void on_event(const RunEvent& event) override {
    switch (event.kind) {
      case RunEvent::Kind::RootDiagnostic:
        for (const auto& diagnostic : event.diagnostics)
          kept_[event.root] += diagnostic_text(diagnostic, style_, "  ");
        break;
      case RunEvent::Kind::RootFinished: {
        writer_(finished_line(event, style_) + "\n" + kept_[event.root]);
        kept_.erase(event.root);
        break;
      }
      case RunEvent::Kind::Waiting:
        writer_(printable(event.detail) + "\n");
        break;
      default:
        break;
    }
  }

  void on_plan_text(const std::string& root, std::string_view text) override {
    const std::string clean = printable(text);
    for (const std::string_view line : base::split(clean, '\n')) {
      kept_[root] += line.empty() ? "\n" : "  " + std::string(line) + "\n";
    }
  }

  void tick(std::int64_t) override {}

 private:
  Style style_;
  Writer writer_;
  std::map<std::string, std::string> kept_;
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
