// What quoting and unquoting are made of, whatever the language around the quotes: hex digits, the
// letters of escapes, code points as UTF-8. In: characters. Out: bytes. Which characters a format
// escapes, and how else, is each writer's own matter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace space::base {

std::optional<unsigned> hex_digit(char c);              // 0 to 15, either case
void append_hex(std::string& out, unsigned char byte);  // two digits, lower case
std::string to_hex(std::string_view bytes);

// What HCL, JSON and Go escape alike: the character, and the letter behind the backslash.
struct Escape {
  char character;
  char letter;
};
inline constexpr Escape k_escapes[] = {
    {'"', '"'}, {'\\', '\\'}, {'\n', 'n'}, {'\r', 'r'}, {'\t', 't'}};

// The letter for a character; 0 for one that is not in the table.
constexpr char escape_letter(char c) {
  for (const Escape& escape : k_escapes) {
    if (escape.character == c) return escape.letter;
  }
  return '\0';
}

// The other way: the character for a letter; 0 for every other letter.
constexpr char escaped_character(char letter) {
  for (const Escape& escape : k_escapes) {
    if (escape.letter == letter) return escape.character;
  }
  return '\0';
}

// HCL's `uXXXX` and `UXXXXXXXX` at the start of `text`, behind the backslash: appends the character
// and gives the bytes read; 0 where it is no character.
std::size_t unescape_code_point(std::string_view text, std::string& out);

// `point` is at most U+10FFFF; a surrogate is written like any other, so callers look for them.
void append_utf8(std::string& out, std::uint32_t point);

}  // namespace space::base
