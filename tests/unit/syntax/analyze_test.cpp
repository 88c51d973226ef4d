// PEGTL's own check of the grammar: no rule can loop without taking bytes. The rules written by
// hand promise what they take; the promises are stated here.
#include <catch2/catch.hpp>
#include <tao/pegtl/contrib/analyze.hpp>

#include "grammar/file.h"

namespace tao::pegtl {

template <class Name>
struct analyze_traits<Name, ::space::grammar::consumes_something> : analyze_any_traits<> {};
template <class Name>
struct analyze_traits<Name, ::space::grammar::consumes_nothing> : analyze_opt_traits<> {};
template <class Name, class Rule>
struct analyze_traits<Name, ::space::grammar::wraps<Rule>> : analyze_seq_traits<Rule> {};

}  // namespace tao::pegtl

namespace {

TEST_CASE("no rule of the grammar loops without progress") {
  CHECK(tao::pegtl::analyze<space::grammar::file>(1) == 0);
  CHECK(tao::pegtl::analyze<space::grammar::whole_expression>(1) == 0);
  CHECK(tao::pegtl::analyze<space::grammar::bare_template>(1) == 0);
}

struct stuck : tao::pegtl::star<tao::pegtl::opt<tao::pegtl::any>> {};

TEST_CASE("the check finds a rule that does") { CHECK(tao::pegtl::analyze<stuck>(-1) != 0); }

}  // namespace
