// Points in time as RFC 3339 writes them, in the proleptic Gregorian calendar. No clock and no time
// zone but the offset in the text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace space::eval {

struct Timestamp {
  std::int64_t seconds = 0;      // since 1970 in UTC
  std::int32_t nanoseconds = 0;  // 0 to 999,999,999
  std::int32_t offset = 0;       // of the zone, in seconds east

  struct Parts {
    std::int64_t year = 0;
    int month = 0, day = 0, hour = 0, minute = 0, second = 0;
    int weekday = 0;  // 0: Sunday
  };
  Parts parts() const;             // in its own zone
  std::string to_rfc3339() const;  // without a fraction
};

std::optional<Timestamp> parse_rfc3339(std::string_view text);

// What YAML takes for a time, as RFC 3339.
std::optional<std::string> yaml_timestamp(std::string_view text);

}  // namespace space::eval
