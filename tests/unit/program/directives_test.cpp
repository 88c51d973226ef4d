#include <catch2/catch.hpp>

#include "support.h"

namespace {
using Lines = std::vector<std::string>;
const std::string k_help = " | write `# spacec:allow SPC4102 reason=\"why this is fine here\"`";
}  // namespace

TEST_CASE("an allow covers the item that follows it") {
  const Built built = build(
      "# spacec:allow SPC6001 reason=\"first\"\nlocals {\n  // spacec:allow SPC6002 reason = \"say "
      "\\\"why\\\"\"\n  # a remark\n  a = {\n"
      "    # spacec:allow SPC6003 reason=\"deep\"\n    k = 1\n  }\n}\n");
  CHECK(built.diagnostics.empty());
  const auto& allows = built.program.allows;
  REQUIRE(allows.size() == 3);
  CHECK(allows[0].code == "SPC6001");
  CHECK(built.sources.text(allows[0].scope).substr(0, 8) == "locals {");
  CHECK(allows[1].reason == "say \"why\"");
  CHECK(built.sources.text(allows[1].scope).substr(0, 5) == "a = {");
  CHECK(built.sources.text(allows[2].scope) == "k = 1");
  CHECK(built.sources.text(allows[2].span) == "# spacec:allow SPC6003 reason=\"deep\"");
}

TEST_CASE("a malformed directive is an error") {
  CHECK(build("# spacec:allow SPC6001\nlocals {}\n").diagnostics ==
        Lines{"a.space:1:1 SPC1022 `spacec:allow` needs a reason" + k_help});
  CHECK(build("# spacec:allow SPC6001 reason=\" \"\nlocals {}\n").diagnostics ==
        Lines{"a.space:1:1 SPC1022 `spacec:allow` needs a reason" + k_help});
  CHECK(
      build("# spacec:allow unused reason=\"x\"\nlocals {}\n").diagnostics ==
      Lines{"a.space:1:1 SPC1022 `spacec:allow` takes a code such as `SPC4102`, and not `unused`" +
            k_help});
  CHECK(build("# spacec:allow\nlocals {}\n").diagnostics ==
        Lines{"a.space:1:1 SPC1022 `spacec:allow` names no diagnostic" + k_help});
  CHECK(build("# spacec:deny SPC6001 reason=\"x\"\nlocals {}\n").diagnostics ==
        Lines{"a.space:1:1 SPC1022 `spacec:allow` is the only directive there is, and this is "
              "`spacec:deny`" +
              k_help});
  CHECK(build("locals {}\n# spacec:allow SPC6001 reason=\"x\"\n").diagnostics ==
        Lines{"a.space:2:1 SPC1022 `spacec:allow` stands before nothing | it silences a code for "
              "the item that follows it"});
  CHECK(build("# about spacec:allow in general\nlocals {}\n").diagnostics.empty());
}
