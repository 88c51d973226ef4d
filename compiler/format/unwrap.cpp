#include "compiler/format/unwrap.h"

#include <algorithm>
#include <utility>

namespace space::format {
namespace {

// `"${`, something, `}"`, and no other template or text between on the same level.
bool is_wrapped(const Tokens& value) {
  if (value.size() < 5 || value[0].kind != TokenKind::OpenQuote ||
      value[1].kind != TokenKind::OpenTemplate ||
      value[value.size() - 2].kind != TokenKind::CloseTemplate ||
      value.back().kind != TokenKind::CloseQuote) {
    return false;
  }
  int quotes = 0;
  for (std::size_t i = 2; i + 2 < value.size(); ++i) {
    switch (value[i].kind) {
      case TokenKind::OpenQuote:
        ++quotes;
        break;
      case TokenKind::CloseQuote:
        --quotes;
        break;
      case TokenKind::OpenTemplate:
      case TokenKind::CloseTemplate:
      case TokenKind::Text:
        if (quotes == 0) return false;
        break;
      default:
        break;
    }
  }
  return true;
}

// Does one pair of parentheses hold all of it?
bool in_parens(const Tokens& value) {
  if (value.size() < 2 || value.front().kind != TokenKind::OpenParen) return false;
  int level = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    level += bracket_change(value[i]);
    if (level == 0) return i + 1 == value.size();
  }
  return false;
}

bool is_newline(const Token& token) { return token.kind == TokenKind::Newline; }

// The value as it was where the expression cannot stand alone.
Tokens unwrap_once(const Tokens& value) {
  const auto first = std::find_if_not(value.begin() + 2, value.end() - 2, is_newline);
  const auto last =
      std::find_if_not(value.rbegin() + 2, std::make_reverse_iterator(first), is_newline).base();
  Tokens inside(first, last);
  // Without parentheses a comment would end the value, unless it comes last.
  const auto cuts = [](const Token& token) {
    return token.kind == TokenKind::Comment && ends_line(token);
  };
  const bool spans_lines = std::any_of(inside.begin(), inside.end(), is_newline);
  if (!spans_lines && !inside.empty() && std::any_of(inside.begin(), inside.end() - 1, cuts))
    return value;
  if (spans_lines && !in_parens(inside)) {
    inside.insert(inside.begin(), {TokenKind::OpenParen, "(", 0});
    inside.push_back({TokenKind::CloseParen, ")", 0});
  }
  return inside;
}

}  // namespace

Tokens unwrap_value(Tokens value) {
  // Again and again, so that formatting twice changes nothing: `"${"${x}"}"`. The nesting is
  // bounded.
  while (is_wrapped(value)) {
    Tokens inside = unwrap_once(value);
    if (inside.size() == value.size()) break;
    value = std::move(inside);
  }
  return value;
}

Tokens modern_type(Tokens value) {
  const auto of = [](std::string_view type, std::string_view element) -> Tokens {
    return {{TokenKind::Name, type, 0},
            {TokenKind::OpenParen, "(", 0},
            {TokenKind::Name, element, 0},
            {TokenKind::CloseParen, ")", 0}};
  };
  if (value.size() == 1 && value[0].kind == TokenKind::Name) {
    const std::string_view type = value[0].text;
    return type == "list" || type == "map" || type == "set" ? of(type, "any") : value;
  }
  if (value.size() != 3 || value[0].kind != TokenKind::OpenQuote ||
      value[1].kind != TokenKind::Text)
    return value;
  const std::string_view type = value[1].text;
  if (type == "string") return {{TokenKind::Name, type, 0}};
  if (type == "list" || type == "map") return of(type, "string");
  return value;
}

}  // namespace space::format
