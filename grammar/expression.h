// Expressions. Every choice is made by looking at the next bytes, so that nothing is read twice
// over: no input makes this backtrack over more than a name. Precedence of operators is not here:
// `operation` is a flat list of operands and operators, and the tree builder nests them (HCL's
// order: || ; && ; == != ; < > <= >= ; + - ; * / %).
#pragma once

#include "grammar/template.h"

namespace space::grammar {

// The bytes that an expression may begin with.
struct expression_start : peg::sor<name_start, peg::digit, peg::one<'"', '(', '[', '{', '-', '!'>,
                                   peg::string<'<', '<'>> {};

struct expression;
struct unary;
struct wanted_expression : expect<expression_start, expression> {};

// Literals, names, calls.
struct true_literal : kw_true {};
struct false_literal : kw_false {};
struct null_literal : kw_null {};
struct literal_expr : peg::sor<number, bad_number, true_literal, false_literal, null_literal> {};
struct variable_expr : peg::seq<identifier> {};

struct scope_mark : peg::string<':', ':'> {};
struct function_name : peg::seq<identifier_text, peg::star<scope_mark, identifier_text>> {};
struct call_ahead : peg::at<function_name, blanks, peg::one<'('>> {};
struct scoped_name_ahead : peg::at<identifier_text, scope_mark, identifier_text> {};

// Lists: items with commas between, a trailing comma allowed. What is no item is junk up to the
// next comma.
template <class Stop>
struct after_list_item : peg::sor<next<comma>, peg::not_at<junk_ahead>, ahead<Stop>,
                                  peg::seq<ahead<expression_start>, missing<comma>>,
                                  peg::seq<trivia, junk<Skip::ToComma>, peg::opt<next<comma>>>> {};
template <class Stop>
struct list_until
    : peg::star<junk_ahead, not_ahead<Stop>, trivia,
                peg::sor<peg::seq<peg::at<expression_start>, expression, after_list_item<Stop>>,
                         peg::seq<junk<Skip::ToComma>, peg::opt<next<comma>>>>> {};

struct call_parens : in_parens<open_paren, list_until<ellipsis>, peg::opt<next<ellipsis>>,
                               closed_by<close_paren>> {};
struct call_expr : peg::seq<function_name, trivia, call_parens> {};
struct call_without_parens : peg::seq<function_name, missing<call_parens>> {};

struct paren_expr : in_parens<open_paren, wanted_expression, closed_by<close_paren>> {};

// Collections.
struct tuple_expr : in_brackets<open_bracket, list_until<peg::failure>, closed_by<close_bracket>> {
};

struct object_separator : peg::sor<equals, colon> {};
struct object_item
    : peg::seq<expression, peg::sor<next<object_separator>, missing<object_separator>>,
               wanted_expression> {};
struct object_separator_junk : peg::seq<trivia, junk<Skip::ToComma>, peg::opt<next<comma>>> {};
struct after_object_item
    : peg::sor<next<comma>, peg::not_at<junk_ahead>,
               peg::seq<ahead<expression_start>, missing<object_item>>, object_separator_junk> {};
struct object_items
    : peg::star<
          junk_ahead, trivia, peg::not_at<ask<indented_out>>,
          in_lines<Lines::End,
                   peg::sor<peg::seq<peg::at<expression_start>, object_item, after_object_item>,
                            peg::seq<junk<Skip::ToComma>, peg::opt<next<comma>>>>>> {};
struct object_closed
    : peg::sor<peg::seq<ahead<close_brace>, trivia, peg::not_at<ask<indented_out>>, close_brace>,
               missing<closed_by<close_brace>>> {};
struct object_expr : in_braces<Lines::Items, open_brace, object_items, object_closed> {};

// `for`.
struct for_intro : peg::seq<kw_for, loop_variables, expect_token<kw_in>, wanted_expression,
                            expect_token<colon>> {};
struct for_condition : peg::seq<kw_if, wanted_expression> {};
struct for_condition_after : peg::opt<ahead<kw_if>, trivia, for_condition> {};
struct for_tuple_expr : in_brackets<open_bracket, trivia, for_intro, wanted_expression,
                                    for_condition_after, closed_by<close_bracket>> {};
struct for_object_expr : in_braces<Lines::Braces, open_brace, trivia, for_intro, wanted_expression,
                                   expect_token<arrow>, wanted_expression, peg::opt<next<ellipsis>>,
                                   for_condition_after, closed_by<close_brace>> {};
struct for_tuple_ahead : peg::at<in_brackets<open_bracket, blanks, kw_for>> {};
struct for_object_ahead : peg::at<in_braces<Lines::Braces, open_brace, blanks, kw_for>> {};

struct primary
    : peg::sor<
          peg::seq<peg::at<name_start>, peg::sor<peg::seq<call_ahead, nested<call_expr>>,
                                                 peg::seq<scoped_name_ahead, call_without_parens>,
                                                 literal_expr, variable_expr>>,
          peg::seq<peg::at<peg::digit>, literal_expr>,
          peg::seq<peg::at<open_quote>, nested<template_expr>>,
          peg::seq<peg::at<open_paren>, nested<paren_expr>>,
          peg::seq<for_tuple_ahead, nested<for_tuple_expr>>,
          peg::seq<peg::at<open_bracket>, nested<tuple_expr>>,
          peg::seq<for_object_ahead, nested<for_object_expr>>,
          peg::seq<peg::at<open_brace>, nested<object_expr>>,
          peg::seq<peg::at<heredoc_open>, nested<heredoc_expr>>> {};

// Postfixes: each wraps what stands before it.
struct get_attr : peg::seq<dot, expect_token<identifier>> {};
struct attr_splat : peg::seq<dot, trivia, star_mark> {};
struct legacy_index : peg::seq<dot, trivia, legacy_number> {};
struct splat : in_brackets<open_bracket, trivia, star_mark, trivia, close_bracket> {};
struct index : in_brackets<open_bracket, wanted_expression, closed_by<close_bracket>> {};
struct splat_ahead : peg::at<in_brackets<open_bracket, blanks, star_mark, blanks, close_bracket>> {
};
struct postfix
    : peg::seq<
          ahead<peg::sor<dot, open_bracket>>, trivia,
          peg::sor<peg::seq<peg::at<dot, blanks, star_mark>, attr_splat>,
                   peg::seq<peg::at<dot, blanks, peg::digit>, legacy_index>,
                   peg::seq<peg::at<dot>, get_attr>, peg::seq<splat_ahead, splat>, nested<index>>> {
};
struct postfix_chain
    : with<new_chain, peg::seq<primary, peg::star<ask<may_grow>, postfix>,
                               peg::opt<peg::not_at<ask<may_grow>>,
                                        ahead<peg::sor<dot, open_bracket>>, trivia, too_tall>>> {};

// Operators.
struct unary_operator : peg::one<'-', '!'> {};
struct unary_expr : peg::seq<unary_operator, expect<expression_start, unary>> {};
struct unary : peg::sor<peg::seq<peg::at<unary_operator>, nested<unary_expr>>, postfix_chain> {};

struct or_operator : peg::string<'|', '|'> {};
struct and_operator : peg::string<'&', '&'> {};
struct equality_operator : peg::sor<peg::string<'=', '='>, peg::string<'!', '='>> {};
struct comparison_operator
    : peg::sor<peg::string<'<', '='>, peg::string<'>', '='>, peg::one<'<', '>'>> {};
struct sum_operator : peg::one<'+', '-'> {};
struct product_operator : peg::one<'*', '/', '%'> {};
struct binary_operator
    : peg::seq<peg::at<peg::one<'|', '&', '=', '!', '<', '>', '+', '-', '*', '/', '%'>>,
               peg::sor<product_operator, sum_operator, equality_operator, comparison_operator,
                        and_operator, or_operator>> {};

struct operand : peg::seq<unary> {};
struct operation
    : with<new_chain, peg::seq<operand,
                               peg::star<ask<may_grow>, ahead<binary_operator>, trivia,
                                         binary_operator, expect<expression_start, operand>>,
                               peg::opt<peg::not_at<ask<may_grow>>, ahead<binary_operator>, trivia,
                                        too_tall>>> {};

struct conditional : peg::seq<question, wanted_expression,
                              peg::sor<next<colon>, missing<conditional>>, wanted_expression> {};
struct expression : peg::seq<operation, peg::opt<ahead<question>, trivia, nested<conditional>>> {};

// A whole text as one expression.
struct whole_expression : in_lines<Lines::Between, wanted_expression, trivia,
                                   peg::opt<peg::not_at<peg::eof>, junk<Skip::ToCloser>>,
                                   peg::star<junk<Skip::ToCloser>>, peg::eof> {};

}  // namespace space::grammar
