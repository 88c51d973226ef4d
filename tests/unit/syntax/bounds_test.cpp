// Input that is made to hurt: the tree stays low, the parser returns, nothing is lost.
#include <catch2/catch.hpp>

#include "compiler/syntax/tree_builder.h"
#include "tests/unit/syntax/support.h"

namespace space::syntax::test {
namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  while (times-- > 0) out += text;
  return out;
}

// Chains may be 1,000 high, and each bracket around them adds a few.
constexpr std::size_t k_highest = TreeBuilder::k_max_height + 4 * k_max_depth;

void check_bounded(const std::string& text, std::string_view fault) {
  const Parsed parsed = parse_text(text);
  INFO(text.substr(0, 40));
  CHECK(parsed.height < k_highest);
  CHECK(parsed.well_formed);
  CHECK(parsed.leaves == parsed.text);
  REQUIRE_FALSE(parsed.faults.empty());
  CHECK(parsed.faults.front().find(fault) != std::string::npos);
}

TEST_CASE("nesting past the limit is SPC0009, however it nests") {
  constexpr std::string_view k_deep = "this nests deeper than 256 levels";
  for (const std::string open : {"[", "(", "{a=", "f(", "a[", "\"${", "{for x in y : z => ",
                                 "[for x in ", "!", "-", "a ? b : ", "a ? "}) {
    check_bounded("a = " + repeat(open, 20000) + "\n", k_deep);
  }
  check_bounded("a = " + repeat("[", 100000) + repeat("]", 100000) + "\n", k_deep);
  check_bounded(repeat("a {\n", 100000) + repeat("}\n", 100000), k_deep);
  check_bounded(repeat("a {\n", 100000), k_deep);
  check_bounded("a = \"" + repeat("%{ if x }", 20000) + repeat("%{ endif }", 20000) + "\"\n",
                k_deep);
  check_bounded("a = " + repeat("\"${", 20000) + "x" + repeat("}\"", 20000) + "\n", k_deep);
}

TEST_CASE("what follows the deep part is whole") {
  const Parsed parsed =
      parse_text("a = " + repeat("(", 5000) + "1" + repeat(")", 5000) + "\nb = 2x\n");
  REQUIRE(parsed.faults.size() == 2);
  CHECK(parsed.faults[1] == "SPC0008 2:5 `2x` is not a number");
}

TEST_CASE("256 levels are fine") {
  const std::size_t levels = k_max_depth;
  CHECK(parse_text("a = " + repeat("(", levels) + "1" + repeat(")", levels) + "\n").faults.empty());
  CHECK(parse_text("a = " + repeat("!", levels) + "x\n").faults.empty());
}

TEST_CASE("chains past the limit are SPC0009") {
  constexpr std::string_view k_long = "this nests deeper than 1000 levels";
  check_bounded("a = a" + repeat(" + a", 20000) + "\n", k_long);
  check_bounded("a = a" + repeat(" + a * b - c", 20000) + "\n", k_long);
  check_bounded("a = a" + repeat(".b", 20000) + "\n", k_long);
  check_bounded("a = a" + repeat("[0]", 20000) + "\n", k_long);
  check_bounded("a = " + repeat("(", 200) + "a" + repeat(repeat(" + a", 900) + ")", 200) + "\n",
                k_long);
  CHECK(parse_text("a = a" + repeat(" + a", 900) + "\n").faults.empty());
  CHECK(parse_text("a = a" + repeat(".b", 900) + "\n").faults.empty());
  const Parsed list = parse_text("a = [a" + repeat(" + a", 5000) + ", 1x]\n");
  REQUIRE(list.faults.size() == 1);  // quiet up to the next line
}

TEST_CASE("long inputs are read in one go") {
  for (const std::string& text :
       {"a = \"" + repeat("x", 1000000) + "\"\n", repeat("x", 1000000), repeat("{", 1000000),
        repeat("\"", 1000000), "a = [" + repeat("1, ", 300000) + "]\n",
        "a = [" + repeat("1 ", 300000) + "]\n", repeat("}\n", 300000),
        "a = \"" + repeat("${a}", 200000) + "\"\n", repeat("a = (\n", 200000),
        repeat("a = <<A\n", 100000), "a = [\n" + repeat("\nb", 300000),
        "a = " + repeat("(", 250) + repeat("/* x */ \n# y\n", 50000), "a {" + repeat(" ", 1000000),
        "a = <<A\n" + repeat(" \n", 300000), "a {\n" + repeat("b {\n}\n", 100000)}) {
    const Parsed parsed = parse_text(text);
    CHECK(parsed.well_formed);
    CHECK(parsed.leaves == parsed.text);
  }
}

TEST_CASE("faults are bounded") { CHECK(parse_text(repeat("@\n", 5000)).faults.size() == 200); }

}  // namespace
}  // namespace space::syntax::test
