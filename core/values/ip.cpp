#include "core/values/ip.h"

#include <algorithm>

#include "core/base/escapes.h"
#include "core/base/strings.h"

namespace space::values {

namespace {

std::optional<int> decimal(std::string_view text, int limit) {
  if (text.empty() || text.size() > 10) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = std::min(value * 10 + (c - '0'), limit + 1);
  }
  if (value > limit) return std::nullopt;
  return value;
}

std::optional<std::array<std::uint8_t, 4>> parse_v4(std::string_view text) {
  const auto parts = base::split(text, '.');
  if (parts.size() != 4) return std::nullopt;
  std::array<std::uint8_t, 4> bytes{};
  for (std::size_t i = 0; i < 4; ++i) {
    const std::optional<int> part = decimal(parts[i], 255);
    if (!part) return std::nullopt;
    bytes[i] = static_cast<std::uint8_t>(*part);
  }
  return bytes;
}

std::optional<unsigned> hexadecimal(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    const auto digit = base::hex_digit(c);
    if (!digit) return std::nullopt;
    value = value * 16 + *digit;
  }
  return value;
}

// One side of `::`, or the whole; an IPv4 address may end it.
std::optional<std::vector<std::uint8_t>> parse_groups(std::string_view text, bool last) {
  std::vector<std::uint8_t> bytes;
  if (text.empty()) return bytes;
  const auto groups = base::split(text, ':');
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (last && i + 1 == groups.size() && groups[i].find('.') != std::string_view::npos) {
      const auto v4 = parse_v4(groups[i]);
      if (!v4) return std::nullopt;
      bytes.insert(bytes.end(), v4->begin(), v4->end());
      continue;
    }
    const auto group = hexadecimal(groups[i]);
    if (!group) return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(*group >> 8));
    bytes.push_back(static_cast<std::uint8_t>(*group & 0xFF));
  }
  return bytes;
}

}  // namespace

std::optional<IpAddress> parse_ip(std::string_view text) {
  IpAddress address;
  if (text.find(':') == std::string_view::npos) {
    const auto v4 = parse_v4(text);
    if (!v4) return std::nullopt;
    std::copy(v4->begin(), v4->end(), address.bytes.begin());
    return address;
  }
  address.bits = 128;
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    const auto bytes = parse_groups(text, true);
    if (!bytes || bytes->size() != 16) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), address.bytes.begin());
    return address;
  }
  const auto head = parse_groups(text.substr(0, gap), false);
  const auto tail = parse_groups(text.substr(gap + 2), true);
  if (!head || !tail || head->size() + tail->size() > 14) return std::nullopt;
  std::copy(head->begin(), head->end(), address.bytes.begin());
  std::copy_backward(tail->begin(), tail->end(), address.bytes.end());
  return address;
}

std::optional<IpPrefix> parse_prefix(std::string_view text, std::string& why_not) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    why_not = "it has no `/` with the length of the prefix";
    return std::nullopt;
  }
  const auto address = parse_ip(text.substr(0, slash));
  if (!address) {
    why_not = "`" + std::string(text.substr(0, slash)) + "` is no IP address";
    return std::nullopt;
  }
  const auto length = decimal(text.substr(slash + 1), address->bits);
  if (!length) {
    why_not = "a prefix length is at most " + std::to_string(address->bits);
    return std::nullopt;
  }
  return IpPrefix{*address, *length};
}

IpAddress IpPrefix::network() const {
  IpAddress network = address;
  for (int bit = length; bit < address.bits; ++bit) {
    auto& byte = network.bytes[static_cast<std::size_t>(bit / 8)];
    byte = static_cast<std::uint8_t>(byte & ~(0x80U >> (bit % 8)));
  }
  return network;
}

std::string IpAddress::to_string() const {
  if (bits == 32) {
    std::string text;
    for (std::size_t i = 0; i < 4; ++i) {
      if (i > 0) text += '.';
      text += std::to_string(bytes[i]);
    }
    return text;
  }
  // The longest run of two zero groups or more becomes `::`.
  const auto group = [&](std::size_t i) { return bytes[2 * i] << 8 | bytes[2 * i + 1]; };
  std::size_t best = 8, best_size = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t size = 0;
    while (i + size < 8 && group(i + size) == 0) ++size;
    if (size > best_size) best = i, best_size = size;
  }
  std::string text;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == best) {
      text += "::";
      i += best_size - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    bool started = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      const auto digit = static_cast<std::size_t>((group(i) >> shift) & 15);
      started = started || digit != 0 || shift == 0;
      if (started) text += "0123456789abcdef"[digit];
    }
  }
  return text;
}

}  // namespace space::values
