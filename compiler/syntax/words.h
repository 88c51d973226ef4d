// Words: pieces of a source text, as messages quote them. In: a text and offsets. Out: the tokens
// round an offset, and texts that are short, on one line and without control characters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace space::syntax {

std::string shown(std::string_view text);
std::string code(std::string_view text);  // shown, in backticks
bool is_name_byte(char c);

class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}

  std::string_view word_at(std::size_t at) const;  // the token that begins here
  std::string_view word_before(
      std::size_t at) const;  // the token that ends before here, on the same line
  std::size_t past_spaces(std::size_t at) const;
  std::size_t line_end(std::size_t at) const;  // without the blanks before it
  std::string_view rest(std::size_t at) const { return text_.substr(at, line_end(at) - at); }
  std::string found(std::size_t at) const;  // "found `x`", "found the end of the line"

 private:
  std::string_view text_;
};

}  // namespace space::syntax
