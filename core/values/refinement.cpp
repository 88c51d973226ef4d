#include <algorithm>
#include <array>
#include <charconv>

#include <nlohmann/json.hpp>

#include "core/base/strings.h"
#include "core/values/convert.h"
#include "core/values/ip.h"
#include "core/values/render.h"

namespace space::values {

namespace {

using Broken = std::optional<std::string>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

Broken no(std::string_view text, std::string_view what, std::string_view why) {
  return "`" + std::string(text) + "` is no " + std::string(what) + ": " + std::string(why);
}

Broken cidr(std::string_view text) {
  std::string why;
  if (parse_prefix(text, why)) return std::nullopt;
  return no(text, "CIDR block", why);
}

Broken ip(std::string_view text) {
  if (parse_ip(text)) return std::nullopt;
  return no(text, "IP address", "write four numbers like `10.0.0.1`, or IPv6 like `fd00::1`");
}

Broken hostname(std::string_view text) {
  if (text.size() > 253) return no(text, "host name", "it has more than 253 characters");
  if (text.ends_with('.')) text.remove_suffix(1);
  for (const std::string_view label : base::split(text, '.')) {
    if (label.empty()) return no(text, "host name", "a label is empty");
    if (label.size() > 63) return no(text, "host name", "a label has more than 63 characters");
    if (label.front() == '-' || label.back() == '-') {
      return no(text, "host name", "a label starts or ends with `-`");
    }
    const bool clean = std::all_of(label.begin(), label.end(),
                                   [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
    if (!clean) return no(text, "host name", "a label holds only letters, digits and `-`");
  }
  return std::nullopt;
}

Broken url(std::string_view text) {
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || colon == 0 || !is_letter(text.front())) {
    return no(text, "URL", "it starts with a scheme, like `https://`");
  }
  const std::string_view scheme = text.substr(0, colon);
  if (!std::all_of(scheme.begin(), scheme.end(), [](char c) {
        return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
      })) {
    return no(text, "URL", "its scheme holds a character that none has");
  }
  const std::string_view rest = text.substr(colon + 3);
  if (rest.empty() || rest.front() == '/' || rest.front() == '?' || rest.front() == '#') {
    return no(text, "URL", "it names no host");
  }
  const bool clean = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '<' || c == '>' || c == '"';
  });
  if (!clean) return no(text, "URL", "it holds a space or another character that must be escaped");
  return std::nullopt;
}

// As Go's time.ParseDuration reads it: 300ms, 1.5h, 2h45m.
Broken duration(std::string_view text) {
  const Broken broken = no(text, "duration", "write numbers with units, like `90s` or `1h30m`");
  std::string_view rest = text;
  if (!rest.empty() && (rest.front() == '-' || rest.front() == '+')) rest.remove_prefix(1);
  if (rest == "0") return std::nullopt;
  if (rest.empty()) return broken;
  while (!rest.empty()) {
    std::size_t digits = 0, at = 0;
    bool point = false;
    for (; at < rest.size() && (is_digit(rest[at]) || (rest[at] == '.' && !point)); ++at) {
      if (rest[at] == '.') {
        point = true;
      } else {
        ++digits;
      }
    }
    if (digits == 0) return broken;
    rest.remove_prefix(at);
    constexpr std::array<std::string_view, 8> k_units{"ns", "us", "\u00b5s", "\u03bcs",
                                                      "ms", "s",  "m",       "h"};
    const auto unit = std::find_if(k_units.begin(), k_units.end(), [&](std::string_view candidate) {
      return rest.starts_with(candidate);
    });
    if (unit == k_units.end()) return broken;
    rest.remove_prefix(unit->size());
  }
  return std::nullopt;
}

bool is_semver_part(std::string_view part, bool number) {
  if (part.empty()) return false;
  const bool digits = std::all_of(part.begin(), part.end(), is_digit);
  if (number && !digits) return false;
  if (digits && number && part.size() > 1 && part.front() == '0') return false;
  return std::all_of(part.begin(), part.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

Broken semver(std::string_view text) {
  const Broken broken =
      no(text, "version", "write `MAJOR.MINOR.PATCH`, like `1.4.0` or `2.0.0-rc.1`");
  std::string_view rest = text;
  if (const std::size_t plus = rest.find('+'); plus != std::string_view::npos) {
    for (const auto part : base::split(rest.substr(plus + 1), '.')) {
      if (!is_semver_part(part, false)) return broken;
    }
    rest = rest.substr(0, plus);
  }
  if (const std::size_t dash = rest.find('-'); dash != std::string_view::npos) {
    for (const auto part : base::split(rest.substr(dash + 1), '.')) {
      const bool digits = std::all_of(part.begin(), part.end(), is_digit);
      if (!is_semver_part(part, digits)) return broken;
    }
    rest = rest.substr(0, dash);
  }
  const auto numbers = base::split(rest, '.');
  if (numbers.size() != 3) return broken;
  for (const auto part : numbers) {
    if (!is_semver_part(part, true)) return broken;
  }
  return std::nullopt;
}

Broken in_range(const Number& number, std::int64_t low, std::int64_t high, bool whole,
                std::string_view what) {
  if (number < Number(low) || number > Number(high) || (whole && !number.is_integer())) {
    return no(number.to_string(), what,
              std::string("it is a ") + (whole ? "whole number" : "number") + " from " +
                  std::to_string(low) + " to " + std::to_string(high));
  }
  return std::nullopt;
}

}  // namespace

Broken check_refinement(Refinement refinement, const Value& value) {
  if (refinement == Refinement::None || !value.is_known() || value.is_null()) return std::nullopt;
  switch (refinement) {
    case Refinement::Port:
      return in_range(value.as_number(), 0, 65535, true, "port");
    case Refinement::Percent:
      return in_range(value.as_number(), 0, 100, false, "percentage");
    case Refinement::Cidr:
      return cidr(value.as_string());
    case Refinement::Ip:
      return ip(value.as_string());
    case Refinement::Hostname:
      return hostname(value.as_string());
    case Refinement::Url:
      return url(value.as_string());
    case Refinement::Duration:
      return duration(value.as_string());
    case Refinement::Semver:
      return semver(value.as_string());
    case Refinement::Json:
      if (nlohmann::json::accept(value.as_string())) return std::nullopt;
      return "this text is no JSON";
    case Refinement::None:
      break;
  }
  return std::nullopt;
}

}  // namespace space::values
