// The frame of a live view: what runs now, what has failed, and counts of the rest, in as few lines
// as there are rows. In: what is known of a run and the terminal's size. Out: lines, none wider
// than the terminal leaves room for. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/runplan/run_event.h"
#include "runner/status/text.h"

namespace space::status {

struct Working {
  std::string step, doing;
  std::int64_t since = 0;  // of the run's time
};

enum class Interrupted : std::uint8_t { No, Yes };

struct RunNow {
  std::int64_t roots = 0;  // of the whole run
  std::map<std::string, Working> working;
  std::map<runplan::Verdict, std::int64_t> ended;
  std::vector<std::string> failed;  // in the order in which they failed
  Interrupted interrupted = Interrupted::No;
  std::int64_t elapsed = 0;
};

struct FrameLine {
  std::string text;
  Paint paint = Paint::Plain;
  bool operator==(const FrameLine&) const = default;
};

// Never more than `size.rows - 1` lines, for the cursor stands below them.
std::vector<FrameLine> frame_lines(const RunNow& run, TerminalSize size);

}  // namespace space::status
