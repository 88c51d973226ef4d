// Unicode as the language needs it: NFC, grapheme clusters and their columns, and case by code
// point, as Go's standard library maps it. UTF-8 in and out; a byte that is no UTF-8 counts as one
// character and stays as it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace space::values {

std::string normalize_nfc(std::string text);

std::size_t first_grapheme(std::string_view text);  // its size in bytes; 0 only for an empty text
std::size_t count_graphemes(std::string_view text);

// How many columns a terminal takes for it, at the most: terminals differ on joined emoji, and a
// line that is thought too short wraps. Control characters take none.
std::size_t count_columns(std::string_view text);

// The first code point and its size in bytes; of what is no UTF-8: U+FFFD and 1.
struct CodePoint {
  std::int32_t code = 0;
  std::size_t size = 0;
};
CodePoint first_code_point(std::string_view text);

std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);
std::string to_title(std::string_view text);  // the first letter of each word
bool is_space(std::int32_t code);

}  // namespace space::values
