#include "runner/cli/progress.h"

#include "runner/cli/session.h"
#include "runner/status/text.h"

namespace space::runner {

void Progress::show(const std::string& what, std::int64_t seconds) {
  const bool lives = is_terminal_out();
  const std::int64_t shown = lives ? seconds : seconds / 30 * 30;
  if (what == what_ && shown == shown_) return;
  what_ = what;
  shown_ = shown;
  const std::string time = shown > 0 ? "  " + status::duration_text(shown * 1000) : "";
  print_out((lives ? "\r\x1b[K" : "") + what + time + (lives ? "" : "\n"));
}

void Progress::clear() const {
  if (is_terminal_out()) print_out("\r\x1b[K");
}

}  // namespace space::runner
