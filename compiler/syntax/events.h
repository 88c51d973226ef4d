// Which rule of the grammar makes which node, and which reports which problem. Rules without a row
// make nothing. Included by parse.cpp alone (and by tests that check the grammar).
#pragma once

#include "compiler/syntax/messages.h"
#include "compiler/syntax/syntax_tree.h"
#include "grammar/file.h"

namespace space::syntax {

namespace g = space::grammar;

enum class Shape : std::uint8_t {
  None,
  Leaf,      // its bytes are one leaf
  Node,      // what it matched becomes the children of a node
  Wrap,      // likewise, with the operand that stands before it as the first child
  Chain,     // its first part is the operand of the Wraps in it
  Climb,     // a flat list of operands and operators
  Operand,   // an operand of the Climb around it
  Operator,  // a leaf that nests what stands before it in the Climb
  Item,      // a new line: reports are heard again
};

template <Shape S, SyntaxKind K = SyntaxKind::File, std::uint8_t Level = 0>
struct Makes {
  static constexpr Shape shape = S;
  static constexpr SyntaxKind kind = K;
  static constexpr std::uint8_t level = Level;
};

template <class Rule>
struct event : Makes<Shape::None> {};

#define SPACE_LEAF(rule, kind) \
  template <>                  \
  struct event<g::rule> : Makes<Shape::Leaf, SyntaxKind::kind> {}
#define SPACE_NODE_OF(rule, kind) \
  template <>                     \
  struct event<g::rule> : Makes<Shape::Node, SyntaxKind::kind> {}
#define SPACE_WRAP(rule, kind) \
  template <>                  \
  struct event<g::rule> : Makes<Shape::Wrap, SyntaxKind::kind> {}

// Trivia.
SPACE_LEAF(byte_order_mark, Whitespace);
SPACE_LEAF(whitespace, Whitespace);
SPACE_LEAF(newline, Newline);
SPACE_LEAF(doc_comment, DocComment);
SPACE_LEAF(line_comment, LineComment);
SPACE_LEAF(closed_comment, BlockComment);
SPACE_LEAF(unclosed_comment, BlockComment);

// Tokens.
SPACE_LEAF(identifier, Identifier);
SPACE_LEAF(function_name, FunctionName);
SPACE_LEAF(number, Number);
SPACE_LEAF(bad_number, Number);
SPACE_LEAF(legacy_number, Number);
SPACE_LEAF(true_literal, True);
SPACE_LEAF(false_literal, False);
SPACE_LEAF(null_literal, Null);
SPACE_LEAF(string_text, StringText);
SPACE_LEAF(open_quote, OpenQuote);
SPACE_LEAF(close_quote, CloseQuote);
SPACE_LEAF(heredoc_open, HeredocOpen);
SPACE_LEAF(heredoc_close, HeredocClose);
SPACE_LEAF(open_interpolation, OpenInterpolation);
SPACE_LEAF(close_interpolation, CloseInterpolation);
SPACE_LEAF(open_directive, OpenDirective);
SPACE_LEAF(close_directive, CloseDirective);
SPACE_LEAF(open_brace, OpenBrace);
SPACE_LEAF(close_brace, CloseBrace);
SPACE_LEAF(open_bracket, OpenBracket);
SPACE_LEAF(close_bracket, CloseBracket);
SPACE_LEAF(open_paren, OpenParen);
SPACE_LEAF(close_paren, CloseParen);
SPACE_LEAF(equals, Equals);
SPACE_LEAF(colon, Colon);
SPACE_LEAF(comma, Comma);
SPACE_LEAF(dot, Dot);
SPACE_LEAF(star_mark, Star);
SPACE_LEAF(ellipsis, Ellipsis);
SPACE_LEAF(arrow, Arrow);
SPACE_LEAF(question, Question);
SPACE_LEAF(unary_operator, Operator);
SPACE_LEAF(kw_for, For);
SPACE_LEAF(kw_in, In);
SPACE_LEAF(kw_if, If);
SPACE_LEAF(kw_else, Else);
SPACE_LEAF(kw_endif, EndIf);
SPACE_LEAF(kw_endfor, EndFor);
SPACE_LEAF(closed_label, QuotedLabel);
SPACE_LEAF(unclosed_label, QuotedLabel);
SPACE_LEAF(stray_brace, JunkText);
SPACE_LEAF(item_junk_text, JunkText);
SPACE_LEAF(after_item_junk_text, JunkText);
SPACE_LEAF(bad_directive_text, JunkText);
SPACE_LEAF(deep_text, JunkText);
SPACE_LEAF(tall_text, JunkText);
template <g::Skip S>
struct event<g::junk_text<S>> : Makes<Shape::Leaf, SyntaxKind::JunkText> {};
template <class What>
struct event<g::missing<What>> : Makes<Shape::Leaf, SyntaxKind::Missing> {};

// Structure.
SPACE_NODE_OF(file, File);
SPACE_NODE_OF(attribute, Attribute);
SPACE_NODE_OF(block, Block);
SPACE_NODE_OF(inline_block, Block);
SPACE_NODE_OF(body, Body);
SPACE_NODE_OF(absent_body, Body);
SPACE_NODE_OF(bad_item, Junk);
SPACE_NODE_OF(junk_after_item, Junk);
SPACE_NODE_OF(bad_directive, Junk);
SPACE_NODE_OF(too_deep, Junk);
SPACE_NODE_OF(too_tall, Junk);
template <g::Skip S>
struct event<g::junk<S>> : Makes<Shape::Node, SyntaxKind::Junk> {};
template <>
struct event<g::item_line> : Makes<Shape::Item> {};

// Expressions.
SPACE_NODE_OF(literal_expr, LiteralExpr);
SPACE_NODE_OF(template_expr, TemplateExpr);
SPACE_NODE_OF(bare_template, TemplateExpr);
SPACE_NODE_OF(heredoc_expr, HeredocExpr);
SPACE_NODE_OF(variable_expr, VariableExpr);
SPACE_NODE_OF(call_expr, CallExpr);
SPACE_NODE_OF(call_without_parens, CallExpr);
SPACE_NODE_OF(unary_expr, UnaryExpr);
SPACE_NODE_OF(tuple_expr, TupleExpr);
SPACE_NODE_OF(object_expr, ObjectExpr);
SPACE_NODE_OF(object_item, ObjectItem);
SPACE_NODE_OF(for_tuple_expr, ForTupleExpr);
SPACE_NODE_OF(for_object_expr, ForObjectExpr);
SPACE_NODE_OF(for_intro, ForIntro);
SPACE_NODE_OF(for_condition, ForCondition);
SPACE_NODE_OF(paren_expr, ParenExpr);
SPACE_WRAP(get_attr, GetAttrExpr);
SPACE_WRAP(index, IndexExpr);
SPACE_WRAP(splat, SplatExpr);
SPACE_WRAP(attr_splat, AttrSplatExpr);
SPACE_WRAP(legacy_index, LegacyIndexExpr);
SPACE_WRAP(conditional, ConditionalExpr);
template <>
struct event<g::postfix_chain> : Makes<Shape::Chain> {};
template <>
struct event<g::expression> : Makes<Shape::Chain> {};
template <>
struct event<g::operation> : Makes<Shape::Climb> {};
template <>
struct event<g::operand> : Makes<Shape::Operand> {};
template <>
struct event<g::or_operator> : Makes<Shape::Operator, SyntaxKind::Operator, 1> {};
template <>
struct event<g::and_operator> : Makes<Shape::Operator, SyntaxKind::Operator, 2> {};
template <>
struct event<g::equality_operator> : Makes<Shape::Operator, SyntaxKind::Operator, 3> {};
template <>
struct event<g::comparison_operator> : Makes<Shape::Operator, SyntaxKind::Operator, 4> {};
template <>
struct event<g::sum_operator> : Makes<Shape::Operator, SyntaxKind::Operator, 5> {};
template <>
struct event<g::product_operator> : Makes<Shape::Operator, SyntaxKind::Operator, 6> {};

// Templates.
SPACE_NODE_OF(interpolation, Interpolation);
SPACE_NODE_OF(template_if, TemplateIf);
SPACE_NODE_OF(template_for, TemplateFor);
SPACE_NODE_OF(directive_if, DirectiveIf);
SPACE_NODE_OF(directive_else, DirectiveElse);
SPACE_NODE_OF(directive_end_if, DirectiveEndIf);
SPACE_NODE_OF(directive_for, DirectiveFor);
SPACE_NODE_OF(directive_end_for, DirectiveEndFor);

#undef SPACE_LEAF
#undef SPACE_NODE_OF
#undef SPACE_WRAP

// Problems.
struct Fine {
  static constexpr bool bad = false;
  static constexpr Problem problem = Problem::NotAnItem;
};
template <Problem P>
struct Bad {
  static constexpr bool bad = true;
  static constexpr Problem problem = P;
};

template <class Rule>
struct fault_of : Fine {};

#define SPACE_FAULT(rule, problem) \
  template <>                      \
  struct fault_of<g::rule> : Bad<Problem::problem> {}

SPACE_FAULT(missing<g::expression>, NoExpression);
SPACE_FAULT(missing<g::operand>, NoExpression);
SPACE_FAULT(missing<g::unary>, NoExpression);
SPACE_FAULT(missing<g::identifier>, NoName);
SPACE_FAULT(missing<g::call_parens>, NoArguments);
SPACE_FAULT(missing<g::comma>, NoItemComma);
SPACE_FAULT(missing<g::object_item>, NoObjectComma);
SPACE_FAULT(missing<g::object_separator>, NoObjectEquals);
SPACE_FAULT(missing<g::conditional>, NoConditionalColon);
SPACE_FAULT(missing<g::kw_in>, NoForIn);
SPACE_FAULT(missing<g::colon>, NoForColon);
SPACE_FAULT(missing<g::arrow>, NoForArrow);
SPACE_FAULT(missing<g::open_brace>, NoBlockBrace);
SPACE_FAULT(missing<g::brace_on_next_line>, BraceOnNextLine);
SPACE_FAULT(missing<g::item_end>, NoNewlineBeforeBrace);
SPACE_FAULT(missing<g::inline_tail>, InlineBlockGoesOn);
SPACE_FAULT(inline_block, InlineBlockInBlock);

SPACE_FAULT(missing<g::closed_by<g::close_paren>>, UnclosedBracket);
SPACE_FAULT(missing<g::closed_by<g::close_bracket>>, UnclosedBracket);
SPACE_FAULT(missing<g::closed_by<g::close_brace>>, UnclosedBracket);
SPACE_FAULT(missing<g::body>, UnclosedBody);
SPACE_FAULT(missing<g::closed_by<g::close_interpolation>>, UnclosedInterpolation);
SPACE_FAULT(missing<g::closed_by<g::close_directive>>, UnclosedDirective);
SPACE_FAULT(missing<g::close_quote>, UnclosedString);
SPACE_FAULT(unclosed_label, UnclosedLabel);
SPACE_FAULT(missing<g::heredoc_close>, UnclosedHeredoc);
SPACE_FAULT(unclosed_comment, UnclosedComment);
SPACE_FAULT(missing<g::template_if>, UnclosedIf);
SPACE_FAULT(missing<g::template_for>, UnclosedFor);

SPACE_FAULT(item_junk_text, NotAnItem);
SPACE_FAULT(stray_brace, StrayBrace);
SPACE_FAULT(after_item_junk_text, JunkAfterItem);
SPACE_FAULT(label_template, TemplateInLabel);
SPACE_FAULT(bad_escape, BadEscape);
SPACE_FAULT(bad_number, BadNumber);
SPACE_FAULT(bad_directive_text, BadDirective);
SPACE_FAULT(legacy_index, LegacyIndex);
SPACE_FAULT(attr_splat, LegacySplat);
SPACE_FAULT(deep_text, TooDeep);
SPACE_FAULT(tall_text, TooTall);
template <g::Skip S>
struct fault_of<g::junk_text<S>> : Bad<Problem::JunkInBrackets> {};

#undef SPACE_FAULT

}  // namespace space::syntax
