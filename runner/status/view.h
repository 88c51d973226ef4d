// View: what a person or a program sees of a run. In: RunEvents as they happen, and tofu's own text
// of a plan. Out: bytes to a Writer. Three of them: live lines at a terminal, plain lines grouped
// by procedure in a pipe, events as JSON lines. Text comes scrubbed. Must not decide anything about
// the run.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/runplan/run_event.h"

namespace space::status {

using Writer = std::function<void(std::string_view)>;

enum class Color : std::uint8_t { Off, On };
enum class Reasons : std::uint8_t { Brief, Why };  // --why: say why each procedure ran

struct Style {
  Color color = Color::Off;
  Reasons reasons = Reasons::Brief;
  std::size_t fold = 0;  // columns at which prose goes on in a new line; 0: never, as in a pipe
};

struct TerminalSize {
  std::size_t columns = 0, rows = 0;
  bool operator==(const TerminalSize&) const = default;
};

// What a terminal does with lines that do not fit any more when it is made narrower.
enum class LongLines : std::uint8_t { BrokenAnew, Cut };

struct Terminal {
  std::function<TerminalSize()> size;  // as it is now
  LongLines lines = LongLines::BrokenAnew;
};

class View {
 public:
  virtual ~View() = default;
  virtual void on_event(const runplan::RunEvent& event) = 0;
  virtual void on_plan_text(const std::string& root, std::string_view text) = 0;
  virtual void tick(
      std::int64_t elapsed_milliseconds) = 0;  // often; draws at most ten times a second
};

std::unique_ptr<View> make_plain_view(Style style, Writer writer);
std::unique_ptr<View> make_live_view(Style style, Terminal terminal, Writer writer);
std::unique_ptr<View> make_json_view(Writer writer);

}  // namespace space::status
