#include <catch2/catch.hpp>

#include "support.h"

TEST_CASE("literals, names and operators") {
  CHECK(show_expression("1.50") == "1.5");
  CHECK(show_expression("null") == "null");
  CHECK(show_expression("var.a.b") == "(.b (.a var))");
  CHECK(show_expression("a[0][\"k\"]") == "([] ([] a 0) \"k\")");
  CHECK(show_expression("1 + 2 * 3 == 7 && !a") == "(&& (== (+ 1 (* 2 3)) 7) (! a))");
  CHECK(show_expression("-a - -1") == "(- (neg a) (neg 1))");
  CHECK(show_expression("(a ? b : c)") == "(parens (? a b c))");
  CHECK(show_expression("f(a, [1, 2]...)") == "(call f... a (tuple 1 2))");
  CHECK(show_expression("provider::x::f()") == "call provider::x::f");
}

TEST_CASE("a splat takes the steps that follow it") {
  CHECK(show_expression("a[*].b.c") == "([*] a (.c (.b @)))");
  CHECK(show_expression("a[*]") == "([*] a @)");
  CHECK(show_expression("a.x[*].b[0]") == "([*] (.x a) ([] (.b @) 0))");
  CHECK(show_expression("a[*].b[*].c") == "([*] a ([*] (.b @) (.c @)))");
  CHECK(show_expression("(a[*]).b") == "(.b (parens ([*] a @)))");
}

TEST_CASE("objects: bare words are names, also keywords; parentheses compute") {
  CHECK(show_expression("{ a = 1, \"b\" = 2, (c) = 3, null = 4 }") ==
        "(object \"a\" 1 \"b\" 2 (parens c) 3 \"null\" 4)");
  CHECK(show_expression("{ \"x-${a}\" = 1 }") == "(object (template \"x-\" a) 1)");
}

TEST_CASE("for") {
  CHECK(show_expression("[for x in xs : x.a if x.b]") == "(for x if xs (.a x) (.b x))");
  CHECK(show_expression("{for k, v in xs : v => k...}") == "(for-object k,v ... xs v k)");
}

TEST_CASE("strings: escapes and templates") {
  CHECK(show_expression(R"("a\tb\n\"\\\u00e9\U0001F600")") == "\"a\\tb\\n\\\"\\\\é😀\"");
  CHECK(show_expression(R"("$${a} %%{b} $$ % $")") == R"("${a} %{b} $$ % $")");
  CHECK(show_expression(R"("$$${a}")") == R"("$${a}")");
  CHECK(show_expression(R"("${a}")") == "(wrap a)");
  CHECK(show_expression(R"("${a}${b}")") == "(template a b)");
  CHECK(show_expression(R"("")") == "\"\"");
  CHECK(show_expression(R"("x${"y"}z")") == R"((template "x" "y" "z"))");
}

TEST_CASE("trim markers eat the white space beside them") {
  CHECK(show_expression(R"("a  ${~ b ~}  c")") == R"((template "a" b "c"))");
  CHECK(show_expression(R"("a\n ${~ b}")") == R"((template "a" b))");
  CHECK(show_expression(R"("%{ if a ~} x %{~ else ~} y %{~ endif }")") ==
        R"((template (%if a (template "x") (template "y"))))");
  CHECK(show_expression(R"("%{ for k, v in xs }${v},%{ endfor }")") ==
        R"((template (%for k,v xs (template v ","))))");
  CHECK(show_expression(R"("%{ if a }%{ endif }")") == R"((template (%if a template)))");
}

TEST_CASE("heredocs: as they stand, or dedented by the least indented line") {
  CHECK(show_expression("<<EOT\n  a\n b\nEOT") == "\"  a\\n b\\n\"");
  CHECK(show_expression("<<-EOT\n    a\n      b\n\n    c\n    EOT") == "\"a\\n  b\\n\\nc\\n\"");
  CHECK(show_expression("<<-EOT\n    ${a}\n      b\n    EOT") == R"((template "" a "\n  b\n"))");
  CHECK(show_expression("<<-EOT\n  ${a}\n${b}\n  EOT") == R"((template "  " a "\n" b "\n"))");
  CHECK(show_expression("<<EOT\n\\n $${x} \"q\"\nEOT") == R"("\\n ${x} \"q\"\n")");
  // A trim marker eats the rest of its own line; the next line keeps its indentation, which then
  // does not count.
  CHECK(show_expression("<<-EOT\n    %{ if a ~}\n      b\n    %{ endif ~}\n    c\n    EOT") ==
        R"((template "" (%if a (template "      b\n")) "    c\n"))");
}

TEST_CASE("spans point at the text") {
  const Built built = build("locals {\n  x = a.bb[*].c\n}\n");
  const auto& tree = built.program.expressions;
  const auto splat = built.program.locals.at(0).value;
  CHECK(built.sources.text(tree[splat].span) == "a.bb[*].c");
  CHECK(built.sources.text(tree[tree.child(splat, 0)].span) == "a.bb");
  CHECK(built.sources.text(tree[tree.child(splat, 0)].name_span) == "bb");
  const auto item = tree.child(tree.child(splat, 1), 0);
  CHECK(built.sources.text(tree[item].span) == "[*]");
}

TEST_CASE("a syntax error leaves a hole, and the rest stands") {
  const Built built = build("locals {\n  a = 1 +\n  b = [1, 2]\n}\n");
  REQUIRE(built.program.locals.size() == 2);
  CHECK(built.show(built.program.locals[0].value) == "(+ 1 invalid)");
  CHECK(built.show(built.program.locals[1].value) == "(tuple 1 2)");
  CHECK(built.diagnostics.size() == 1);
}
