#include "compiler/format/passes.h"

namespace space::format {
namespace {

bool is_text(TokenKind kind) { return kind == TokenKind::Text || kind == TokenKind::HeredocText; }

bool opens_template(TokenKind kind) {
  return kind == TokenKind::OpenTemplate || kind == TokenKind::OpenDirective;
}

// Nothing that ends an operand stands before a minus that negates.
bool minus_negates_after(TokenKind before) {
  switch (before) {
    case TokenKind::None:
    case TokenKind::OpenParen:
    case TokenKind::OpenBrace:
    case TokenKind::OpenBracket:
    case TokenKind::Equals:
    case TokenKind::Colon:
    case TokenKind::Comma:
    case TokenKind::Question:
    case TokenKind::Minus:
    case TokenKind::Bang:
    case TokenKind::Operator:
      return true;
    default:
      return false;
  }
}

// Does a space stand between `left` and `right`? `before` is what stands before `left`. The first
// rule that fits wins.
bool space_between(const Token& before, const Token& left, const Token& right) {
  const TokenKind l = left.kind;
  const TokenKind r = right.kind;
  if (r == TokenKind::Newline) return false;
  if (l == TokenKind::Name && r == TokenKind::OpenParen) return false;  // a call
  if (l == TokenKind::Dot || r == TokenKind::Dot) return false;
  if (r == TokenKind::Comma || r == TokenKind::Ellipsis) return false;
  if (l == TokenKind::Comma) return true;
  if (is_text(l) || is_text(r)) return false;
  if (l == TokenKind::OpenQuote || l == TokenKind::OpenHeredoc) return false;
  if (r == TokenKind::CloseQuote || r == TokenKind::CloseHeredoc) return false;
  if (l == TokenKind::Name && left.text == "in" && before.kind == TokenKind::Name)
    return true;  // for x in [y]
  if (r == TokenKind::OpenBracket &&
      (l == TokenKind::Name || l == TokenKind::Number || bracket_change(left) < 0)) {
    return false;  // an index
  }
  if (l == TokenKind::Bang) return false;
  if (l == TokenKind::Minus) return !minus_negates_after(before.kind);
  if (l == TokenKind::OpenBrace || r == TokenKind::CloseBrace) {
    return !(l == TokenKind::OpenBrace && r == TokenKind::CloseBrace);
  }
  if (opens_template(l) && r == TokenKind::OpenBrace) return true;
  if (l == TokenKind::CloseBrace && r == TokenKind::CloseTemplate) return true;
  if (l == TokenKind::CloseTemplate && opens_template(r)) return false;
  return bracket_change(left) <= 0 && bracket_change(right) >= 0;
}

void space_cell(std::span<Token> cell) {
  static const Token nothing;
  for (std::size_t i = 1; i < cell.size(); ++i) {
    const Token& before = i > 1 ? cell[i - 2] : nothing;
    cell[i].spaces = space_between(before, cell[i - 1], cell[i]) ? 1 : 0;
    // `1 .5` is the number 1 and a legacy index: without the space it would be another number.
    const bool index_of_number = cell[i - 1].kind == TokenKind::Number &&
                                 cell[i].kind == TokenKind::Dot && i + 1 < cell.size() &&
                                 cell[i + 1].kind == TokenKind::Number;
    if (index_of_number) cell[i].spaces = 1;
  }
}

}  // namespace

void space_tokens(std::vector<Line>& lines) {
  for (Line& line : lines) {
    space_cell(line.lead);
    space_cell(line.assign);
  }
}

}  // namespace space::format
