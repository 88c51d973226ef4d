#include "core/values/duration.h"

#include <algorithm>
#include <array>

namespace space::values {

namespace {

using Fault = Duration::Fault;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A duration's nanoseconds may not pass 2^63 (a negative one may reach it).
constexpr std::uint64_t k_most = std::uint64_t{1} << 63U;

struct Unit {
  std::string_view name;
  std::uint64_t nanoseconds;
};
constexpr std::array<Unit, 8> k_units{{{"ns", 1},
                                       {"us", 1'000},
                                       {"\u00b5s", 1'000},
                                       {"\u03bcs", 1'000},
                                       {"ms", 1'000'000},
                                       {"s", 1'000'000'000},
                                       {"m", 60'000'000'000},
                                       {"h", 3'600'000'000'000}}};

// One number with its unit, off the front of `rest`, added to `sum`.
Fault take_duration(std::string_view& rest, std::uint64_t& sum) {
  std::uint64_t whole = 0, fraction = 0;
  double scale = 1;
  std::size_t digits = 0, at = 0;
  bool point = false, full = false;
  for (; at < rest.size() && (is_digit(rest[at]) || (rest[at] == '.' && !point)); ++at) {
    if (rest[at] == '.') {
      point = true;
      continue;
    }
    ++digits;
    const auto digit = static_cast<std::uint64_t>(rest[at] - '0');
    if (!point) {
      if (whole > k_most / 10 || whole * 10 + digit > k_most) return Fault::TooLong;
      whole = whole * 10 + digit;
    } else if (!full) {
      full = fraction > (k_most - 1) / 10 || fraction * 10 + digit > k_most;
      if (full) continue;
      fraction = fraction * 10 + digit;
      scale *= 10;
    }
  }
  if (digits == 0) return Fault::Malformed;
  rest.remove_prefix(at);
  const std::size_t end = rest.find_first_of(".0123456789");
  const std::string_view name = rest.substr(0, end);
  const auto unit = std::find_if(k_units.begin(), k_units.end(),
                                 [&](const Unit& candidate) { return candidate.name == name; });
  if (unit == k_units.end()) return Fault::Malformed;
  rest.remove_prefix(name.size());
  if (whole > k_most / unit->nanoseconds) return Fault::TooLong;
  whole *= unit->nanoseconds;
  if (fraction > 0) {
    whole += static_cast<std::uint64_t>(static_cast<double>(fraction) *
                                        (static_cast<double>(unit->nanoseconds) / scale));
    if (whole > k_most) return Fault::TooLong;
  }
  sum += whole;
  return sum > k_most ? Fault::TooLong : Fault::None;
}

}  // namespace

Duration parse_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return {};
  if (text.empty()) return {0, Fault::Malformed};
  std::uint64_t sum = 0;
  while (!text.empty()) {
    const Fault fault = take_duration(text, sum);
    if (fault != Fault::None) return {0, fault};
  }
  if (!negative && sum > k_most - 1) return {0, Fault::TooLong};
  return {static_cast<std::int64_t>(negative ? std::uint64_t{0} - sum : sum), Fault::None};
}

}  // namespace space::values
