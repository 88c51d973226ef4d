// Templates: quoted strings, heredocs, `${}` and `%{}` in them.
#pragma once

#include "grammar/recovery.h"

namespace space::grammar {

struct expression;
struct expression_start;

// A template is a world of its own: brackets outside of it are none of its business.
template <Flavour F>
class in_template {
 public:
  in_template(Scope& scope, const char* at)
      : scope_(scope),
        flavour_(std::exchange(scope.flavour, F)),
        open_(std::exchange(scope.open, {})),
        directives_(std::exchange(scope.directives, {})),
        opener_(std::exchange(scope.opener, at)) {}
  ~in_template() {
    scope_.flavour = flavour_;
    scope_.open = open_;
    scope_.directives = directives_;
    scope_.opener = opener_;
  }
  in_template(const in_template&) = delete;
  in_template& operator=(const in_template&) = delete;

 private:
  Scope& scope_;
  Flavour flavour_;
  Openers open_;
  Directives directives_;
  const char* opener_;
};

class in_heredoc {
 public:
  in_heredoc(Scope& scope, const char* at)
      : template_(scope, at), scope_(scope), marker_(std::exchange(scope.marker, marker_at(at))) {}
  ~in_heredoc() { scope_.marker = marker_; }
  in_heredoc(const in_heredoc&) = delete;
  in_heredoc& operator=(const in_heredoc&) = delete;

 private:
  static std::string_view marker_at(const char* at) {  // the rule has seen `<<NAME` and a newline
    at += at[2] == '-' ? 3 : 2;
    const char* end = at;
    while (*end != '\n' && *end != '\r') ++end;
    return {at, static_cast<std::size_t>(end - at)};
  }
  in_template<Flavour::Heredoc> template_;
  Scope& scope_;
  std::string_view marker_;
};

template <std::uint32_t Directives::*Kind>
class in_directive {
 public:
  in_directive(Scope& scope, const char* at)
      : scope_(scope), opener_(std::exchange(scope.opener, at)) {
    ++(scope.directives.*Kind);
  }
  ~in_directive() {
    --(scope_.directives.*Kind);
    scope_.opener = opener_;
  }
  in_directive(const in_directive&) = delete;
  in_directive& operator=(const in_directive&) = delete;

 private:
  Scope& scope_;
  const char* opener_;
};

// Does the line at `at`, trimmed, hold the heredoc's end marker and nothing else? It must end with
// a newline, as tofu wants: at the end of the file without one the heredoc is open.
struct at_end_marker {
  static bool ask(const Scope& scope, const char* begin, const char* at, const char* end) {
    if (at == begin || at[-1] != '\n') return false;
    while (at != end && (*at == ' ' || *at == '\t')) ++at;
    const std::string_view rest(at, static_cast<std::size_t>(end - at));
    if (rest.substr(0, scope.marker.size()) != scope.marker) return false;
    at += scope.marker.size();
    while (at != end && (*at == ' ' || *at == '\t' || *at == '\r')) ++at;
    return at != end && *at == '\n';
  }
};

struct open_interpolation : peg::seq<peg::string<'$', '{'>, peg::opt<peg::one<'~'>>> {};
struct open_directive_text : peg::seq<peg::string<'%', '{'>, peg::opt<peg::one<'~'>>> {};
struct open_directive : open_directive_text {};
struct close_sequence : peg::sor<peg::one<'}'>, peg::string<'~', '}'>> {};
struct close_interpolation : close_sequence {};
struct close_directive : close_sequence {};

// `$${` and `%%{` are text; so is a `$` or `%` without a brace.
struct plain_dollar : peg::sor<peg::string<'$', '$', '{'>, peg::string<'%', '%', '{'>,
                               peg::seq<peg::one<'$', '%'>, peg::not_at<peg::one<'{'>>>> {};
struct quoted_run : peg::plus<peg::not_one<'"', '\\', '\n', '\r', '$', '%'>> {};
struct quoted_text : peg::plus<peg::sor<quoted_run, escape, bad_escape, plain_dollar>> {};
struct heredoc_run : peg::plus<peg::not_one<'\n', '$', '%'>> {};
struct heredoc_text : peg::plus<peg::not_at<ask<at_end_marker>>,
                                peg::sor<heredoc_run, peg::one<'\n'>, plain_dollar>> {};
struct bare_text : peg::plus<peg::sor<heredoc_run, peg::one<'\n'>, plain_dollar>> {};
struct string_text : peg::sor<peg::seq<ask<flavour_is<Flavour::Quoted>>, quoted_text>,
                              peg::seq<ask<flavour_is<Flavour::Heredoc>>, heredoc_text>,
                              peg::seq<ask<flavour_is<Flavour::Bare>>, bare_text>> {};

struct interpolation_body
    : with<
          opened<&Openers::braces>,
          peg::seq<open_interpolation, in_lines<Lines::Braces, expect<expression_start, expression>,
                                                closed_by<close_interpolation>>>> {};
struct interpolation : peg::seq<interpolation_body> {};

// Directives.
template <class Keyword>
struct directive_ahead : peg::at<in_lines<Lines::Braces, open_directive, blanks, Keyword>> {};
template <class... Rules>
struct directive
    : with<opened<&Openers::braces>,
           peg::seq<open_directive,
                    in_lines<Lines::Braces, trivia, Rules..., closed_by<close_directive>>>> {};

struct loop_variables
    : peg::seq<expect_token<identifier>, peg::opt<next<comma>, expect_token<identifier>>> {};

struct directive_if : directive<kw_if, expect<expression_start, expression>> {};
struct directive_else : directive<kw_else> {};
struct directive_end_if : directive<kw_endif> {};
struct directive_for
    : directive<kw_for, loop_variables, expect_token<kw_in>, expect<expression_start, expression>> {
};
struct directive_end_for : directive<kw_endfor> {};

struct in_an_if {
  static bool ask(const Scope& s, const char*, const char*, const char*) {
    return s.directives.ifs != 0;
  }
};
struct in_a_for {
  static bool ask(const Scope& s, const char*, const char*, const char*) {
    return s.directives.fors != 0;
  }
};
// What ends the parts of an `if` or a `for` that is open.
struct directive_stop
    : peg::sor<
          peg::seq<ask<in_an_if>, peg::sor<directive_ahead<kw_else>, directive_ahead<kw_endif>>>,
          peg::seq<ask<in_a_for>, directive_ahead<kw_endfor>>> {};

// `%{` with no keyword that belongs here, up to its brace.
struct bad_directive_text : peg::seq<open_directive_text, peg::star<peg::not_one<'}', '\n', '"'>>,
                                     peg::opt<peg::one<'}'>>> {};
struct bad_directive : peg::seq<bad_directive_text> {};

struct template_parts;
struct template_if
    : with<in_directive<&Directives::ifs>,
           peg::seq<directive_if, template_parts,
                    peg::opt<directive_ahead<kw_else>, directive_else, template_parts,
                             peg::star<directive_ahead<kw_else>, bad_directive, template_parts>>,
                    peg::sor<peg::seq<directive_ahead<kw_endif>, directive_end_if>,
                             missing<template_if>>>> {};
struct template_for
    : with<in_directive<&Directives::fors>,
           peg::seq<directive_for, template_parts,
                    peg::sor<peg::seq<directive_ahead<kw_endfor>, directive_end_for>,
                             missing<template_for>>>> {};

struct template_part
    : peg::sor<string_text, peg::seq<peg::at<open_interpolation>, nested<interpolation>>,
               peg::seq<directive_ahead<kw_if>, nested<template_if>>,
               peg::seq<directive_ahead<kw_for>, nested<template_for>>,
               peg::seq<peg::at<open_directive>, peg::not_at<directive_stop>, bad_directive>> {};
struct template_parts : peg::star<template_part> {};

struct open_quote : peg::one<'"'> {};
struct close_quote : peg::one<'"'> {};
struct template_expr
    : with<in_template<Flavour::Quoted>,
           peg::seq<open_quote, template_parts, peg::sor<close_quote, missing<close_quote>>>> {};

struct heredoc_open
    : peg::seq<peg::string<'<', '<'>, peg::opt<peg::one<'-'>>, identifier_text, newline_text> {};
struct heredoc_close : peg::seq<ask<at_end_marker>, peg::star<peg::not_one<'\r', '\n'>>> {};
struct heredoc_expr
    : peg::seq<peg::at<heredoc_open>,
               with<in_heredoc, peg::seq<heredoc_open, template_parts,
                                         peg::sor<heredoc_close, missing<heredoc_close>>>>> {};

// A whole text as a template.
struct bare_template : with<in_template<Flavour::Bare>, peg::seq<template_parts, peg::eof>> {};

}  // namespace space::grammar
