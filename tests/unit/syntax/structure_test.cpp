// Files, arguments, blocks, trivia.
#include <catch2/catch.hpp>

#include "compiler/syntax/dump.h"
#include "tests/unit/syntax/support.h"

namespace space::syntax::test {
namespace {

const std::vector<std::string> k_none;

TEST_CASE("an argument") {
  const Parsed parsed = parse_text("name = 1\n");
  CHECK(parsed.faults == k_none);
  CHECK(parsed.tree ==
        "File\n"
        "  Attribute\n"
        "    Identifier \"name\"\n"
        "    Equals \"=\"\n"
        "    LiteralExpr\n"
        "      Number \"1\"\n");
}

TEST_CASE("a block with labels of both sorts, and one in it on one line") {
  const Parsed parsed =
      parse_text("stage \"000\" bare {\n  output \"x\" { type = string }\n  empty {}\n}\n");
  CHECK(parsed.faults == k_none);
  CHECK(parsed.tree ==
        "File\n"
        "  Block\n"
        "    Identifier \"stage\"\n"
        "    QuotedLabel \"\\\"000\\\"\"\n"
        "    Identifier \"bare\"\n"
        "    Body\n"
        "      OpenBrace \"{\"\n"
        "      Block\n"
        "        Identifier \"output\"\n"
        "        QuotedLabel \"\\\"x\\\"\"\n"
        "        Body\n"
        "          OpenBrace \"{\"\n"
        "          Attribute\n"
        "            Identifier \"type\"\n"
        "            Equals \"=\"\n"
        "            VariableExpr\n"
        "              Identifier \"string\"\n"
        "          CloseBrace \"}\"\n"
        "      Block\n"
        "        Identifier \"empty\"\n"
        "        Body\n"
        "          OpenBrace \"{\"\n"
        "          CloseBrace \"}\"\n"
        "      CloseBrace \"}\"\n");
}

TEST_CASE("every sort of trivia is a leaf") {
  source::SourceSet sources;
  const auto file =
      sources.add("t.space", "\xEF\xBB\xBF# a\n// b\r\n/// c\n//// d\n/* e\n */ \t\nx = 1 # f");
  diagnostics::CollectingSink sink;
  const SyntaxTree tree = parse(sources, file, Dialect::Space, sink);
  CHECK(sink.all().empty());
  CHECK(dump(tree, Trivia::Show) ==
        "File\n"
        "  Whitespace \"\xEF\xBB\xBF\"\n"
        "  LineComment \"# a\"\n"
        "  Newline \"\\n\"\n"
        "  LineComment \"// b\"\n"
        "  Newline \"\\r\\n\"\n"
        "  DocComment \"/// c\"\n"
        "  Newline \"\\n\"\n"
        "  LineComment \"//// d\"\n"
        "  Newline \"\\n\"\n"
        "  BlockComment \"/* e\\n */\"\n"
        "  Whitespace \" \\t\"\n"
        "  Newline \"\\n\"\n"
        "  Attribute\n"
        "    Identifier \"x\"\n"
        "    Whitespace \" \"\n"
        "    Equals \"=\"\n"
        "    Whitespace \" \"\n"
        "    LiteralExpr\n"
        "      Number \"1\"\n"
        "  Whitespace \" \"\n"
        "  LineComment \"# f\"\n");
}

TEST_CASE("the accessors step over trivia, or not") {
  source::SourceSet sources;
  const auto file = sources.add("t.space", "a = b + 2 # c\nd \"e\" {\n}\n");
  diagnostics::CollectingSink sink;
  const SyntaxTree tree = parse(sources, file, Dialect::Space, sink);
  const Node root = tree.root();
  REQUIRE(root.is(SyntaxKind::File));
  REQUIRE(root.children().size() == 2);
  const Node attribute = root.first_child();
  CHECK(attribute.text() == "a = b + 2");
  CHECK(attribute.child(SyntaxKind::Identifier).text() == "a");
  CHECK_FALSE(attribute.child(SyntaxKind::Body));
  const Node sum = attribute.expression();
  CHECK(sum.is(SyntaxKind::BinaryExpr));
  CHECK(sum.expression(0).text() == "b");
  CHECK(sum.expression(1).text() == "2");
  CHECK_FALSE(sum.expression(2));
  CHECK(sum.span() == source::Span{file, 4, 9});
  CHECK(attribute.all_next_sibling(root).is(SyntaxKind::Whitespace));
  const Node block = attribute.next_sibling(root);
  CHECK(block.is(SyntaxKind::Block));
  CHECK_FALSE(block.next_sibling(root));
  CHECK(block.child(SyntaxKind::QuotedLabel).text() == "\"e\"");
  CHECK(block.child(SyntaxKind::Body).all_first_child().is(SyntaxKind::OpenBrace));
}

TEST_CASE("names of kinds and their classes") {
  CHECK(name_of(SyntaxKind::File) == "File");
  CHECK(name_of(SyntaxKind::BlockComment) == "BlockComment");
  CHECK(is_trivia(SyntaxKind::DocComment));
  CHECK_FALSE(is_trivia(SyntaxKind::Missing));
  CHECK(is_expression(SyntaxKind::ParenExpr));
  CHECK_FALSE(is_expression(SyntaxKind::ForIntro));
}

TEST_CASE("an empty file, and one of blanks") {
  CHECK(parse_text("").tree == "File\n");
  CHECK(parse_text("\n \n# x\n").tree == "File\n");
  CHECK(parse_text("\n \n# x\n").well_formed);
}

TEST_CASE("names may hold dashes and letters past ASCII") {
  const Parsed parsed = parse_text("für-each_2 = x-y\n");
  CHECK(parsed.faults == k_none);
  CHECK(parsed.tree.find("Identifier \"für-each_2\"") != std::string::npos);
  CHECK(parsed.tree.find("Identifier \"x-y\"") != std::string::npos);
}

TEST_CASE("comments between anything") {
  CHECK(
      parse_text("a /* 1 */ \"b\" /* 2 */ { # 3\n}\nc /* 4 */ = /* 5 */ 1 /* 6 */ # 7\n").faults ==
      k_none);
}

TEST_CASE("a whole text as one expression: the root is the expression, blanks and all") {
  const Parsed parsed = parse_text("  # note\n 1 +\n 2 \n", Entry::Expression);
  CHECK(parsed.faults == k_none);
  CHECK(parsed.well_formed);
  CHECK(parsed.tree ==
        "BinaryExpr\n"
        "  LiteralExpr\n"
        "    Number \"1\"\n"
        "  Operator \"+\"\n"
        "  LiteralExpr\n"
        "    Number \"2\"\n");
  const Parsed rest = parse_text("1 2", Entry::Expression);
  CHECK(rest.faults == std::vector<std::string>{"SPC0002 1:3 `2` is not expected here"});
  CHECK(rest.well_formed);
  const Parsed empty = parse_text("", Entry::Expression);
  CHECK(empty.faults == std::vector<std::string>{"SPC0001 1:1 expected an expression"});
  CHECK(empty.tree == "Junk\n  Missing\n");
}

}  // namespace
}  // namespace space::syntax::test
