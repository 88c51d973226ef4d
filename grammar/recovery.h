// Recovery: how parsing goes on after an error, without exceptions and without going back. After a
// commit point a rule never fails: what is wanted and absent is `missing<…>`, what is there and not
// wanted is junk up to a point where the construct can go on (a comma, a closer, the end of the
// line, a line that starts the next item).
#pragma once

#include "grammar/lexical.h"

namespace space::grammar {

// `Rule` after blanks, where `First` says that it begins there; else a mark for `What`.
template <class First, class Rule, class What = Rule>
struct expect : peg::sor<peg::seq<ahead<First>, trivia, Rule>, missing<What>> {};

// `Rule` after blanks, for rules that are their own first.
template <class Rule>
struct next : peg::seq<ahead<Rule>, trivia, Rule> {};
template <class Rule>
struct expect_token : peg::sor<next<Rule>, missing<Rule>> {};

enum class Skip { ToComma, ToCloser, PastPair };

// The bytes up to where the construct can go on; at least one. Brackets inside are skipped in
// pairs, strings and comments whole, so that what stands in them stops nothing. `PastPair` ends
// with the first pair and takes quotes for plain bytes: it skips what nests too deep, templates in
// templates among it.
template <Skip S>
struct skipped {
  using rule_t = consumes_something;
  using subs_t = peg::empty_list;

  static bool quote_stops(const Scope& scope) {
    return scope.flavour == Flavour::Quoted && scope.lines == Lines::Braces;
  }

  static const char* past_string(const char* at, const char* end) {
    for (++at; at != end && *at != '"' && *at != '\n'; ++at) {
      if (*at == '\\' && end - at > 1 && at[1] != '\n') ++at;
    }
    return at != end && *at == '"' ? at + 1 : at;
  }

  static const char* past_comment(const char* at, const char* end) {
    const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    if (found == nullptr) return end;
    const auto* newline = static_cast<const char*>(found);
    return newline[-1] == '\r' ? newline - 1 : newline;
  }

  static const char* find_end(const Scope& scope, const char* at, const char* end) {
    std::size_t level = 0;
    const char* const begin = at;
    while (at != end) {
      const char c = *at;
      if (c == '(' || c == '[' || c == '{') {
        ++level;
      } else if (c == ')' || c == ']' || c == '}') {
        if (level == 0) return at == begin ? at + 1 : at;
        if (--level == 0 && S == Skip::PastPair) return at + 1;
      } else if (c == ',' && level == 0 && S != Skip::ToCloser) {
        return at == begin ? at + 1 : at;
      } else if (c == '\n' || (c == '\r' && end - at > 1 && at[1] == '\n')) {
        if (!scope.newline_passes(at, end) && (level == 0 || scope.lines != Lines::End)) return at;
      } else if (S == Skip::PastPair) {
        // Quotes and comments are plain bytes.
      } else if (c == '"') {
        if (level == 0 && quote_stops(scope)) return at == begin ? at + 1 : at;
        at = past_string(at, end);
        continue;
      } else if (c == '#' || (c == '/' && end - at > 1 && at[1] == '/')) {
        at = past_comment(at, end);
        continue;
      }
      ++at;
    }
    return end;
  }

  template <peg::apply_mode A, peg::rewind_mode M, template <class...> class Action,
            template <class...> class Control, class Input>
  static bool match(Input& in, const Scope& scope) {
    if (in.current() == in.end()) return false;
    const char* const end = find_end(scope, in.current(), in.end());
    if (end == in.current()) return false;
    in.bump(static_cast<std::size_t>(end - in.current()));
    return true;
  }
};

// Up to the end of the line, or to a brace that ends the line (a body follows it then). At least
// one byte.
struct rest_of_item {
  using rule_t = consumes_something;
  using subs_t = peg::empty_list;
  template <class Input>
  static bool match(Input& in) {
    const char* const begin = in.current();
    if (begin == in.end()) return false;
    const auto* newline = static_cast<const char*>(
        std::memchr(begin, '\n', static_cast<std::size_t>(in.end() - begin)));
    const char* end = newline == nullptr ? in.end() : newline;
    while (end != begin && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r')) --end;
    if (newline != nullptr && end - begin > 1 && end[-1] == '{') --end;
    if (end == begin) ++end;
    in.bump(static_cast<std::size_t>(end - begin));
    return true;
  }
};

// A closer that closes nothing that is open, in `(a]`.
struct is_foreign_closer {
  static bool ask(const Scope& scope, const char*, const char* at, const char* end) {
    if (at == end) return false;
    switch (*at) {
      case ')':
        return scope.open.parens == 0;
      case ']':
        return scope.open.brackets == 0;
      case '}':
        return scope.open.braces == 0;
      default:
        return false;
    }
  }
};

// Junk inside brackets. `junk_text` is the leaf, `junk` the node.
template <Skip S>
struct junk_text : skipped<S> {};
template <Skip S>
struct junk : peg::seq<junk_text<S>> {};
struct item_junk_text : rest_of_item {};

// Can junk begin here? Not at the end of the line or file, nor at a closer that an open bracket
// waits for.
struct quote_that_ends {
  static bool ask(const Scope& scope, const char*, const char* at, const char* end) {
    return at != end && *at == '"' && skipped<Skip::ToComma>::quote_stops(scope);
  }
};
struct junk_ahead
    : ahead<peg::not_at<line_end>, peg::sor<peg::not_at<closer>, ask<is_foreign_closer>>,
            peg::not_at<peg::string<'~', '}'>>, peg::not_at<ask<quote_that_ends>>> {};

// `Close` after an optional stretch of junk; without it, a mark that tells where the bracket
// opened.
template <class Close>
struct closed_by : peg::seq<peg::opt<not_ahead<Close>, junk_ahead, trivia, junk<Skip::ToCloser>>,
                            peg::sor<next<Close>, missing<closed_by<Close>>>> {};

// Past the depth limit: what would nest deeper is skipped in one go.
struct deep_text : skipped<Skip::PastPair> {};
struct too_deep : peg::seq<deep_text> {};
struct tall_text : skipped<Skip::ToComma> {};
struct too_tall : peg::seq<tall_text> {};

// `Rule`, one level deeper. For recursive rules, after their first byte has been seen.
template <class Rule>
struct nested : peg::sor<peg::seq<ask<may_nest>, with<one_level_down, Rule>>, too_deep> {};

}  // namespace space::grammar
