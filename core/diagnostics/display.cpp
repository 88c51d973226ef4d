#include "core/diagnostics/display.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/base/strings.h"

namespace space::diagnostics {

namespace {

constexpr std::size_t k_tab = 4;

struct Range {
  std::uint32_t first, last;
};

// Rough and stable: the blocks of East Asian wide characters and of pictures, not the whole of
// Unicode's table.
constexpr std::array<Range, 14> k_wide{{{0x1100, 0x115F},
                                        {0x2E80, 0x303E},
                                        {0x3041, 0x33FF},
                                        {0x3400, 0x4DBF},
                                        {0x4E00, 0x9FFF},
                                        {0xA000, 0xA4CF},
                                        {0xAC00, 0xD7A3},
                                        {0xF900, 0xFAFF},
                                        {0xFE30, 0xFE6F},
                                        {0xFF00, 0xFF60},
                                        {0xFFE0, 0xFFE6},
                                        {0x1F300, 0x1F64F},
                                        {0x1F900, 0x1F9FF},
                                        {0x20000, 0x3FFFD}}};
constexpr std::array<Range, 5> k_without_width{
    {{0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x200B, 0x200D}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}}};
// They turn the reading direction: what is seen would not be what is compiled.
constexpr std::array<Range, 3> k_turning{{{0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}}};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, std::uint32_t point) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
    return range.first <= point && point <= range.last;
  });
}

std::size_t length_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (at + length > text.size()) return 0;
  return base::find_invalid_utf8(text.substr(at, length)) ? 0 : length;
}

std::uint32_t point_at(std::string_view text, std::size_t at, std::size_t length) {
  constexpr std::array<std::uint32_t, 5> k_first_bits{0, 0x7F, 0x1F, 0x0F, 0x07};
  std::uint32_t point = static_cast<unsigned char>(text[at]) & k_first_bits[length];
  for (std::size_t i = 1; i < length; ++i) {
    point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  }
  return point;
}

constexpr std::string_view k_replacement = "\xEF\xBF\xBD";  // U+FFFD

}  // namespace

Glyph glyph_at(std::string_view text, std::size_t at, std::size_t column) {
  const char c = text[at];
  if (c == '\t') {
    const std::size_t width = k_tab - column % k_tab;
    return {std::string(width, ' '), 1, width};
  }
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x20 || byte == 0x7F) {
    std::string picture = "\xE2\x90\x80";  // U+2400, the picture of NUL; the others follow
    picture[2] = static_cast<char>(byte == 0x7F ? 0xA1 : 0x80 + byte);
    return {std::move(picture), 1, 1};
  }
  if (byte < 0x80) return {std::string(1, c), 1, 1};
  const std::size_t length = length_at(text, at);
  if (length == 0) return {std::string(k_replacement), 1, 1};
  const std::uint32_t point = point_at(text, at, length);
  if (point < 0xA0 || within(k_turning, point)) return {std::string(k_replacement), length, 1};
  const std::size_t width = within(k_without_width, point) ? 0 : within(k_wide, point) ? 2 : 1;
  return {std::string(text.substr(at, length)), length, width};
}

std::string visible_text(std::string_view text, std::size_t indent) {
  std::string visible;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\n') {
      visible += '\n';
      visible.append(indent, ' ');
      ++at;
      continue;
    }
    const Glyph glyph = glyph_at(text, at, 0);
    visible += glyph.text;
    at += glyph.bytes;
  }
  return visible;
}

Style style_of(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return Style::Error;
    case Severity::Warning:
      return Style::Warning;
    case Severity::Info:
    case Severity::Hint:
      return Style::Info;
  }
  return Style::Plain;
}

void paint(std::string& out, Color color, Style style, std::string_view text) {
  if (color == Color::Off || style == Style::Plain || text.empty()) {
    out += text;
    return;
  }
  switch (style) {
    case Style::Plain:
      break;
    case Style::Bold:
      out += "\x1b[1m";
      break;
    case Style::Error:
      out += "\x1b[1;31m";
      break;
    case Style::Warning:
      out += "\x1b[1;33m";
      break;
    case Style::Info:
      out += "\x1b[1;36m";
      break;
    case Style::Gutter:
    case Style::Related:
      out += "\x1b[1;34m";
      break;
  }
  out += text;
  out += "\x1b[0m";
}

}  // namespace space::diagnostics
