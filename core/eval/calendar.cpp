#include "core/eval/calendar.h"

#include <array>

namespace space::eval {

namespace {

constexpr std::int64_t k_day = 86'400;
constexpr std::int32_t k_second = 1'000'000'000;

bool is_leap(std::int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in(int month, std::int64_t year) {
  constexpr std::array<int, 12> k_days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : k_days[static_cast<std::size_t>(month - 1)];
}

// Days since 1970-01-01 and back (Howard Hinnant's algorithms).
std::int64_t days_from_date(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

void date_from_days(std::int64_t days, Timestamp::Parts& parts) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const std::int64_t day_of_era = days - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month = (5 * day_of_year + 2) / 153;
  parts.day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
  parts.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
  parts.year = year_of_era + era * 400 + (parts.month <= 2 ? 1 : 0);
}

std::string padded(std::int64_t number, std::size_t width) {
  if (number < 0) return "-" + padded(-number, width);
  std::string text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

// Reads a text from the left; `ok` falls at the first thing that is not there.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}
  bool ok = true;

  int number(std::size_t least, std::size_t most, int low, int high) {
    int value = 0;
    std::size_t size = 0;
    for (; size < most && size < rest_.size() && rest_[size] >= '0' && rest_[size] <= '9'; ++size) {
      value = value * 10 + (rest_[size] - '0');
    }
    rest_.remove_prefix(size);
    ok = ok && size >= least && value >= low && value <= high;
    return value;
  }
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void need(char c) { ok = take(c) && ok; }
  std::int32_t fraction() {
    std::int32_t value = 0, unit = k_second / 10;
    std::size_t size = 0;
    for (; size < rest_.size() && rest_[size] >= '0' && rest_[size] <= '9'; ++size, unit /= 10)
      value += (rest_[size] - '0') * unit;
    rest_.remove_prefix(size);
    ok = ok && size > 0;
    return value;
  }
  bool done() const { return ok && rest_.empty(); }

 private:
  std::string_view rest_;
};

enum class Strictness { Rfc3339, Yaml };

std::optional<Timestamp> parse(std::string_view text, Strictness strictness) {
  const bool strict = strictness == Strictness::Rfc3339;
  const std::size_t least = strict ? 2 : 1;
  Scanner scanner(text);
  Timestamp time;
  const int year = scanner.number(4, 4, 0, 9999);
  scanner.need('-');
  const int month = scanner.number(least, 2, 1, 12);
  scanner.need('-');
  const int day = scanner.number(least, 2, 1, 31);
  if (!scanner.ok || day > days_in(month, year)) return std::nullopt;
  time.seconds = days_from_date(year, month, day) * k_day;
  if (!strict && scanner.done()) return time;
  const bool spaced = !strict && scanner.take(' ');
  if (!spaced && !scanner.take('T') && (strict || !scanner.take('t'))) return std::nullopt;
  time.seconds += scanner.number(least, 2, 0, 23) * 3'600;
  scanner.need(':');
  time.seconds += scanner.number(least, 2, 0, 59) * 60;
  scanner.need(':');
  time.seconds += scanner.number(least, 2, 0, 59);
  if (scanner.take('.')) time.nanoseconds = scanner.fraction();
  if (spaced) return scanner.done() ? std::optional(time) : std::nullopt;
  if (!scanner.take('Z')) {
    const bool west = scanner.take('-');
    if (!west) scanner.need('+');
    time.offset = scanner.number(2, 2, 0, 23) * 3'600;
    scanner.need(':');
    time.offset += scanner.number(2, 2, 0, 59) * 60;
    if (west) time.offset = -time.offset;
    time.seconds -= time.offset;
  }
  return scanner.done() ? std::optional(time) : std::nullopt;
}

}  // namespace

Timestamp::Parts Timestamp::parts() const {
  const std::int64_t local = seconds + offset;
  std::int64_t days = local / k_day, rest = local % k_day;
  if (rest < 0) {
    rest += k_day;
    --days;
  }
  Parts parts;
  date_from_days(days, parts);
  parts.hour = static_cast<int>(rest / 3'600);
  parts.minute = static_cast<int>(rest % 3'600 / 60);
  parts.second = static_cast<int>(rest % 60);
  parts.weekday = static_cast<int>(((days + 4) % 7 + 7) % 7);
  return parts;
}

std::string Timestamp::to_rfc3339() const {
  const Parts at = parts();
  std::string text = padded(at.year, 4) + "-" + padded(at.month, 2) + "-" + padded(at.day, 2) +
                     "T" + padded(at.hour, 2) + ":" + padded(at.minute, 2) + ":" +
                     padded(at.second, 2);
  if (offset == 0) return text + "Z";
  const std::int32_t size = offset < 0 ? -offset : offset;
  return text + (offset < 0 ? "-" : "+") + padded(size / 3'600, 2) + ":" +
         padded(size % 3'600 / 60, 2);
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
  return parse(text, Strictness::Rfc3339);
}

std::optional<std::string> yaml_timestamp(std::string_view text) {
  const std::optional<Timestamp> time = parse(text, Strictness::Yaml);
  if (!time) return std::nullopt;
  return time->to_rfc3339();
}

}  // namespace space::eval
