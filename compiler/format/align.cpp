#include <utf8proc.h>

#include <algorithm>

#include "compiler/format/passes.h"

namespace space::format {
namespace {

// Columns are grapheme clusters: what a reader takes for one character.
std::size_t columns(std::string_view text) {
  const auto plain = [](char c) { return c >= ' ' && c < 0x7F; };
  if (std::all_of(text.begin(), text.end(), plain)) return text.size();
  std::size_t count = 0;
  utf8proc_int32_t before = 0;
  utf8proc_int32_t state = 0;
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t point = 0;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (size <= 0) {  // not UTF-8: a column a byte
      point = 0xFFFD;
      ++at;
    } else {
      at += static_cast<std::size_t>(size);
    }
    if (count == 0 || utf8proc_grapheme_break_stateful(before, point, &state)) ++count;
    before = point;
  }
  return count;
}

std::size_t columns(std::span<const Token> tokens) {
  std::size_t sum = 0;
  for (const Token& token : tokens) sum += token.spaces + columns(token.text);
  return sum;
}

// Neighbouring lines that have the cell: it begins one space after the longest of what stands
// before it.
template <class Cell, class Width>
void align(std::vector<Line>& lines, Cell cell, Width width) {
  std::vector<std::size_t> widths;
  for (std::size_t begin = 0; begin < lines.size();) {
    std::size_t end = begin;
    widths.clear();
    while (end < lines.size() && !cell(lines[end]).empty()) widths.push_back(width(lines[end++]));
    if (end == begin) {
      ++begin;
      continue;
    }
    const std::size_t widest = *std::max_element(widths.begin(), widths.end());
    for (std::size_t i = begin; i < end; ++i)
      cell(lines[i]).front().spaces = widest - widths[i - begin] + 1;
    begin = end;
  }
}

}  // namespace

void align_cells(std::vector<Line>& lines) {
  // The comments come second: the value before them has moved.
  align(
      lines, [](Line& line) { return line.assign; },
      [](const Line& line) { return columns(line.lead); });
  align(
      lines, [](Line& line) { return line.comment; },
      [](const Line& line) { return columns(line.lead) + columns(line.assign); });
}

}  // namespace space::format
