// formatdate timeadd timecmp: what can be said about a time that is written down. (Now is tofu's:
// timestamp and plantimestamp are deferred.)
#include <array>

#include "core/eval/calendar.h"
#include "core/eval/function_families.h"
#include "core/values/duration.h"
#include "core/values/render.h"

namespace space::eval {

using values::Value;

namespace {

constexpr std::array<std::string_view, 12> k_months{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> k_weekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                     "Thursday", "Friday", "Saturday"};

std::string no_time(const Value& value) {
  return values::quote_hcl(value.as_string()) + " is no time; write it like `2026-01-31T12:00:00Z`";
}

std::string two(std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }
std::string one_or_two(std::size_t size, std::int64_t number) {
  return size == 1 ? std::to_string(number) : two(number);
}

std::string zone(const Timestamp& time, std::string_view separator) {
  const std::int32_t size = time.offset < 0 ? -time.offset : time.offset;
  return (time.offset < 0 ? "-" : "+") + two(size / 3'600) + std::string(separator) +
         two(size % 3'600 / 60);
}

// One run of a letter, `YYYY` or `hh`; nothing where it means nothing.
std::optional<std::string> date_part(const Timestamp& time, char letter, std::size_t size) {
  const Timestamp::Parts at = time.parts();
  const bool short_number = size == 1 || size == 2;
  switch (letter) {
    case 'Y': {
      if (size == 2) return two(at.year % 100);
      if (size != 4) return std::nullopt;
      std::string year = std::to_string(at.year);
      return std::string(year.size() < 4 ? 4 - year.size() : 0, '0') + year;
    }
    case 'M':
      if (short_number) return one_or_two(size, at.month);
      if (size == 3)
        return std::string(k_months[static_cast<std::size_t>(at.month - 1)].substr(0, 3));
      if (size == 4) return std::string(k_months[static_cast<std::size_t>(at.month - 1)]);
      return std::nullopt;
    case 'D':
      return short_number ? std::optional(one_or_two(size, at.day)) : std::nullopt;
    case 'E':
      if (size == 3)
        return std::string(k_weekdays[static_cast<std::size_t>(at.weekday)].substr(0, 3));
      if (size == 4) return std::string(k_weekdays[static_cast<std::size_t>(at.weekday)]);
      return std::nullopt;
    case 'h':
      return short_number ? std::optional(one_or_two(size, at.hour)) : std::nullopt;
    case 'H':
      return short_number ? std::optional(one_or_two(size, at.hour % 12 == 0 ? 12 : at.hour % 12))
                          : std::nullopt;
    case 'A':
      return size == 2 ? std::optional<std::string>(at.hour < 12 ? "AM" : "PM") : std::nullopt;
    case 'a':
      return size == 2 ? std::optional<std::string>(at.hour < 12 ? "am" : "pm") : std::nullopt;
    case 'm':
      return short_number ? std::optional(one_or_two(size, at.minute)) : std::nullopt;
    case 's':
      return short_number ? std::optional(one_or_two(size, at.second)) : std::nullopt;
    case 'Z':
      if (size == 1) return time.offset == 0 ? std::string("Z") : zone(time, ":");
      if (size == 3) return time.offset == 0 ? std::string("UTC") : zone(time, "");
      if (size == 4) return zone(time, "");
      if (size == 5) return zone(time, ":");
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

FunctionResult format_date(Arguments arguments, const FunctionContext&) {
  const std::optional<Timestamp> time = parse_rfc3339(text_of(arguments[1]));
  if (!time) return refuse(1, no_time(arguments[1]));
  const std::string_view format = text_of(arguments[0]);
  std::string out;
  for (std::size_t at = 0; at < format.size();) {
    const char c = format[at];
    if (c == '\'') {
      // A quoted part; two quotes are one quote.
      std::size_t end = at + 1;
      std::string quoted;
      for (;; ++end) {
        if (end >= format.size()) return refuse(0, "a `'` is never closed");
        if (format[end] != '\'') {
          quoted += format[end];
        } else if (end + 1 < format.size() && format[end + 1] == '\'' && end > at + 1) {
          quoted += '\'';
          ++end;
        } else {
          break;
        }
      }
      out += end == at + 1 ? "'" : quoted;
      at = end + 1;
      continue;
    }
    if (!is_letter(c)) {
      out += c;
      ++at;
      continue;
    }
    std::size_t size = 1;
    while (at + size < format.size() && format[at + size] == c) ++size;
    const std::optional<std::string> part = date_part(*time, c, size);
    if (!part)
      return refuse(0, "`" + std::string(format.substr(at, size)) + "` is no part of a date");
    out += *part;
    at += size;
  }
  return give(text(std::move(out)));
}

FunctionResult time_add(Arguments arguments, const FunctionContext&) {
  std::optional<Timestamp> time = parse_rfc3339(text_of(arguments[0]));
  if (!time) return refuse(0, no_time(arguments[0]));
  const values::Duration duration = values::parse_duration(text_of(arguments[1]));
  if (duration.fault != values::Duration::Fault::None)
    return refuse(
        1, values::quote_hcl(text_of(arguments[1])) + " is no duration; write it like `1h30m`");
  constexpr std::int64_t k_second = 1'000'000'000;
  const std::int64_t nanoseconds = time->nanoseconds + duration.nanoseconds % k_second;
  time->seconds +=
      duration.nanoseconds / k_second + (nanoseconds < 0 ? -1 : nanoseconds / k_second);
  return give(text(time->to_rfc3339()));
}

FunctionResult time_compare(Arguments arguments, const FunctionContext&) {
  const std::optional<Timestamp> a = parse_rfc3339(text_of(arguments[0])),
                                 b = parse_rfc3339(text_of(arguments[1]));
  if (!a) return refuse(0, no_time(arguments[0]));
  if (!b) return refuse(1, no_time(arguments[1]));
  const auto key = [](const Timestamp& time) { return std::pair(time.seconds, time.nanoseconds); };
  return give(Value::number(key(*a) < key(*b) ? -1 : key(*b) < key(*a) ? 1 : 0));
}

constexpr Behaviour k_functions[] = {
    {"formatdate", format_date},
    {"timeadd", time_add},
    {"timecmp", time_compare},
};

}  // namespace

std::span<const Behaviour> time_functions() { return k_functions; }

}  // namespace space::eval
