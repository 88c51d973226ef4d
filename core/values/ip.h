// IP addresses and prefixes, for the refined types `ip` and `cidr` and for the cidr functions. As
// tofu's parser reads them: an IPv4 part may have leading zeros.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace space::values {

struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};  // IPv4 uses the first four
  int bits = 32;                         // 32 or 128
  std::string to_string() const;
  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

struct IpPrefix {
  IpAddress address;
  int length = 0;
  IpAddress network() const;  // bits beyond the length cleared
};

std::optional<IpAddress> parse_ip(std::string_view text);
std::optional<IpPrefix> parse_prefix(std::string_view text, std::string& why_not);

}  // namespace space::values
