#include <algorithm>
#include <map>
#include <numeric>

#include "core/base/strings.h"
#include "core/values/text.h"
#include "runner/status/frame.h"
#include "runner/status/told.h"
#include "runner/status/view.h"

namespace space::status {

namespace {

using runplan::RunEvent;
using runplan::Verdict;

constexpr std::int64_t k_between_draws = 100;

// Terminals that know them show a frame whole or not at all; others pass over them.
constexpr std::string_view k_begin = "\x1b[?2026h\r";
constexpr std::string_view k_end = "\x1b[?2026l";
constexpr std::string_view k_rest_of_line = "\x1b[K";

std::string up(std::size_t rows) { return rows > 0 ? "\x1b[" + std::to_string(rows) + "A" : ""; }

// Line by line: tmux takes a whole screen that is cleared at once for something to scroll back to.
std::string erased(std::size_t rows) {
  std::string text;
  for (std::size_t i = 0; i < rows; ++i) text += "\x1b[2K\x1b[B";
  return text + "\x1b[2K" + up(rows);
}

// What has ended scrolls by; below it stands the frame, drawn over itself. The size is asked for
// each time, so a window may change while we draw.
class LiveView final : public View {
 public:
  LiveView(Style style, Terminal terminal, Writer writer)
      : style_(style), terminal_(std::move(terminal)), writer_(std::move(writer)) {}

  void on_event(const RunEvent& event) override {
    run_.elapsed = event.elapsed_milliseconds;
    switch (event.kind) {
      case RunEvent::Kind::RunStarted:
        run_.roots = event.roots;
        break;
      case RunEvent::Kind::RootStarted: {
        Working& working = run_.working[event.root];
        if (working.step.empty()) working.since = event.elapsed_milliseconds;
        working.step = event.detail;
        working.doing.clear();
        break;
      }
      case RunEvent::Kind::RootProgress:
        run_.working[event.root].doing = event.detail;
        break;
      case RunEvent::Kind::RootDiagnostic: {
        auto& kept = told_[event.root].diagnostics;
        kept.insert(kept.end(), event.diagnostics.begin(), event.diagnostics.end());
        break;
      }
      case RunEvent::Kind::RootFinished:
        finish(event);
        break;
      case RunEvent::Kind::Waiting:
        if (run_.roots == 0) pending_ += printable(event.detail) + "\n";
        run_.interrupted = run_.roots == 0 ? Interrupted::No : Interrupted::Yes;
        break;
      case RunEvent::Kind::RunFinished:
        run_ = {};
        draw();
        break;
      default:
        break;
    }
  }

  void on_plan_text(const std::string& root, std::string_view text) override {
    told_[root].plan = std::string(text);
  }

  void tick(std::int64_t elapsed) override {
    run_.elapsed = elapsed;
    if (elapsed - last_draw_ >= k_between_draws) draw();
  }

 private:
  void finish(const RunEvent& event) {
    run_.working.erase(event.root);
    ++run_.ended[event.verdict];
    if (is_failure(event.verdict)) run_.failed.push_back(event.root);
    const auto told = told_.extract(event.root);
    const TerminalSize size = terminal_.size();
    style_.fold = size.columns;
    // A thousand lines that nothing was done are what the counts say already.
    const bool did_nothing =
        event.verdict == Verdict::Skipped ||
        (event.verdict == Verdict::Unchanged && event.reason == runplan::k_not_looked_at);
    const bool is_news = !did_nothing || !told.empty() || style_.reasons == Reasons::Why;
    if (is_news) pending_ += block_text(event, told.empty() ? Told{} : told.mapped(), style_);
  }

  // How far above the cursor our last frame begins: a terminal that was made narrower has broken
  // its lines anew.
  std::size_t rows_drawn(TerminalSize size) const {
    if (terminal_.lines == LongLines::Cut || size.columns >= drawn_size_.columns)
      return drawn_.size();
    const std::size_t columns = std::max<std::size_t>(size.columns, 1);
    return std::accumulate(drawn_.begin(), drawn_.end(), std::size_t{0},
                           [&](std::size_t sum, const FrameLine& line) {
                             const std::size_t taken = values::count_columns(line.text);
                             return sum + std::max<std::size_t>(1, (taken + columns - 1) / columns);
                           });
  }

  void draw() {
    last_draw_ = run_.elapsed;
    const TerminalSize size = terminal_.size();
    std::vector<FrameLine> lines = frame_lines(run_, size);
    const bool is_resized = size != drawn_size_;
    if (!is_resized && pending_.empty() && lines == drawn_) return;
    const std::size_t rows = std::min(rows_drawn(size), size.rows > 0 ? size.rows - 1 : 0);
    std::string frame = std::string(k_begin) + up(rows);
    if (is_resized || !pending_.empty() || lines.size() < drawn_.size()) frame += erased(rows);
    frame += pending_;
    for (const FrameLine& line : lines) {
      frame += painted(line.text, line.paint, style_.color);
      frame += k_rest_of_line;
      frame += '\n';
    }
    frame += k_end;
    pending_.clear();
    drawn_ = std::move(lines);
    drawn_size_ = size;
    writer_(frame);
  }

  Style style_;
  Terminal terminal_;
  Writer writer_;
  std::string pending_;  // has ended and was not drawn yet
  std::map<std::string, Told> told_;
  RunNow run_;
  std::vector<FrameLine> drawn_;
  TerminalSize drawn_size_;
  std::int64_t last_draw_ = -k_between_draws;
};

}  // namespace

std::unique_ptr<View> make_live_view(Style style, Terminal terminal, Writer writer) {
  return std::make_unique<LiveView>(style, std::move(terminal), std::move(writer));
}

}  // namespace space::status
