#include <algorithm>
#include <cstdint>

#include "core/base/strings.h"
#include "core/values/convert.h"
#include "core/values/duration.h"
#include "core/values/ip.h"
#include "core/values/refined.h"
#include "core/values/render.h"

namespace space::values {

namespace {

using Broken = std::optional<std::string>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Does it end between two characters?
bool is_whole(std::string_view text) {
  return text.empty() || (static_cast<unsigned char>(text.back()) & 0x80U) == 0;
}
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "`10.0.0.0/33` is no CIDR block: …"; a long text is cut, a text of several lines to its first.
Broken no(std::string_view text, Refinement refinement, std::string_view why) {
  constexpr std::size_t k_shown = 60;
  std::string_view shown = text.substr(0, text.find_first_of("\r\n`"));
  if (shown.size() > k_shown) shown = shown.substr(0, k_shown);
  while (shown.size() < text.size() && !is_whole(shown)) shown.remove_suffix(1);
  std::string_view noun = refined_type(refinement).noun;
  noun.remove_prefix(noun.find(' ') + 1);
  const std::string name =
      text.empty() ? "the empty text"
                   : "`" + std::string(shown) + (shown.size() == text.size() ? "`" : "…`");
  return name + " is no " + std::string(noun) + ": " + std::string(why);
}

Broken cidr(std::string_view text) {
  std::string why;
  if (parse_prefix(text, why)) return std::nullopt;
  return no(text, Refinement::Cidr, why);
}

Broken ip(std::string_view text) {
  if (parse_ip(text)) return std::nullopt;
  return no(text, Refinement::Ip, "write four numbers like `10.0.0.1`, or IPv6 like `fd00::1`");
}

Broken hostname(std::string_view text) {
  if (text.size() > 253) return no(text, Refinement::Hostname, "it has more than 253 characters");
  if (text.ends_with('.')) text.remove_suffix(1);
  for (const std::string_view label : base::split(text, '.')) {
    if (label.empty()) return no(text, Refinement::Hostname, "a label is empty");
    if (label.size() > 63)
      return no(text, Refinement::Hostname, "a label has more than 63 characters");
    if (label.front() == '-' || label.back() == '-') {
      return no(text, Refinement::Hostname, "a label starts or ends with `-`");
    }
    const bool clean = std::all_of(label.begin(), label.end(),
                                   [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
    if (!clean) return no(text, Refinement::Hostname, "a label holds only letters, digits and `-`");
  }
  return std::nullopt;
}

Broken url(std::string_view text) {
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || colon == 0 || !is_letter(text.front())) {
    return no(text, Refinement::Url, "it starts with a scheme, like `https://`");
  }
  const std::string_view scheme = text.substr(0, colon);
  if (!std::all_of(scheme.begin(), scheme.end(), [](char c) {
        return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
      })) {
    return no(text, Refinement::Url, "its scheme holds a character that none has");
  }
  const std::string_view rest = text.substr(colon + 3);
  if (rest.empty() || std::string_view("/?#:").find(rest.front()) != std::string_view::npos) {
    return no(text, Refinement::Url, "it names no host");
  }
  const bool clean = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '<' || c == '>' || c == '"';
  });
  if (!clean)
    return no(text, Refinement::Url, "it holds a space or another character that must be escaped");
  return std::nullopt;
}

// As Go's time.ParseDuration reads it: 300ms, 1.5h, 2h45m.
Broken duration(std::string_view text) {
  switch (parse_duration(text).fault) {
    case Duration::Fault::None:
      return std::nullopt;
    case Duration::Fault::Malformed:
      return no(text, Refinement::Duration, "write numbers with units, like `90s` or `1h30m`");
    case Duration::Fault::TooLong:
      return no(text, Refinement::Duration, "it is longer than 292 years, the longest there is");
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
      no(text, Refinement::Semver, "write `MAJOR.MINOR.PATCH`, like `1.4.0` or `2.0.0-rc.1`");
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

Broken json(const std::string& text) {
  std::string why;
  if (from_json(text, why)) return std::nullopt;
  constexpr std::string_view k_prefix = "it is no JSON: ";
  if (why.starts_with(k_prefix)) why.erase(0, k_prefix.size());
  return no(text, Refinement::Json, why);
}

Broken in_range(const Number& number, std::int64_t low, std::int64_t high, Refinement refinement) {
  const bool whole = refinement == Refinement::Port;
  if (number < Number(low) || number > Number(high) || (whole && !number.is_integer())) {
    return no(number.to_string(), refinement,
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
      return in_range(value.as_number(), 0, 65535, refinement);
    case Refinement::Percent:
      return in_range(value.as_number(), 0, 100, refinement);
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
      return json(value.as_string());
    case Refinement::None:
      break;
  }
  return std::nullopt;
}

}  // namespace space::values
