// Durations as Go's time.ParseDuration reads them, and so tofu's `timeadd`: `300ms`, `-1.5h`,
// `2h45m`. In: a text. Out: nanoseconds, or what is wrong with it.
#pragma once

#include <cstdint>
#include <string_view>

namespace space::values {

struct Duration {
  enum class Fault : std::uint8_t { None, Malformed, TooLong };  // past 64 bits: 292 years
  std::int64_t nanoseconds = 0;
  Fault fault = Fault::None;
};

Duration parse_duration(std::string_view text);

}  // namespace space::values
