#include "core/values/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

#include "core/base/escapes.h"

namespace space::values {

namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// utf8proc maps the sharp s to its capital form; Go leaves it.
constexpr std::int32_t k_sharp_s = 0xDF;

std::int32_t upper(std::int32_t code) { return code == k_sharp_s ? code : utf8proc_toupper(code); }
std::int32_t title(std::int32_t code) { return code == k_sharp_s ? code : utf8proc_totitle(code); }

template <class Map>
std::string map_text(std::string_view text, Map map) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    const std::int32_t mapped = map(point.code);
    if (mapped == point.code) {
      out += text.substr(0, point.size);
    } else {
      base::append_utf8(out, static_cast<std::uint32_t>(mapped));
    }
    text.remove_prefix(point.size);
  }
  return out;
}

bool is_word_character(std::int32_t code) {
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
      return true;
    default:
      return false;
  }
}

// What ends a word, as strings.Title has it.
bool is_separator(std::int32_t code) {
  if (code < 0x80) {
    const bool word = (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
                      (code >= 'A' && code <= 'Z') || code == '_';
    return !word;
  }
  return !is_word_character(code) && is_space(code);
}

}  // namespace

std::string normalize_nfc(std::string text) {
  if (is_ascii(text)) return text;
  utf8proc_uint8_t* normalized = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &normalized,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (size < 0) return text;
  std::string result(reinterpret_cast<const char*>(normalized), static_cast<std::size_t>(size));
  std::free(normalized);
  return result;
}

CodePoint first_code_point(std::string_view text) {
  if (text.empty()) return {};
  utf8proc_int32_t code = 0;
  const utf8proc_ssize_t size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (size <= 0) return {0xFFFD, 1};
  return {code, static_cast<std::size_t>(size)};
}

std::size_t first_grapheme(std::string_view text) {
  if (text.empty()) return 0;
  CodePoint before = first_code_point(text);
  std::size_t size = before.size;
  utf8proc_int32_t state = 0;
  while (size < text.size()) {
    const CodePoint next = first_code_point(text.substr(size));
    if (utf8proc_grapheme_break_stateful(before.code, next.code, &state)) break;
    size += next.size;
    before = next;
  }
  return size;
}

std::size_t count_graphemes(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(first_grapheme(text));
  return count;
}

std::size_t count_columns(std::string_view text) {
  constexpr std::int32_t k_emoji_presentation = 0xFE0F;
  std::size_t count = 0;
  int before = 0;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    text.remove_prefix(point.size);
    int columns = utf8proc_charwidth(point.code);
    const auto category = utf8proc_category(point.code);
    const bool is_unknown = category == UTF8PROC_CATEGORY_CN || category == UTF8PROC_CATEGORY_CO;
    if (is_unknown) columns = std::max(columns, 1);
    if (point.code == k_emoji_presentation && before == 1) columns = 1;  // the two are one wide one
    count += static_cast<std::size_t>(columns);
    before = columns;
  }
  return count;
}

std::string to_upper(std::string_view text) { return map_text(text, upper); }
std::string to_lower(std::string_view text) {
  return map_text(text, [](std::int32_t code) { return utf8proc_tolower(code); });
}

std::string to_title(std::string_view text) {
  std::int32_t before = ' ';
  return map_text(text, [&](std::int32_t code) {
    const bool starts_word = is_separator(before);
    before = code;
    return starts_word ? title(code) : code;
  });
}

bool is_space(std::int32_t code) {
  switch (code) {
    case '\t':
    case '\n':
    case '\v':
    case '\f':
    case '\r':
    case ' ':
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
      return true;
    default:
      return code >= 0x2000 && code <= 0x200A;
  }
}

}  // namespace space::values
