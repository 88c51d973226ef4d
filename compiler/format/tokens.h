// Tokens: a file as the formatter sees it: what is written, in order, and how many spaces stand
// before each. In: a tree without errors. Out: tokens; a single-line comment holds its newline.
// Each pass changes spaces alone, but for those that rewrite labels and whole-value templates
// (labels.h, unwrap.h).
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/syntax_tree.h"

namespace space::format {

enum class TokenKind : std::uint8_t {
  None,  // stands for "there is no token"
  Name,  // identifiers, keywords, function names
  Number,
  Label,
  Text,  // of a quoted string
  HeredocText,
  OpenQuote,
  CloseQuote,
  OpenHeredoc,
  CloseHeredoc,
  OpenTemplate,  // ${ and %{
  OpenDirective,
  CloseTemplate,
  OpenBrace,
  CloseBrace,
  OpenBracket,
  CloseBracket,
  OpenParen,
  CloseParen,
  Equals,
  Colon,
  Comma,
  Question,
  Dot,
  Ellipsis,
  Arrow,
  Minus,
  Bang,
  Operator,  // every other one
  Newline,
  Comment,
};

struct Token {
  TokenKind kind = TokenKind::None;
  std::string_view text;
  std::size_t spaces = 0;  // before it
};

using Tokens = std::vector<Token>;

// The tokens of a tree, and the texts that are in no file.
struct TokenList {
  Tokens tokens;
  std::deque<std::string> made;
  std::size_t blanks_at_end = 0;
};

TokenList make_tokens(const syntax::SyntaxTree& tree);

bool ends_line(const Token& token);      // a newline, or a comment that holds one
int bracket_change(const Token& token);  // +1 for an opener, -1 for a closer

}  // namespace space::format
