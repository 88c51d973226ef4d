// Expressions: the shape of each kind.
#include <catch2/catch.hpp>

#include "tests/unit/syntax/support.h"

namespace space::syntax::test {
namespace {

TEST_CASE("literals and names") {
  CHECK(value_of("42") == "LiteralExpr\n  Number \"42\"\n");
  CHECK(value_of("1.5e-3") == "LiteralExpr\n  Number \"1.5e-3\"\n");
  CHECK(value_of("true") == "LiteralExpr\n  True \"true\"\n");
  CHECK(value_of("false") == "LiteralExpr\n  False \"false\"\n");
  CHECK(value_of("null") == "LiteralExpr\n  Null \"null\"\n");
  CHECK(value_of("nullable") == "VariableExpr\n  Identifier \"nullable\"\n");
  CHECK(value_of("for") == "VariableExpr\n  Identifier \"for\"\n");
}

TEST_CASE("operators bind as in HCL, to the left") {
  CHECK(value_of("a || b && c == d < e + f * g") ==
        "BinaryExpr\n"
        "  VariableExpr\n    Identifier \"a\"\n"
        "  Operator \"||\"\n"
        "  BinaryExpr\n"
        "    VariableExpr\n      Identifier \"b\"\n"
        "    Operator \"&&\"\n"
        "    BinaryExpr\n"
        "      VariableExpr\n        Identifier \"c\"\n"
        "      Operator \"==\"\n"
        "      BinaryExpr\n"
        "        VariableExpr\n          Identifier \"d\"\n"
        "        Operator \"<\"\n"
        "        BinaryExpr\n"
        "          VariableExpr\n            Identifier \"e\"\n"
        "          Operator \"+\"\n"
        "          BinaryExpr\n"
        "            VariableExpr\n              Identifier \"f\"\n"
        "            Operator \"*\"\n"
        "            VariableExpr\n              Identifier \"g\"\n");
  CHECK(value_of("1 * 2 - 3 % 4 >= 5") ==
        "BinaryExpr\n"
        "  BinaryExpr\n"
        "    BinaryExpr\n"
        "      LiteralExpr\n        Number \"1\"\n"
        "      Operator \"*\"\n"
        "      LiteralExpr\n        Number \"2\"\n"
        "    Operator \"-\"\n"
        "    BinaryExpr\n"
        "      LiteralExpr\n        Number \"3\"\n"
        "      Operator \"%\"\n"
        "      LiteralExpr\n        Number \"4\"\n"
        "  Operator \">=\"\n"
        "  LiteralExpr\n    Number \"5\"\n");
  CHECK(value_of("1 - 2 - 3") ==
        "BinaryExpr\n"
        "  BinaryExpr\n"
        "    LiteralExpr\n      Number \"1\"\n"
        "    Operator \"-\"\n"
        "    LiteralExpr\n      Number \"2\"\n"
        "  Operator \"-\"\n"
        "  LiteralExpr\n    Number \"3\"\n");
}

TEST_CASE("a unary operator binds looser than postfixes and tighter than operators") {
  CHECK(value_of("!-a.b != 1") ==
        "BinaryExpr\n"
        "  UnaryExpr\n"
        "    Operator \"!\"\n"
        "    UnaryExpr\n"
        "      Operator \"-\"\n"
        "      GetAttrExpr\n"
        "        VariableExpr\n          Identifier \"a\"\n"
        "        Dot \".\"\n"
        "        Identifier \"b\"\n"
        "  Operator \"!=\"\n"
        "  LiteralExpr\n    Number \"1\"\n");
}

TEST_CASE("conditions nest to the right") {
  CHECK(value_of("a ? 1 : b ? 2 : 3") ==
        "ConditionalExpr\n"
        "  VariableExpr\n    Identifier \"a\"\n"
        "  Question \"?\"\n"
        "  LiteralExpr\n    Number \"1\"\n"
        "  Colon \":\"\n"
        "  ConditionalExpr\n"
        "    VariableExpr\n      Identifier \"b\"\n"
        "    Question \"?\"\n"
        "    LiteralExpr\n      Number \"2\"\n"
        "    Colon \":\"\n"
        "    LiteralExpr\n      Number \"3\"\n");
}

TEST_CASE("postfixes wrap what stands before them") {
  CHECK(value_of("a[0][*].b[\"k\"]") ==
        "IndexExpr\n"
        "  GetAttrExpr\n"
        "    SplatExpr\n"
        "      IndexExpr\n"
        "        VariableExpr\n          Identifier \"a\"\n"
        "        OpenBracket \"[\"\n"
        "        LiteralExpr\n          Number \"0\"\n"
        "        CloseBracket \"]\"\n"
        "      OpenBracket \"[\"\n"
        "      Star \"*\"\n"
        "      CloseBracket \"]\"\n"
        "    Dot \".\"\n"
        "    Identifier \"b\"\n"
        "  OpenBracket \"[\"\n"
        "  TemplateExpr\n"
        "    OpenQuote \"\\\"\"\n"
        "    StringText \"k\"\n"
        "    CloseQuote \"\\\"\"\n"
        "  CloseBracket \"]\"\n");
}

TEST_CASE("legacy postfixes: fine in tofu files, an error in .space files") {
  const Parsed tofu = parse_text("x = a.0.*.b\n", Entry::TofuFile);
  CHECK(tofu.faults.empty());
  CHECK(tofu.tree.substr(tofu.tree.find("GetAttrExpr")) ==
        "GetAttrExpr\n"
        "      AttrSplatExpr\n"
        "        LegacyIndexExpr\n"
        "          VariableExpr\n"
        "            Identifier \"a\"\n"
        "          Dot \".\"\n"
        "          Number \"0\"\n"
        "        Dot \".\"\n"
        "        Star \"*\"\n"
        "      Dot \".\"\n"
        "      Identifier \"b\"\n");
  const Parsed space = parse_text("x = a.0.*.b\n");
  CHECK(space.faults == std::vector<std::string>{
                            "SPC0012 1:6 `.0` is legacy syntax that `.space` files do not take",
                            "SPC0012 1:8 `.*` is legacy syntax that `.space` files do not take"});
  CHECK(space.helps == std::vector<std::string>{"write `[0]`", "write `[*]`"});
  CHECK(space.tree == tofu.tree);
}

TEST_CASE("calls") {
  CHECK(value_of("provider::x::f(1, b...)") ==
        "CallExpr\n"
        "  FunctionName \"provider::x::f\"\n"
        "  OpenParen \"(\"\n"
        "  LiteralExpr\n    Number \"1\"\n"
        "  Comma \",\"\n"
        "  VariableExpr\n    Identifier \"b\"\n"
        "  Ellipsis \"...\"\n"
        "  CloseParen \")\"\n");
  CHECK(value_of("f(\n  1, # one\n  2,\n)") ==
        "CallExpr\n"
        "  FunctionName \"f\"\n"
        "  OpenParen \"(\"\n"
        "  LiteralExpr\n    Number \"1\"\n"
        "  Comma \",\"\n"
        "  LiteralExpr\n    Number \"2\"\n"
        "  Comma \",\"\n"
        "  CloseParen \")\"\n");
  CHECK(value_of("true (1)").substr(0, 33) == "CallExpr\n  FunctionName \"true\"\n  ");
}

TEST_CASE("tuples and objects") {
  CHECK(value_of("[]") == "TupleExpr\n  OpenBracket \"[\"\n  CloseBracket \"]\"\n");
  CHECK(value_of("[1,\n[2],]") ==
        "TupleExpr\n"
        "  OpenBracket \"[\"\n"
        "  LiteralExpr\n    Number \"1\"\n"
        "  Comma \",\"\n"
        "  TupleExpr\n"
        "    OpenBracket \"[\"\n"
        "    LiteralExpr\n      Number \"2\"\n"
        "    CloseBracket \"]\"\n"
        "  Comma \",\"\n"
        "  CloseBracket \"]\"\n");
  CHECK(value_of("{\n  a = 1\n  \"b\" : 2,\n  (c) = 3, }") ==
        "ObjectExpr\n"
        "  OpenBrace \"{\"\n"
        "  ObjectItem\n"
        "    VariableExpr\n      Identifier \"a\"\n"
        "    Equals \"=\"\n"
        "    LiteralExpr\n      Number \"1\"\n"
        "  ObjectItem\n"
        "    TemplateExpr\n      OpenQuote \"\\\"\"\n      StringText \"b\"\n      CloseQuote "
        "\"\\\"\"\n"
        "    Colon \":\"\n"
        "    LiteralExpr\n      Number \"2\"\n"
        "  Comma \",\"\n"
        "  ObjectItem\n"
        "    ParenExpr\n"
        "      OpenParen \"(\"\n"
        "      VariableExpr\n        Identifier \"c\"\n"
        "      CloseParen \")\"\n"
        "    Equals \"=\"\n"
        "    LiteralExpr\n      Number \"3\"\n"
        "  Comma \",\"\n"
        "  CloseBrace \"}\"\n");
}

TEST_CASE("`for` makes a tuple or an object") {
  CHECK(value_of("[for x in y : x if x]") ==
        "ForTupleExpr\n"
        "  OpenBracket \"[\"\n"
        "  ForIntro\n"
        "    For \"for\"\n"
        "    Identifier \"x\"\n"
        "    In \"in\"\n"
        "    VariableExpr\n      Identifier \"y\"\n"
        "    Colon \":\"\n"
        "  VariableExpr\n    Identifier \"x\"\n"
        "  ForCondition\n"
        "    If \"if\"\n"
        "    VariableExpr\n      Identifier \"x\"\n"
        "  CloseBracket \"]\"\n");
  CHECK(value_of("{\n  for k, v in y :\n  k => v...\n  if true\n}") ==
        "ForObjectExpr\n"
        "  OpenBrace \"{\"\n"
        "  ForIntro\n"
        "    For \"for\"\n"
        "    Identifier \"k\"\n"
        "    Comma \",\"\n"
        "    Identifier \"v\"\n"
        "    In \"in\"\n"
        "    VariableExpr\n      Identifier \"y\"\n"
        "    Colon \":\"\n"
        "  VariableExpr\n    Identifier \"k\"\n"
        "  Arrow \"=>\"\n"
        "  VariableExpr\n    Identifier \"v\"\n"
        "  Ellipsis \"...\"\n"
        "  ForCondition\n"
        "    If \"if\"\n"
        "    LiteralExpr\n      True \"true\"\n"
        "  CloseBrace \"}\"\n");
}

TEST_CASE("newlines mean nothing in brackets, and end an argument outside") {
  CHECK(value_of("(\n1\n+\n2\n)").substr(0, 10) == "ParenExpr\n");
  CHECK(value_of("a\n") == "VariableExpr\n  Identifier \"a\"\n");
  CHECK(value_of("[\n  a\n  .b,\n]").find("GetAttrExpr") != std::string::npos);
  CHECK(parse_text("x = 1\n+ 2\n").faults ==
        std::vector<std::string>{"SPC0002 2:1 `+` is not expected here"});
  // A line of a `for` that looks like the start of a block is none.
  CHECK(value_of("[for x\nin { a = 1 } : x\nif { a = x } != null]").substr(0, 13) ==
        "ForTupleExpr\n");
}

}  // namespace
}  // namespace space::syntax::test
