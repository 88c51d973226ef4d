// Building blocks that every grammar file uses: looking past blanks, changing the Scope, asking it.
// Each struct is a PEGTL rule. A rule that the parser reports on or makes a node of is a named
// struct, so that it can be told apart.
#pragma once

#include <utility>

#include <tao/pegtl.hpp>

#include "grammar/scope.h"

namespace space::grammar {

namespace peg = tao::pegtl;

// For analyze<>: what a rule written by hand promises.
struct consumes_something {};
struct consumes_nothing {};
template <class... Rules>
struct wraps {};

// Zero width: `What` was wanted here and is not. The parser leaves a mark and a diagnostic; parsing
// goes on.
template <class What>
struct missing : peg::success {};

// Blanks as the scope sees them, without making trivia of them: for looking ahead.
struct blanks {
  using rule_t = consumes_nothing;
  using subs_t = peg::empty_list;
  template <peg::apply_mode A, peg::rewind_mode M, template <class...> class Action,
            template <class...> class Control, class Input>
  static bool match(Input& in, Scope& scope) {
    const char* const after = scope.after_blanks(in.current(), in.end());
    in.bump(static_cast<std::size_t>(after - in.current()));
    return true;
  }
};

template <class... Rules>
struct ahead : peg::at<blanks, Rules...> {};

template <class... Rules>
struct not_ahead : peg::not_at<blanks, Rules...> {};

// A question to the scope: Question::ask(scope, begin, current, end).
template <class Question>
struct ask {
  using rule_t = consumes_nothing;
  using subs_t = peg::empty_list;
  template <peg::apply_mode A, peg::rewind_mode M, template <class...> class Action,
            template <class...> class Control, class Input>
  static bool match(Input& in, const Scope& scope) {
    return Question::ask(scope, in.begin(), in.current(), in.end());
  }
};

struct may_nest {
  static bool ask(const Scope& s, const char*, const char*, const char*) {
    return s.depth < s.max_depth;
  }
};
struct may_grow {
  static bool ask(const Scope& s, const char*, const char*, const char*) { return !s.tall; }
};
struct newline_is_blank {
  static bool ask(const Scope& s, const char*, const char* at, const char* end) {
    return s.newline_passes(at, end);
  }
};
struct inside_braces {
  static bool ask(const Scope& s, const char*, const char*, const char*) {
    return s.open.braces != 0;
  }
};
struct indented_out {
  static bool ask(const Scope& s, const char* begin, const char* at, const char* end) {
    return s.outside_by_indent(begin, at, end);
  }
};
// The line so far holds nothing but spaces.
struct at_line_start {
  static bool ask(const Scope&, const char* begin, const char* at, const char*) {
    while (at != begin && (at[-1] == ' ' || at[-1] == '\t')) --at;
    return at == begin || at[-1] == '\n';
  }
};
template <Flavour F>
struct flavour_is {
  static bool ask(const Scope& s, const char*, const char*, const char*) { return s.flavour == F; }
};

// Change::Change(scope, current) changes the scope for as long as `Rule` is matched.
template <class Change, class Rule>
struct with {
  using rule_t = wraps<Rule>;
  using subs_t = peg::type_list<Rule>;
  template <peg::apply_mode A, peg::rewind_mode M, template <class...> class Action,
            template <class...> class Control, class Input, class State>
  static bool match(Input& in, State& state) {
    Change change(state, in.current());
    return Control<Rule>::template match<A, M, Action, Control>(in, state);
  }
};

template <Lines L>
class lines_are {
 public:
  lines_are(Scope& scope, const char*) : scope_(scope), saved_(std::exchange(scope.lines, L)) {}
  ~lines_are() { scope_.lines = saved_; }
  lines_are(const lines_are&) = delete;
  lines_are& operator=(const lines_are&) = delete;

 private:
  Scope& scope_;
  Lines saved_;
};

class one_level_down {
 public:
  one_level_down(Scope& scope, const char*) : scope_(scope) { ++scope_.depth; }
  ~one_level_down() { --scope_.depth; }
  one_level_down(const one_level_down&) = delete;
  one_level_down& operator=(const one_level_down&) = delete;

 private:
  Scope& scope_;
};

template <std::uint32_t Openers::*Kind>
class opened {
 public:
  opened(Scope& scope, const char* at) : scope_(scope), saved_(std::exchange(scope.opener, at)) {
    ++(scope_.open.*Kind);
  }
  ~opened() {
    --(scope_.open.*Kind);
    scope_.opener = saved_;
  }
  opened(const opened&) = delete;
  opened& operator=(const opened&) = delete;

 private:
  Scope& scope_;
  const char* saved_;
};

// Each chain of operators or postfixes is measured on its own; the one around it measures itself
// again.
class new_chain {
 public:
  new_chain(Scope& scope, const char*) : scope_(scope), saved_(std::exchange(scope.tall, false)) {}
  ~new_chain() { scope_.tall = saved_; }
  new_chain(const new_chain&) = delete;
  new_chain& operator=(const new_chain&) = delete;

 private:
  Scope& scope_;
  bool saved_;
};

template <Lines L, class... Rules>
struct in_lines : with<lines_are<L>, peg::seq<Rules...>> {};

template <class... Rules>
struct in_parens : with<opened<&Openers::parens>, in_lines<Lines::Brackets, Rules...>> {};
template <class... Rules>
struct in_brackets : with<opened<&Openers::brackets>, in_lines<Lines::Brackets, Rules...>> {};
template <Lines L, class... Rules>
struct in_braces : with<opened<&Openers::braces>, in_lines<L, Rules...>> {};

}  // namespace space::grammar
