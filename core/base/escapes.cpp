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

std::size_t unescape_code_point(std::string_view text, std::string& out) {
  if (text.empty() || (text[0] != 'u' && text[0] != 'U')) return 0;
  const std::size_t size = text[0] == 'u' ? 5 : 9;
  if (text.size() < size) return 0;
  std::uint32_t point = 0;
  for (const char c : text.substr(1, size - 1)) {
    const auto digit = hex_digit(c);
    if (!digit) return 0;
    point = point * 16 + *digit;
  }
  if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return 0;
  append_utf8(out, point);
  return size;
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
