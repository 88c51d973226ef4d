#include "core/base/clock.h"

#include <chrono>
#include <cstdio>

namespace space::base {

namespace {

template <class SomeClock>
std::int64_t milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(SomeClock::now().time_since_epoch())
      .count();
}

}  // namespace

std::int64_t SystemClock::wall_milliseconds() const {
  return milliseconds<std::chrono::system_clock>();
}

std::int64_t SystemClock::mono_milliseconds() const {
  return milliseconds<std::chrono::steady_clock>();
}

std::string rfc3339(std::int64_t wall_milliseconds) {
  using namespace std::chrono;
  const sys_time<std::chrono::milliseconds> point{std::chrono::milliseconds(wall_milliseconds)};
  const auto day = floor<days>(point);  // floor, so that times before 1970 come out right
  const year_month_day date(day);
  const hh_mm_ss time(point - day);
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return text;
}

}  // namespace space::base
