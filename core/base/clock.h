// Clock: wall time for people and records, monotonic time for durations. Passed in from main; tests
// pass their own.
#pragma once

#include <cstdint>
#include <string>

namespace space::base {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t wall_milliseconds() const = 0;  // since 1970-01-01T00:00:00Z
  virtual std::int64_t mono_milliseconds() const = 0;  // from an arbitrary start, never goes back
};

class SystemClock final : public Clock {
 public:
  std::int64_t wall_milliseconds() const override;
  std::int64_t mono_milliseconds() const override;
};

std::string rfc3339(std::int64_t wall_milliseconds);  // 2026-11-21T09:00:00.123Z

}  // namespace space::base
