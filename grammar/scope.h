// Scope: what a rule has to know about where it stands, that the text at its position does not say.
// The rules change it on the way in and put it back on the way out; whoever runs the grammar hands
// one in as the parse state (or a class derived from it). In: bytes around the position. Out:
// answers that cost no allocation. Must not know of trees.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace space::grammar {

// What a newline is, here.
enum class Lines : std::uint8_t {
  End,       // it ends something: an argument, an item of an object
  Between,   // between the items of a file or a body: always trivia
  Items,     // between the items of an object: trivia, unless the next line opens a block
  Brackets,  // in ( and [: trivia, unless the next line starts an argument or a block, or closes
             // one
  Braces,    // in ${, %{ and a `for` object: like Brackets, but a line may begin with the closing
             // brace
};
inline constexpr std::size_t k_lines = 5;

// Where a template's text stands.
enum class Flavour : std::uint8_t { Quoted, Heredoc, Bare };

struct Openers {
  std::uint32_t parens = 0;
  std::uint32_t brackets = 0;
  std::uint32_t braces = 0;
};

struct Directives {
  std::uint32_t ifs = 0;
  std::uint32_t fors = 0;
};

struct Scope {
  Lines lines = Lines::End;
  Flavour flavour = Flavour::Bare;
  Openers open;                  // brackets that wait for their closer, up to the next template
  Directives directives;         // of this template
  std::string_view marker;       // of this heredoc
  const char* opener = nullptr;  // the innermost open bracket
  int depth = 0;
  int max_depth = 0;
  bool tall =
      false;  // the chain of operators or postfixes being read has reached the tree's height limit
  bool by_indent = false;  // second look at a file whose braces do not balance: indentation says
                           // what is unclosed

  // The end of the blanks (spaces, comments, newlines that are trivia here) that begin at `at`.
  // Remembers the last answer of each kind, so that looking ahead again and again over a long
  // comment stays linear.
  const char* after_blanks(const char* at, const char* end);

  // Is the newline at `at` trivia in this scope?
  bool newline_passes(const char* at, const char* end) const;

  // Under `by_indent`: does the line whose first token is at `at` lie outside the braces that
  // opened last?
  bool outside_by_indent(const char* begin, const char* at, const char* end) const;

 private:
  struct Seen {
    const char* from = nullptr;
    const char* to = nullptr;
  };
  std::array<Seen, k_lines> seen_;
};

}  // namespace space::grammar
