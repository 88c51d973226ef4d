// Recovery: each rule that leaves a mark or skips, by its name in grammar/; what it says, and that
// what follows is whole. Every text ends with `end = 1`, which must come out as an argument of the
// file.
#include <catch2/catch.hpp>

#include "tests/unit/syntax/support.h"

namespace space::syntax::test {
namespace {

using Lines = std::vector<std::string>;

struct Case {
  std::string rule;
  std::string text;
  Lines faults;
};

const std::string k_end =
    "  Attribute\n    Identifier \"end\"\n    Equals \"=\"\n    LiteralExpr\n      Number \"1\"\n";

void check(const Case& c) {
  const Parsed parsed = parse_text(c.text + "end = 1\n");
  INFO(c.rule << "\n" << c.text << parsed.tree);
  CHECK(parsed.faults == c.faults);
  CHECK(parsed.well_formed);
  CHECK(parsed.leaves == parsed.text);
  CHECK(parsed.tree.ends_with(k_end));
  CHECK((parsed.tree.find("Missing") != std::string::npos ||
         parsed.tree.find("Junk") != std::string::npos));
}

TEST_CASE("missing: the mark stands where the text was wanted") {
  const Case cases[] = {
      {"missing<expression>", "a =\n", {"SPC0001 1:4 expected an expression after `=`"}},
      {"missing<expression> in parentheses",
       "a = ()\n",
       {"SPC0001 1:6 expected an expression after `(`"}},
      {"missing<expression> in an index",
       "a = b[]\n",
       {"SPC0001 1:7 expected an expression after `[`"}},
      {"missing<operand>", "a = 1 + * 2\n", {"SPC0001 1:8 expected an expression after `+`"}},
      {"missing<unary>", "a = !\n", {"SPC0001 1:6 expected an expression after `!`"}},
      {"missing<identifier>", "a = b.\n", {"SPC0001 1:7 expected a name after `.`"}},
      {"missing<call_parens>",
       "a = b::c\n",
       {"SPC0001 1:9 expected `(` after the function's name"}},
      {"missing<comma>",
       "a = [1 2]\nb = f(1 2)\n",
       {"SPC0001 1:7 expected `,` before the next item",
        "SPC0001 2:8 expected `,` before the next item"}},
      {"missing<object_item>",
       "a = { b = 1 c = 2 }\n",
       {"SPC0001 1:12 expected `,` or a new line before the next item"}},
      {"missing<object_separator>", "a = { b }\n", {"SPC0001 1:8 expected `=` after the key"}},
      {"missing<conditional>",
       "a = b ? 1\n",
       {"SPC0001 1:10 expected `:` and a value for the other case"}},
      {"missing<kw_in>",
       "a = [for x y : x]\n",
       {"SPC0001 1:11 expected `in` after the names of the `for`"}},
      {"missing<colon>",
       "a = [for x in y x]\n",
       {"SPC0001 1:16 expected `:` after the collection of the `for`"}},
      {"missing<arrow>", "a = { for x in y : x }\n", {"SPC0001 1:21 expected `=>` after the key"}},
      {"missing<open_brace>", "a \"b\"\n", {"SPC0001 1:6 expected `{` after `\"b\"`"}},
      {"missing<brace_on_next_line>",
       "a \"b\"\n{\n  c = 1\n}\n",
       {"SPC0001 1:6 expected `{` on the same line"}},
      {"missing<item_end>", "a {\n  b = 1 }\n", {"SPC0001 2:8 expected a new line before `}`"}},
      {"missing<inline_tail>",
       "a { b = 1, c = 2 }\n",
       {"SPC0016 1:10 a block on one line may hold one argument and no block"}},
      {"missing<inline_tail> at the line's end",
       "a { b = 1\n}\n",
       {"SPC0016 1:10 a block on one line may hold one argument and no block"}},
  };
  for (const Case& c : cases) check(c);
}

TEST_CASE("missing: what is open is reported where it opened") {
  const Case cases[] = {
      {"missing<closed_by<close_paren>>",
       "a = (1 +\n  2\n",
       {"SPC0003 1:5 this `(` is never closed"}},
      {"missing<closed_by<close_paren>> of a call",
       "a = f(1,\n",
       {"SPC0003 1:6 this `(` is never closed"}},
      {"missing<closed_by<close_bracket>>",
       "a = [\n  1,\n",
       {"SPC0003 1:5 this `[` is never closed"}},
      {"missing<closed_by<close_brace>>",
       "a = {\n  b = 1\nc \"d\" {\n}\n",
       {"SPC0003 1:5 this `{` is never closed"}},
      {"missing<closed_by<close_interpolation>>",
       "a = \"${b\"\n",
       {"SPC0003 1:6 this `${` is never closed"}},
      {"missing<closed_by<close_interpolation>> at the line's end",
       "a = \"${b\n",
       {"SPC0003 1:6 this `${` is never closed"}},
      {"missing<closed_by<close_directive>>",
       "a = \"%{ if b\"\n",
       {"SPC0003 1:6 this `%{` is never closed"}},
      {"missing<close_quote>", "a = \"b\n", {"SPC0004 1:5 this string is never closed"}},
      {"missing<template_if>",
       "a = \"%{ if b }c\"\n",
       {"SPC0015 1:6 this `%{ if }` is never ended"}},
      {"missing<template_for>",
       "a = \"%{ for b in c }d\"\n",
       {"SPC0015 1:6 this `%{ for }` is never ended"}},
  };
  for (const Case& c : cases) check(c);
}

TEST_CASE("a bracket that is not closed swallows no item") {
  const std::string items[] = {"b = 1\n", "b \"c\" {\n}\n", "b {\n}\n"};
  for (const std::string open : {"(", "[", "f(", "x[", "\"${", "(1, [2, (3", "[for x in y :"}) {
    for (const std::string& item : items) {
      const Parsed parsed = parse_text("a = " + open + "1\n" + item + "end = 1\n");
      INFO(parsed.text << parsed.tree);
      CHECK(parsed.faults.size() == 1);
      CHECK(parsed.tree.find("\n  " + std::string(item[2] == '=' ? "Attribute" : "Block") +
                             "\n    Identifier \"b\"") != std::string::npos);
      CHECK(parsed.tree.ends_with(k_end));
      CHECK(parsed.well_formed);
    }
  }
  // In a body, its closing brace is safe too.
  const Parsed parsed = parse_text("a {\n  b = [1, 2\n}\nend = 1\n");
  CHECK(parsed.faults == Lines{"SPC0003 2:7 this `[` is never closed"});
  CHECK(parsed.related == Lines{"2:12 expected `]` here at the latest"});
  CHECK(parsed.tree.ends_with(k_end));
}

TEST_CASE("missing<body>: the indentation tells which brace") {
  const Parsed parsed = parse_text(
      "mission \"a\" {\n"
      "  stage \"000\" {\n"
      "    procedure \"p\" {\n"
      "      source = \"x\"\n"
      "  }\n"
      "}\n"
      "end = 1\n");
  CHECK(parsed.faults == Lines{"SPC0003 3:19 this `{` is never closed"});
  CHECK(parsed.related == Lines{"5:3 expected `}` here at the latest"});
  CHECK(parsed.tree.ends_with(k_end));
  CHECK(parsed.well_formed);

  const Parsed object = parse_text("a {\n  b = {\n    c = 1\n  d = 2\n}\nend = 1\n");
  CHECK(object.faults == Lines{"SPC0003 2:7 this `{` is never closed"});
  CHECK(object.tree.find("\n      Attribute\n        Identifier \"d\"") != std::string::npos);
  CHECK(object.tree.ends_with(k_end));

  const Parsed last = parse_text("a {\n  b = 1\n");
  CHECK(last.faults == Lines{"SPC0003 1:3 this `{` is never closed"});
  // What balances is never judged by its indentation.
  CHECK(parse_text("a {\nb {\n}\n  }\n    c = {\nd = 1\n}\n").faults == Lines{});
}

TEST_CASE("junk: what does not belong is skipped, up to where the construct goes on") {
  const Case cases[] = {
      {"bad_item", "@foo\n", {"SPC0013 1:1 `@` is reserved"}},
      {"bad_item: a lone name", "foo\n", {"SPC0001 1:1 expected `=` or `{` after `foo`"}},
      {"bad_item: another separator", "foo: 1\n", {"SPC0001 1:1 expected `=` or `{` after `foo`"}},
      {"bad_item: quoted name", "\"foo\" = 1\n", {"SPC0002 1:1 `\"foo\"` is not expected here"}},
      {"bad_item: with a body",
       "1foo \"bar\" {\n  a = 1\n}\n",
       {"SPC0002 1:1 `1foo` is not expected here"}},
      {"stray_brace", "}\n", {"SPC0002 1:1 `}` is not expected here"}},
      {"junk_after_item", "a = 1, b = 2\n", {"SPC0002 1:6 `,` is not expected here"}},
      {"junk_after_item: after a block",
       "a {\n} b = 2\n",
       {"SPC0002 2:3 `b` is not expected here"}},
      {"junk in a list",
       "a = [1, @, (2, 3]\n",
       {"SPC0013 1:9 `@` is reserved", "SPC0002 1:14 `,` is not expected here"}},
      {"junk in a list: commas", "a = [,]\n", {"SPC0002 1:6 `,` is not expected here"}},
      {"junk in a call: after the ellipsis",
       "a = f(b..., c)\n",
       {"SPC0002 1:11 `,` is not expected here"}},
      {"junk in an object", "a = { = 1, b = 2 }\n", {"SPC0002 1:7 `=` is not expected here"}},
      {"junk before a closer", "a = (1 2)\n", {"SPC0002 1:8 `2` is not expected here"}},
      {"junk: a closer of another sort", "a = (1]\n", {"SPC0002 1:7 `]` is not expected here"}},
      {"junk in an interpolation", "a = \"${b c}\"\n", {"SPC0002 1:10 `c` is not expected here"}},
      {"bad_directive: no such",
       "a = \"%{ foo }\"\n",
       {"SPC0015 1:6 this `%{ foo }` is no directive that templates know"}},
      {"bad_directive: nothing to end",
       "a = \"%{ endif }\"\n",
       {"SPC0015 1:6 this `%{ endif }` has no `%{ if … }` to end"}},
      {"bad_directive: two else",
       "a = \"%{ if b }%{ else }%{ else }%{ endif }\"\n",
       {"SPC0015 1:24 this `%{ else }` has no `%{ if … }` before it"}},
      {"bad_directive: a wrong end",
       "a = \"%{ for b in c }%{ endif }%{ endfor }\"\n",
       {"SPC0015 1:21 this `%{ endif }` has no `%{ if … }` to end"}},
  };
  for (const Case& c : cases) check(c);
}

TEST_CASE("faults that leave no mark: the token is there, and wrong") {
  CHECK(parse_text("a = 0x1F + 1e\n").faults ==
        Lines{"SPC0008 1:5 `0x1F` is not a number", "SPC0008 1:12 `1e` is not a number"});
  CHECK(parse_text("a = \"\\q\\u12\"\n").faults ==
        Lines{"SPC0007 1:6 `\\q` is no escape that strings know"});
  CHECK(parse_text("a \"${b}\" {\n}\n").faults == Lines{"SPC0002 1:4 `${` is not expected here"});
  CHECK(parse_text("a \"b {\n}\nc = 1\n").faults.front() ==
        "SPC0004 1:3 this string is never closed");
  CHECK(parse_text("a { b { c = 1 } }\n").faults ==
        Lines{"SPC0016 1:5 a block on one line may hold one argument and no block"});
  CHECK(parse_text("a = 1 /* b\nc = 2\n").faults ==
        Lines{"SPC0006 1:7 this comment is never closed"});
  CHECK(parse_text("a = <<EOT\nb ${c}\n").faults ==
        Lines{"SPC0005 1:5 this heredoc never meets its end marker `EOT`"});
  CHECK(parse_text("a = <<EOT\nEOT").faults ==
        Lines{"SPC0005 1:5 this heredoc never meets its end marker `EOT`"});
  CHECK(parse_text("a = \"\xFF\"\n").faults ==
        Lines{"SPC0010 1:6 the file is not UTF-8: byte 5 is invalid"});
  CHECK(parse_text(std::string_view("a = 1\0\n", 7)).faults ==
        Lines{"SPC0011 1:6 the file holds a NUL byte"});
}

TEST_CASE("names hold letters") {
  CHECK(parse_text("a\u00A0= 1\n").faults == Lines{"SPC0002 1:2 `\u00A0` is not expected here"});
  CHECK(parse_text("a = b\u2192c\n").faults == Lines{"SPC0002 1:6 `\u2192` is not expected here"});
  CHECK(parse_text("\u03B1\u0301 = \u65E5\u672C::\u8A9E()\n").faults == Lines{});
}

TEST_CASE("one cause, one report") {
  CHECK(parse_text("a = ((((((\nb = 1\n").faults ==
        Lines{"SPC0001 1:11 expected an expression after `(`"});
  CHECK(parse_text("a = b ?\n").faults == Lines{"SPC0001 1:8 expected an expression after `?`"});
  CHECK(parse_text("a \"b\"\n  c = 1\n}\nd = 1\n").faults ==
        Lines{"SPC0001 1:6 expected `{` after `\"b\"`"});
  CHECK(parse_text("a = @ @ @ @\n").faults.size() == 1);
}

TEST_CASE("many faults in one run, each on its own") {
  const Parsed parsed = parse_text(
      "a = [1 2]\n"
      "b {\n"
      "  c = (1\n"
      "  d = \"x\n"
      "  e\n"
      "}\n"
      "f = { g = }\n"
      "h = 1x\n"
      "end = 1\n");
  CHECK(parsed.faults ==
        Lines{"SPC0001 1:7 expected `,` before the next item",
              "SPC0003 3:7 this `(` is never closed", "SPC0004 4:7 this string is never closed",
              "SPC0001 5:3 expected `=` or `{` after `e`",
              "SPC0001 7:10 expected an expression after `=`", "SPC0008 8:5 `1x` is not a number"});
  CHECK(parsed.tree.ends_with(k_end));
}

TEST_CASE("advice for what people bring along from elsewhere") {
  const auto help = [](std::string_view text) {
    const Parsed parsed = parse_text(text);
    return parsed.helps.empty() ? std::string() : parsed.helps.front();
  };
  CHECK(help("a = 'b'\n") == "strings are written with double quotes");
  CHECK(help("a = b & c\n") == "the operator is written `&&`");
  CHECK(help("a = b | c\n") == "the operator is written `||`");
  CHECK(help("a = 1;\n") == "arguments end with their line; leave the `;` out");
  CHECK(help("a = ${b}\n") ==
        "`${…}` belongs inside double quotes; outside of them write the expression alone");
  CHECK(help("a = f(b..., c)\n") == "`...` ends the arguments: `)` comes next");
  CHECK(help("a = \u201Cb\u201D\n") == "strings are written with plain double quotes, `\"`");
  CHECK(help("foo: 1\n") == "an argument is written `foo = value`, a block `foo {`");
}

}  // namespace
}  // namespace space::syntax::test
