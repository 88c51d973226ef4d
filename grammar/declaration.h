// Arguments, blocks and bodies.
#pragma once

#include "grammar/expression.h"

namespace space::grammar {

struct attribute_ahead : peg::at<identifier_text, blanks, equals> {};
struct attribute : peg::seq<identifier, trivia, equals, wanted_expression> {};

// Labels are literal: no templates.
struct label_run : peg::plus<peg::not_one<'"', '\\', '\n', '\r', '$', '%'>> {};
struct label_template : peg::sor<peg::string<'$', '{'>, peg::string<'%', '{'>> {};
struct label_text
    : peg::star<peg::sor<label_run, escape, bad_escape, plain_dollar, label_template>> {};
struct closed_label : peg::seq<peg::one<'"'>, label_text, peg::one<'"'>> {};
struct unclosed_label : peg::seq<peg::one<'"'>, label_text> {};
struct label_start : peg::sor<peg::one<'"'>, name_start> {};
struct label : peg::sor<closed_label, unclosed_label, identifier> {};

struct body;
struct block_ahead : peg::at<identifier_text, blanks, peg::sor<open_brace, label_start>> {};
struct brace_on_next_line : peg::at<in_lines<Lines::Between, blanks, open_brace>> {};
// A body that is not there.
struct absent_body : peg::seq<missing<open_brace>> {};
struct block_body : peg::sor<peg::seq<ahead<open_brace>, trivia, nested<body>>,
                             peg::seq<brace_on_next_line, missing<brace_on_next_line>,
                                      in_lines<Lines::Between, trivia>, nested<body>>,
                             absent_body> {};
struct block : peg::seq<identifier, peg::star<ahead<label_start>, trivia, label>, block_body> {};

// An item that is neither. A brace at the end of the line opens a body that is part of the junk.
struct stray_brace : peg::one<'}'> {};
struct bad_item
    : peg::sor<stray_brace, peg::seq<item_junk_text, peg::opt<peg::at<open_brace>, nested<body>>>> {
};

struct item
    : peg::sor<peg::seq<attribute_ahead, attribute>, peg::seq<block_ahead, block>, bad_item> {};

// Nothing but a new line may follow an item.
struct after_item_junk_text : rest_of_item {};
struct junk_after_item
    : peg::seq<after_item_junk_text, peg::opt<peg::at<open_brace>, nested<body>>> {};
struct item_end : peg::sor<ahead<line_end>, ask<at_line_start>,
                           peg::seq<ask<inside_braces>, ahead<close_brace>, missing<item_end>>,
                           peg::seq<trivia, junk_after_item>> {};

// Items, each on a line of its own.
struct item_line : peg::seq<in_lines<Lines::End, item, item_end>> {};

struct body_items
    : peg::star<peg::sor<trivium, peg::seq<peg::not_at<peg::sor<close_brace, peg::eof>>,
                                           peg::not_at<ask<indented_out>>, item_line>>> {};

// A block on one line holds one argument and no block.
struct body_on_one_line : not_ahead<peg::sor<line_end, close_brace>> {};
struct inline_block : block {};
struct inline_tail
    : peg::sor<ahead<close_brace>,
               peg::seq<missing<inline_tail>, peg::opt<junk_ahead, trivia, junk<Skip::ToCloser>>>> {
};
struct inline_item : in_lines<Lines::End, trivia,
                              peg::sor<peg::seq<attribute_ahead, attribute>,
                                       peg::seq<block_ahead, inline_block>, bad_item>,
                              inline_tail> {};

struct body_closed
    : peg::sor<peg::seq<peg::not_at<ask<indented_out>>, close_brace>, missing<body>> {};
struct body : in_braces<Lines::Between, open_brace,
                        peg::opt<in_lines<Lines::End, body_on_one_line>, inline_item>, body_items,
                        body_closed> {};

}  // namespace space::grammar
