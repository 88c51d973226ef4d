// The critical path: the procedures that made the run as long as it was, each begun when the one
// before it had ended, or when a place was free after that. In: the ends of all. Out: the legs from
// the first to the one that ended last. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runner/status/report.h"

namespace space::status {

struct Leg {
  std::string root;
  std::int64_t waited_milliseconds = 0;    // from when it might have begun
  std::int64_t duration_milliseconds = 0;  // from its begin to its end
};

std::vector<Leg> critical_path(const RunResult& result);

// Its longest legs for the end of a summary, in their order; "" where the run was a moment or one
// procedure.
std::string longest_way_text(const RunResult& result, const Style& style);

}  // namespace space::status
