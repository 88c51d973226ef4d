// format(): what `tofu fmt` prints. Every expectation was printed by tofu 1.12.6, but for those
// under "differs"; tests/gates/fmt_vs_tofu.py compares the two on random files.
#include "compiler/format/format.h"

#include <catch2/catch.hpp>

#include "compiler/format/labels.h"
#include "compiler/syntax/parse.h"
#include "core/diagnostics/sink.h"

namespace space::format {
namespace {

std::string formatted(std::string_view text) {
  source::SourceSet sources;
  const auto file = sources.add("test.space", std::string(text));
  diagnostics::CollectingSink sink;
  return format(syntax::parse(sources, file, syntax::Dialect::Tofu, sink));
}

// Formats to `wanted`, and that stays as it is.
void check(std::string_view text, std::string_view wanted) {
  CHECK(formatted(text) == wanted);
  CHECK(formatted(wanted) == wanted);
}

TEST_CASE("indentation follows the brackets of each line") {
  check("a {\nb {\nc = [\n1,\n2,\n]\n}\n}\n",
        "a {\n  b {\n    c = [\n      1,\n      2,\n    ]\n  }\n}\n");
  check("      a = 1\n", "a = 1\n");
  // Brackets that open together indent once.
  check("a = f({\nb = 1\n})\n", "a = f({\n  b = 1\n})\n");
  check("a = [{\nb = 1\n}, {\nc = 2\n}]\n", "a = [{\n  b = 1\n  }, {\n  c = 2\n}]\n");
  check("a = [[\n1\n]\n]\n", "a = [[\n  1\n  ]\n]\n");
  check("a {\n\n\n   # c\n\t\tb = 1\n}\n", "a {\n\n\n  # c\n  b = 1\n}\n");
}

TEST_CASE("spaces between tokens") {
  check("a=1+2*-3 - -b/ c%d\n", "a = 1 + 2 * -3 - -b / c % d\n");
  check("a = ! b && ! ( c )||d!=e\n", "a = !b && !(c) || d != e\n");
  check("a = f ( 1,2 , 3 ... )\n", "a = f(1, 2, 3...)\n");
  check("a = [ 1,2 ,3, ]\n", "a = [1, 2, 3, ]\n");
  check("a = {b=1,c:2}\n", "a = { b = 1, c : 2 }\n");
  check("a = { }\nb = {}\n", "a = {}\nb = {}\n");
  check("a = b . c [ 0 ] [*] . d\n", "a = b.c[0][*].d\n");
  check("a = b?c:d\n", "a = b ? c : d\n");
  check("a = [for x in[y]:x if z]\n", "a = [for x in [y] : x if z]\n");
  check("a = {for k,v in m:k=>v...}\n", "a = { for k, v in m : k => v... }\n");
  check("a = provider::x::f ( )\n", "a = provider::x::f()\n");
  check("a   {   b   =   1   }\n", "a { b = 1 }\n");
  check("a   {   }\n", "a {}\n");
}

TEST_CASE("templates: nothing between text, nothing next to the marks") {
  check("a = \"x${ b }y${  c}${d  }\"\n", "a = \"x${b}y${c}${d}\"\n");
  check("a = \"%{ if b ~}x%{ else }y%{~ endif }\"\n", "a = \"%{if b~}x%{else}y%{~endif}\"\n");
  check("a = \"x${{b=1}}\"\n", "a = \"x${ { b = 1 } }\"\n");
  check("a = <<-E\n      x ${ b }\n  E\nb=1\n", "a = <<-E\n      x ${b}\n  E\nb = 1\n");
  check("a {\nb = <<E\nx\nE\n}\n", "a {\n  b = <<E\nx\nE\n}\n");
}

TEST_CASE("`=` of neighbouring lines stand under one another") {
  check("a = 1\nbbb = 2\ncc = 3\n", "a   = 1\nbbb = 2\ncc  = 3\n");
  check("a = 1\n\nbbb = 2\n", "a = 1\n\nbbb = 2\n");
  check("a = 1\n# c\nbbb = 2\n", "a = 1\n# c\nbbb = 2\n");
  check("a = 1\nbbb = [\n1\n]\ncc = 3\n", "a = 1\nbbb = [\n  1\n]\ncc = 3\n");
  check("a = {\nb = 1\nccc = 2\n}\n", "a = {\n  b   = 1\n  ccc = 2\n}\n");
  check("é = 1\nb\xCC\x88 = 2\nccc = 3\n", "é   = 1\nb\xCC\x88   = 2\nccc = 3\n");
}

TEST_CASE("comments at the ends of neighbouring lines stand under one another") {
  check("a = 1 # x\nbbb = 22 // y\n", "a   = 1  # x\nbbb = 22 // y\n");
  check("a { # x\nb = 1 # y\n} # z\n", "a {     # x\n  b = 1 # y\n}       # z\n");
  check("a = 1 # x\n# own\nbbb = 22 # y\n", "a = 1 # x\n# own\nbbb = 22 # y\n");
  check("a = 1 /* x */\nbbb = 2 /* y */\n", "a   = 1 /* x */\nbbb = 2 /* y */\n");
  check("a = 1 # x", "a = 1 # x");
}

TEST_CASE("labels are quoted") {
  check("a b \"c\" {\n}\n", "a \"b\" \"c\" {\n}\n");
  CHECK(canonical_label("b") == "\"b\"");
  CHECK(canonical_label("\"\\u00e9\"") == "\"é\"");
  CHECK(canonical_label("\"\\u0007\\n\\\"\"") == "\"\\u0007\\n\\\"\"");
  CHECK(canonical_label("\"\xC2\xA0\"") == "\"\\u00a0\"");
  CHECK(canonical_label("\"a$${b\"") == "\"a$${b\"");
}

TEST_CASE("a template around one expression goes") {
  check("a = \"${b}\"\n", "a = b\n");
  check("a = \"${~ b.c[0] ~}\"\n", "a = b.c[0]\n");
  check("a = \"${f(\"${b}\")}\"\n", "a = f(\"${b}\")\n");
  check("a = \"${\n b ?\n c : d\n}\"\n", "a = (b ?\nc : d)\n");
  check("a = \"${b}${c}\"\n", "a = \"${b}${c}\"\n");
  check("a = \"${b} \"\n", "a = \"${b} \"\n");
  check("a = [\"${b}\"]\n", "a = [\"${b}\"]\n");
}

TEST_CASE("old types of top-level variables go") {
  check("variable \"a\" {\ntype = \"string\"\n}\n", "variable \"a\" {\n  type = string\n}\n");
  check("variable \"a\" {\ntype = \"list\"\n}\n", "variable \"a\" {\n  type = list(string)\n}\n");
  check("variable \"a\" {\ntype = map\n}\n", "variable \"a\" {\n  type = map(any)\n}\n");
  check("variable \"a\" {\ntype = number\n}\n", "variable \"a\" {\n  type = number\n}\n");
  check("x {\nvariable \"a\" {\ntype = map\n}\n}\n",
        "x {\n  variable \"a\" {\n    type = map\n  }\n}\n");
}

TEST_CASE("line ends, byte order marks and blanks at the end") {
  check("a=1\r\nbb=2 # c\r\n", "a  = 1\r\nbb = 2 # c\r\n");
  check(
      "\xEF\xBB\xBF"
      "a = 1\n",
      "a = 1\n");
  check("a = 1\n  ", "a = 1\n  ");
  check("a = 1", "a = 1");
  check("", "");
  check("\n\n", "\n\n");
}

TEST_CASE("a file with errors stays as it is") {
  CHECK(formatted("a   =   \nb=1\n") == "a   =   \nb=1\n");
  CHECK(formatted("a  {\n") == "a  {\n");
}

TEST_CASE("differs: what tofu loses, we keep") {
  check("a /* x */ b \"c\" /* y */ {\n}\n", "a \"b\" \"c\" /* x */ /* y */ {\n}\n");
  check("a \"b$c\" {\n}\n", "a \"b$c\" {\n}\n");
  check("a = 1 .5\n", "a = 1 .5\n");
  check("a = b[ true /* c */ ]\n", "a = b[true /* c */]\n");
  check("a = \"${b # c\n + d}\"\n", "a = \"${b # c\n+ d}\"\n");
  check("a = \"${\"${b}\"}\"\n", "a = b\n");
}

}  // namespace
}  // namespace space::format
