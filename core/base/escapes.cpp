#include "core/base/escapes.h"

namespace space::base {

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

void append_hex(std::string& out, unsigned char byte) {
  constexpr std::string_view k_digits = "0123456789abcdef";
  out += k_digits[byte >> 4U];
  out += k_digits[byte & 15U];
}

std::string to_hex(std::string_view bytes) {
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) append_hex(hex, static_cast<unsigned char>(c));
  return hex;
}

void append_utf8(std::string& out, std::uint32_t point) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  const auto rest = [&](unsigned shift) { put(0x80U | ((point >> shift) & 0x3FU)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0U | (point >> 6U));
    rest(0);
  } else if (point < 0x10000) {
    put(0xE0U | (point >> 12U));
    rest(6);
    rest(0);
  } else {
    put(0xF0U | (point >> 18U));
    rest(12);
    rest(6);
    rest(0);
  }
}

}  // namespace space::base
