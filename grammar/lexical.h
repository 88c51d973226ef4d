// Lexical rules: trivia, names, numbers, punctuation. Every byte that one of these matches becomes
// a leaf.
#pragma once

#include <cstring>

#include "grammar/rule.h"

namespace space::grammar {

// Up to the end of the line, without its newline.
struct rest_of_line {
  using rule_t = consumes_nothing;
  using subs_t = peg::empty_list;
  template <class Input>
  static bool match(Input& in) {
    const char* const begin = in.current();
    const auto size = static_cast<std::size_t>(in.end() - begin);
    const auto* newline = static_cast<const char*>(std::memchr(begin, '\n', size));
    const char* end = newline == nullptr ? in.end() : newline;
    if (newline != nullptr && end != begin && end[-1] == '\r') --end;
    in.bump(static_cast<std::size_t>(end - begin));
    return true;
  }
};

// Trivia.
struct byte_order_mark : peg::string<'\xEF', '\xBB', '\xBF'> {};
struct whitespace : peg::plus<peg::one<' ', '\t'>> {};
struct newline_text : peg::sor<peg::one<'\n'>, peg::string<'\r', '\n'>> {};
struct newline : newline_text {};
struct doc_comment
    : peg::seq<peg::string<'/', '/', '/'>, peg::not_at<peg::one<'/'>>, rest_of_line> {};
struct line_comment : peg::seq<peg::sor<peg::one<'#'>, peg::string<'/', '/'>>, rest_of_line> {};
struct comment_open : peg::string<'/', '*'> {};
struct closed_comment : peg::seq<comment_open, peg::until<peg::string<'*', '/'>>> {};
struct unclosed_comment : peg::seq<comment_open, peg::star<peg::any>> {
};  // always to the end of the file
struct comment : peg::sor<doc_comment, line_comment, closed_comment, unclosed_comment> {};
struct passing_newline : peg::seq<peg::at<newline>, ask<newline_is_blank>, newline> {};
// The guard spares most places the comparison with every way a comment may begin.
struct trivium_start : peg::one<' ', '\t', '\n', '\r', '#', '/'> {};
struct trivium
    : peg::seq<peg::at<trivium_start>, peg::sor<whitespace, passing_newline,
                                                peg::seq<peg::at<peg::one<'#', '/'>>, comment>>> {};
struct trivia : peg::star<trivium> {};

// Names. Bytes past ASCII are letters here, as identifiers may be any in tofu; who wants less
// checks the name.
struct name_start : peg::ranges<'a', 'z', 'A', 'Z', '\x80', '\xFF', '_'> {};
struct name_rest : peg::ranges<'a', 'z', 'A', 'Z', '0', '9', '\x80', '\xFF', '_', '_', '-'> {};
struct identifier_text : peg::seq<name_start, peg::star<name_rest>> {};
struct identifier : identifier_text {};

template <char... Letters>
struct keyword : peg::seq<peg::string<Letters...>, peg::not_at<name_rest>> {};
struct kw_true : keyword<'t', 'r', 'u', 'e'> {};
struct kw_false : keyword<'f', 'a', 'l', 's', 'e'> {};
struct kw_null : keyword<'n', 'u', 'l', 'l'> {};
struct kw_for : keyword<'f', 'o', 'r'> {};
struct kw_in : keyword<'i', 'n'> {};
struct kw_if : keyword<'i', 'f'> {};
struct kw_else : keyword<'e', 'l', 's', 'e'> {};
struct kw_endif : keyword<'e', 'n', 'd', 'i', 'f'> {};
struct kw_endfor : keyword<'e', 'n', 'd', 'f', 'o', 'r'> {};

// Numbers: 1, 1.5, 1e-3. `1x`, `0x1f`, `1e`, `1.2.3` are bad ones, taken whole.
struct fraction : peg::seq<peg::one<'.'>, peg::plus<peg::digit>> {};
struct exponent
    : peg::seq<peg::one<'e', 'E'>, peg::opt<peg::one<'+', '-'>>, peg::plus<peg::digit>> {};
struct number_end : peg::not_at<peg::sor<name_start, peg::seq<peg::one<'.'>, peg::digit>>> {};
struct number
    : peg::seq<peg::plus<peg::digit>, peg::opt<fraction>, peg::opt<exponent>, number_end> {};
struct bad_number
    : peg::seq<peg::digit,
               peg::star<peg::sor<peg::digit, name_start, peg::seq<peg::one<'.'>, peg::digit>>>> {};
struct legacy_number : peg::plus<peg::digit> {};  // after a dot: a.0

// Punctuation.
struct open_brace : peg::one<'{'> {};
struct close_brace : peg::one<'}'> {};
struct open_bracket : peg::one<'['> {};
struct close_bracket : peg::one<']'> {};
struct open_paren : peg::one<'('> {};
struct close_paren : peg::one<')'> {};
struct ellipsis : peg::string<'.', '.', '.'> {};
struct dot : peg::seq<peg::one<'.'>, peg::not_at<peg::string<'.', '.'>>> {};
struct comma : peg::one<','> {};
struct colon : peg::one<':'> {};
struct question : peg::one<'?'> {};
struct star_mark : peg::one<'*'> {};
struct arrow : peg::string<'=', '>'> {};
struct equals : peg::seq<peg::one<'='>, peg::not_at<peg::one<'=', '>'>>> {};

struct line_end : peg::sor<newline, peg::eof> {};
struct closer : peg::one<')', ']', '}'> {};

// Escapes of quoted text. Half of a surrogate pair is no character, nor is what lies past U+10FFFF.
struct point4
    : peg::sor<peg::seq<peg::one<'d', 'D'>, peg::range<'0', '7'>, peg::rep<2, peg::xdigit>>,
               peg::seq<peg::not_at<peg::one<'d', 'D'>>, peg::rep<4, peg::xdigit>>> {};
struct point8 : peg::sor<peg::seq<peg::string<'0', '0', '0', '0'>, point4>,
                         peg::seq<peg::string<'0', '0', '1', '0'>, peg::rep<4, peg::xdigit>>,
                         peg::seq<peg::string<'0', '0', '0'>, peg::not_at<peg::one<'0'>>,
                                  peg::rep<5, peg::xdigit>>> {};
struct escape
    : peg::seq<peg::one<'\\'>,
               peg::sor<peg::one<'n', 'r', 't', '"', '\\'>, peg::seq<peg::one<'u'>, point4>,
                        peg::seq<peg::one<'U'>, point8>>> {};
struct continuation : peg::range<'\x80', '\xBF'> {};
struct bad_escape : peg::seq<peg::one<'\\'>, peg::not_one<'\n', '\r'>, peg::star<continuation>> {};

}  // namespace space::grammar
