#include <catch2/catch.hpp>

#include "support.h"

namespace {
using Lines = std::vector<std::string>;

std::string in_mission(const std::string& inside) {
  return "mission \"m\" {\n  spaces = [space.s]\n" + inside + "}\n";
}
}  // namespace

TEST_CASE("unknown arguments and blocks say what would work") {
  CHECK(
      build("space \"s\" {\n  remote = remote.r\n  regoin = \"a\"\n}\n").diagnostics ==
      Lines{"a.space:3:3 SPC1002 block `space` has no argument `regoin` | did you mean `region`?"});
  CHECK(build(in_mission("  procedures = 1\n")).diagnostics ==
        Lines{"a.space:3:3 SPC1002 block `mission` has no argument `procedures` | `mission` takes "
              "`spaces`, "
              "`environments`, `for_each`, `foundation` and `after`"});
  CHECK(build(in_mission("  procedure \"x\" {}\n")).diagnostics ==
        Lines{"a.space:3:3 SPC1001 there is no block `procedure` in `mission` | `procedure` stands "
              "in a `stage`"});
  CHECK(build("misson \"m\" {}\n").diagnostics ==
        Lines{"a.space:1:1 SPC1001 there is no block `misson` at the top of a file | did you mean "
              "`mission`?"});
  CHECK(build("resource \"a\" \"b\" {}\n").diagnostics ==
        Lines{"a.space:1:1 SPC1001 there is no block `resource` at the top of a file | tofu's own "
              "blocks stand in a "
              "`procedure`"});
  CHECK(build(in_mission("  stage \"000\" {\n    procedure \"p\" {\n      resourse \"a\" \"b\" "
                         "{}\n    }\n  }\n"))
            .diagnostics == Lines{"a.space:5:7 SPC1001 there is no block `resourse` in `procedure` "
                                  "| did you mean `resource`?"});
  CHECK(
      build("values \"m\" {\n  block {}\n}\n").diagnostics ==
      Lines{
          "a.space:2:3 SPC1001 there is no block `block` in `values` | `values` takes no blocks"});
}

TEST_CASE("an argument is no block, and a block no argument") {
  CHECK(build("space \"s\" {\n  region = \"a\"\n  remote {}\n}\n").diagnostics ==
        Lines{"a.space:3:3 SPC1021 `remote` is an argument, not a block | write `remote = …`"});
  CHECK(build(in_mission("  stage = 1\n")).diagnostics ==
        Lines{"a.space:3:3 SPC1021 `stage` is a block, not an argument | write `stage { … }`"});
  CHECK(build("a = 1\n").diagnostics ==
        Lines{"a.space:1:1 SPC1021 `a` is an argument, not a block | a name for a static value "
              "goes into `locals { a = … }`"});
}

TEST_CASE("missing and doubled arguments") {
  CHECK(build("space \"s\" {}\n").diagnostics ==
        Lines{"a.space:1:1 SPC1003 space `s` has no `remote` | a region is named as the provider "
              "names it, `fsn1` say; each resource of the space is made there"});
  CHECK(build("provider \"a\" {\n  source = \"x/a\"\n  source = \"x/b\"\n  version = \"1\"\n}\n")
            .diagnostics == Lines{"a.space:3:3 SPC1004 `source` is set twice"});
  CHECK(build("values \"m\" {\n  a = 1\n  a = 2\n}\n").diagnostics ==
        Lines{"a.space:3:3 SPC1004 `a` is set twice"});
  CHECK(build("space \"s\" {\n  remote = remote.r\n  region = \"r\"\n  provider \"p\" {\n    b = "
              "1\n    a = 1\n    b = 2\n  }\n}\n")
            .diagnostics == Lines{"a.space:7:5 SPC1004 `b` is set twice"});
}

TEST_CASE("many arguments are looked up, not scanned") {
  std::string text = "values \"m\" {\n";
  for (int i = 0; i < 60; ++i) text += "  v" + std::to_string(i) + " = 1\n";
  CHECK(build(text + "  v3 = 2\n  v59 = 2\n}\n").diagnostics ==
        Lines{"a.space:62:3 SPC1004 `v3` is set twice", "a.space:63:3 SPC1004 `v59` is set twice"});
}

TEST_CASE("labels") {
  CHECK(build("space {\n  remote = remote.r\n  region = \"r\"\n}\n").diagnostics ==
        Lines{"a.space:1:1 SPC1005 block `space` takes one label, its name, and has none"});
  CHECK(build("remote \"s3\" {}\n").diagnostics ==
        Lines{"a.space:1:1 SPC1005 block `remote` takes two labels, its type and its name, and has "
              "one"});
  CHECK(build("locals \"x\" {}\n").diagnostics ==
        Lines{"a.space:1:9 SPC1005 block `locals` takes no label, and has one"});
  CHECK(build("type a \"b\" {}\n").diagnostics ==
        Lines{"a.space:1:9 SPC1005 block `type` takes one label, its name, and has two"});
}

TEST_CASE("nothing is missing where something did not parse") {
  const Built built = build("space \"s\" {\n  remote = remote.r\n  region \"r\"\n}\n");
  REQUIRE(built.diagnostics.size() == 1);
  CHECK(built.diagnostics[0].find("SPC0") != std::string::npos);
  const Built open = build({{"a.space", "project \"p\" {\n  edition = 2026\n"}});
  REQUIRE(open.diagnostics.size() == 1);
  CHECK(open.diagnostics[0].find("SPC0") != std::string::npos);
}

TEST_CASE("a block whose brace is missing is one error") {
  for (const char* text :
       {"mission \"m {\n  spaces = []\n}\n", "mission \"m\" spaces = []\n", "mission \"m\"\n",
        "locals {\n  a = 1\n}\nmission \"m\"\n  spaces = []\n}\n"}) {
    const Built built = build(text);
    INFO(text);
    REQUIRE(built.diagnostics.size() == 1);
    CHECK(built.diagnostics[0].find("SPC0") != std::string::npos);
    REQUIRE(built.program.missions.size() == 1);
    CHECK(built.program.missions[0].name.text == "m");
  }
}

TEST_CASE("one project, and one only") {
  CHECK(build({{"a.space", "locals {}\n"}}).diagnostics ==
        Lines{"- SPC1009 there is no `project` block | one block `project \"NAME\" { edition = "
              "2026 … }` pins the "
              "edition, the contract and tofu's version"});
  CHECK(
      build(
          "project \"q\" {\n  edition  = 2026\n  contract = \"1.0\"\n  tofu     = \"1.12.6\"\n}\n")
          .diagnostics ==
      Lines{"project.space:1:1 SPC1009 there is more than one `project` block"});
}

TEST_CASE("stages have three digits, and stand once") {
  CHECK(build(in_mission("  stage \"1\" {}\n")).diagnostics ==
        Lines{"a.space:3:10 SPC3042 `1` is no stage: a stage is three digits | stages run in the "
              "order of their labels: "
              "`000`, `010`, `020`; gaps leave room for later"});
  const Built twice =
      build(in_mission("  stage \"000\" {\n    procedure \"a\" {}\n  }\n  stage \"000\" {\n    "
                       "procedure \"b\" {}\n  }\n"));
  CHECK(twice.diagnostics == Lines{"a.space:6:10 SPC1007 stage `000` is declared twice | put all "
                                   "procedures of a stage into one block"});
  REQUIRE(twice.program.missions.at(0).stages.size() == 1);
  CHECK(twice.program.missions[0].stages[0].procedures.size() == 2);
}

TEST_CASE("an interface of the standard library carries its prefix") {
  const std::string text =
      "interface \"server\" {\n  input \"amount\" {\n    type = number\n  }\n  output "
      "\"addresses\" {\n    type = list(ip)\n  }\n"
      "  implementation \"hcloud\" {\n    source = \"./hcloud\"\n  }\n}\n";
  const Built ours = build(text);
  CHECK(ours.diagnostics.empty());
  CHECK(ours.program.interfaces.at(0).name.text == "server");
  CHECK(ours.program.interfaces[0].inputs.at(0).name.text == "amount");
  CHECK(ours.program.interfaces[0].outputs.at(0).name.text == "addresses");
  CHECK(ours.show(ours.program.interfaces[0].implementations.at(0).source) == "\"./hcloud\"");
  const Built library = build({{"std/server/server.space", text}});
  CHECK(library.program.interfaces.at(0).name.text == "std/server");
}

TEST_CASE("bodies stand as they are") {
  const Built built = build(in_mission(
      "  stage \"000\" {\n    procedure \"p\" {\n      for_each = toset([\"a\"])\n      resource "
      "\"t\" \"x\" {\n        b = 1\n        a = 2\n"
      "        dynamic \"rule\" {\n          for_each = a\n          content {}\n        }\n      "
      "}\n      output \"o\" "
      "{\n        type  = string\n        value = t.x.b\n      }\n    }\n  }\n"));
  CHECK(built.diagnostics.empty());
  const auto& procedure = built.program.missions.at(0).stages.at(0).procedures.at(0);
  CHECK(built.show(procedure.for_each) == "(call toset (tuple \"a\"))");
  REQUIRE(procedure.body.size() == 1);
  CHECK(procedure.body[0].labels.at(1).text == "x");
  CHECK(procedure.body[0].body.attributes.at(0).name.text == "b");
  CHECK(procedure.body[0].body.blocks.at(0).type.text == "dynamic");
  CHECK(built.sources.text(procedure.body[0].header) == "resource \"t\" \"x\"");
  CHECK(built.show(procedure.outputs.at(0).value) == "(.b (.x t))");
}

TEST_CASE("a provider configuration keeps `regional` apart from what goes to tofu") {
  const Built built = build(
      "space \"s\" {\n  remote = remote.r\n  region = \"r\"\n  provider \"p\" \"two\" {\n    "
      "regional = false\n    token    = secret.t\n"
      "    nested {\n      x = 1\n    }\n  }\n}\n");
  CHECK(built.diagnostics.empty());
  const auto& config = built.program.spaces.at(0).providers.at(0);
  CHECK(config.label.text == "two");
  CHECK(built.show(config.regional) == "false");
  REQUIRE(config.body.attributes.size() == 1);
  CHECK(config.body.attributes[0].name.text == "token");
  CHECK(config.body.blocks.size() == 1);
}

TEST_CASE("documentation stands directly above its block") {
  const Built built = build(
      "/// not this\n\n/// One.\n///   Two.\n# spacec:allow SPC4102 reason=\"r\"\nmission \"m\" "
      "{\n  spaces = [space.s] /// nor this\n"
      "  variable \"v\" {\n    type = string\n  }\n}\n");
  CHECK(built.diagnostics.empty());
  CHECK(built.program.missions.at(0).documentation == "One.\n  Two.");
  CHECK(built.program.missions[0].variables.at(0).documentation.empty());
}

TEST_CASE("blocks that stand once") {
  CHECK(build("remote \"s3\" \"r\" {\n  encryption \"pbkdf2\" {}\n  encryption \"aws_kms\" {}\n  "
              "assume_role {}\n}\n")
            .diagnostics ==
        Lines{"a.space:2:3 SPC1015 remote `r` has more than one `encryption` block"});
}

TEST_CASE("policies") {
  const Built built = build(
      "policy \"p\" {\n  environments = [environment.prod]\n  require \"b\" {\n    when    = "
      "true\n    message = \"no\"\n  }\n"
      "  deny \"a\" {\n    when    = change.type == \"x\"\n    message = \"no\"\n  }\n}\n");
  CHECK(built.diagnostics.empty());
  const auto& rules = built.program.policies.at(0).rules;
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].name.text == "a");
  CHECK(rules[0].effect == space::model::PolicyRuleDecl::Effect::Deny);
  CHECK(rules[1].effect == space::model::PolicyRuleDecl::Effect::Require);
  CHECK(built.show(rules[0].when) == "(== (.type change) \"x\")");
}

TEST_CASE("variables with all that they may say") {
  const Built built =
      build(in_mission("  variable \"v\" {\n    type    = number\n    default = 1\n    min     = "
                       "0\n    max     = 9\n    varies  = \"size\"\n"
                       "    validation {\n      condition     = var.v > 0\n      error_message = "
                       "\"no\"\n    }\n  }\n"));
  CHECK(built.diagnostics.empty());
  const auto& variable = built.program.missions.at(0).variables.at(0);
  CHECK(built.show(variable.max) == "9");
  CHECK(built.show(variable.varies) == "\"size\"");
  CHECK_FALSE(variable.pattern.valid());
  REQUIRE(variable.validations.size() == 1);
  CHECK(built.show(variable.validations[0].condition) == "(> (.v var) 0)");
}

TEST_CASE("a variable may leave its type open, as in tofu") {
  const Built built = build(in_mission("  variable \"v\" {}\n"));
  CHECK(built.diagnostics.empty());
  CHECK_FALSE(built.program.missions.at(0).variables.at(0).type.valid());
}
