#include <map>

#include "core/base/strings.h"
#include "runner/status/text.h"
#include "runner/status/view.h"

namespace space::status {

namespace {

using runplan::RunEvent;

constexpr std::int64_t k_between_draws = 100;
constexpr std::size_t k_most_lines = 12;

// What has ended scrolls by; below it stand the procedures that work now, drawn anew each time.
class LiveView final : public View {
 public:
  LiveView(Style style, Writer writer)
      : style_(style),
        plain_(make_plain_view(style, [this](std::string_view text) { pending_ += text; })),
        writer_(std::move(writer)) {}

  void on_event(const RunEvent& event) override {
    elapsed_ = event.elapsed_milliseconds;
    switch (event.kind) {
      case RunEvent::Kind::RunStarted:
        roots_ = event.roots;
        break;
      case RunEvent::Kind::RootStarted: {
        Working& working = working_[event.root];
        if (working.step.empty()) working.since = event.elapsed_milliseconds;
        working.step = event.detail;
        working.doing.clear();
        break;
      }
      case RunEvent::Kind::RootProgress:
        working_[event.root].doing = event.detail;
        break;
      case RunEvent::Kind::RootFinished:
        working_.erase(event.root);
        ++finished_;
        break;
      case RunEvent::Kind::Waiting:
        waiting_ = event.detail;
        break;
      default:
        break;
    }
    plain_->on_event(event);
    if (event.kind == RunEvent::Kind::RunFinished) {
      working_.clear();
      roots_ = 0;
      draw();
    }
  }

  void on_plan_text(const std::string& root, std::string_view text) override {
    plain_->on_plan_text(root, text);
  }

  void tick(std::int64_t elapsed) override {
    elapsed_ = elapsed;
    if (elapsed - last_draw_ >= k_between_draws) draw();
  }

 private:
  struct Working {
    std::string step, doing;
    std::int64_t since = 0;
  };

  void draw() {
    last_draw_ = elapsed_;
    std::string frame;
    if (drawn_lines_ > 0) frame += "\x1b[" + std::to_string(drawn_lines_) + "A";
    frame += "\x1b[J" + pending_;
    pending_.clear();
    drawn_lines_ = 0;
    const auto line = [&](const std::string& text, Paint paint) {
      frame += painted(clipped(printable(text), style_.width > 1 ? style_.width - 1 : 1), paint,
                       style_.color) +
               "\n";
      ++drawn_lines_;
    };
    std::size_t shown = 0;
    for (const auto& [root, working] : working_) {
      if (++shown > k_most_lines) break;
      std::string text =
          "  " + root + "  " + working.step + "  " + duration_text(elapsed_ - working.since);
      if (!working.doing.empty()) text += "  " + working.doing;
      line(text, Paint::Plain);
    }
    if (working_.size() > k_most_lines)
      line("  and " + std::to_string(working_.size() - k_most_lines) + " more", Paint::Faint);
    if (!waiting_.empty() && !working_.empty()) line(waiting_, Paint::Notice);
    if (roots_ > 0) {
      line(std::to_string(finished_) + " of " + std::to_string(roots_) + " procedures, " +
               duration_text(elapsed_),
           Paint::Faint);
    }
    writer_(frame);
  }

  Style style_;
  std::string pending_;
  std::unique_ptr<View> plain_;
  Writer writer_;
  std::map<std::string, Working> working_;
  std::string waiting_;
  std::int64_t roots_ = 0, finished_ = 0;
  std::int64_t elapsed_ = 0, last_draw_ = -k_between_draws;
  std::size_t drawn_lines_ = 0;
};

}  // namespace

std::unique_ptr<View> make_live_view(Style style, Writer writer) {
  return std::make_unique<LiveView>(style, std::move(writer));
}

}  // namespace space::status
