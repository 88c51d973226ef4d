#include "grammar/scope.h"

#include <cstring>

namespace space::grammar {
namespace {

// An anchor is looked for in the first bytes of a line: longer names are no anchors, so that this
// stays O(1) a newline.
constexpr std::ptrdiff_t k_anchor_reach = 512;

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_name(char c) { return is_name_start(c) || (c >= '0' && c <= '9') || c == '-'; }

const char* skip_spaces(const char* at, const char* end) {
  while (at != end && (*at == ' ' || *at == '\t')) ++at;
  return at;
}

const char* skip_name(const char* at, const char* end) {
  while (at != end && is_name(*at)) ++at;
  return at;
}

// The length of the newline at `at`, 0 where there is none.
std::ptrdiff_t newline_size(const char* at, const char* end) {
  if (at == end) return 0;
  if (*at == '\n') return 1;
  return *at == '\r' && end - at > 1 && at[1] == '\n' ? 2 : 0;
}

enum class LineStart : std::uint8_t { Other, Argument, Block, Close };

// What does the line at `at` begin with?
LineStart line_start(const char* at, const char* end) {
  if (end - at > k_anchor_reach) end = at + k_anchor_reach;
  at = skip_spaces(at, end);
  if (at == end) return LineStart::Other;
  if (*at == '}') return LineStart::Close;
  if (!is_name_start(*at)) return LineStart::Other;
  const char* const name = at;
  at = skip_name(at, end);
  const std::string_view word(name, static_cast<std::size_t>(at - name));
  if (word == "in" || word == "if")
    return LineStart::Other;  // a `for` may go on so, with an object after it
  at = skip_spaces(at, end);
  if (at == end) return LineStart::Other;
  if (*at == '=') {
    return end - at > 1 && (at[1] == '=' || at[1] == '>') ? LineStart::Other : LineStart::Argument;
  }
  while (at != end) {
    if (*at == '{') return LineStart::Block;
    if (is_name_start(*at)) {
      at = skip_name(at, end);
    } else if (*at == '"') {
      for (++at; at != end && *at != '"' && *at != '\n'; ++at) {
        if (*at == '\\' && end - at > 1) ++at;
      }
      if (at == end || *at != '"') return LineStart::Other;
      ++at;
    } else {
      return LineStart::Other;
    }
    at = skip_spaces(at, end);
  }
  return LineStart::Other;
}

}  // namespace

bool Scope::newline_passes(const char* at, const char* end) const {
  switch (lines) {
    case Lines::End:
      return false;
    case Lines::Between:
      return true;
    case Lines::Items:
      return line_start(at + newline_size(at, end), end) != LineStart::Block;
    case Lines::Brackets:
      return line_start(at + newline_size(at, end), end) == LineStart::Other;
    case Lines::Braces: {
      const LineStart start = line_start(at + newline_size(at, end), end);
      return start == LineStart::Other || start == LineStart::Close;
    }
  }
  return false;
}

const char* Scope::after_blanks(const char* at, const char* end) {
  Seen& seen = seen_[static_cast<std::size_t>(lines)];
  if (seen.from == at) return seen.to;
  const char* const from = at;
  while (at != end) {
    if (*at == ' ' || *at == '\t') {
      ++at;
    } else if (const auto size = newline_size(at, end); size != 0) {
      if (!newline_passes(at, end)) break;
      at += size;
    } else if (*at == '#' || (*at == '/' && end - at > 1 && at[1] == '/')) {
      const void* newline = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
      at = newline == nullptr ? end : static_cast<const char*>(newline);
      if (newline != nullptr && at[-1] == '\r') --at;
    } else if (*at == '/' && end - at > 1 && at[1] == '*') {
      const std::string_view rest(at + 2, static_cast<std::size_t>(end - at - 2));
      const std::size_t close = rest.find("*/");
      at = close == std::string_view::npos ? end : rest.data() + close + 2;
    } else {
      break;
    }
  }
  if (at != from) seen = {from, at};
  return at;
}

bool Scope::outside_by_indent(const char* begin, const char* at, const char* end) const {
  if (!by_indent || opener == nullptr || at == end) return false;
  const char* line = at;
  while (line != begin && (line[-1] == ' ' || line[-1] == '\t')) --line;
  if (line != begin && line[-1] != '\n') return false;  // not the first of its line
  const char* opener_line = opener;
  const char* const reach = opener - begin > k_anchor_reach ? opener - k_anchor_reach : begin;
  while (opener_line != reach && opener_line[-1] != '\n') --opener_line;
  if (opener_line != begin && opener_line[-1] != '\n') return false;
  const auto indent = skip_spaces(opener_line, opener) - opener_line;
  return *at == '}' ? at - line < indent : at - line <= indent;
}

}  // namespace space::grammar
