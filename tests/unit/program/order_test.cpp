// Order of files and blocks has no meaning: shuffled and merged files give the same program.
#include <catch2/catch.hpp>

#include "support.h"

namespace {

std::string names(const Built& built) {
  std::string text;
  const auto& program = built.program;
  for (const auto& it : program.environments) text += "e:" + it.name.text + " ";
  for (const auto& it : program.missions) {
    text += "m:" + it.name.text + "(";
    for (const auto& variable : it.variables) text += "v:" + variable.name.text + " ";
    for (const auto& stage : it.stages) {
      text += stage.name.text + ":";
      for (const auto& procedure : stage.procedures) text += procedure.name.text + ",";
    }
    text += ") ";
  }
  for (const auto& it : program.values) {
    text += "values:" + it.name.text + "/" + it.environment.text + "{";
    for (const auto& value : it.values)
      text += value.name.text + "=" + built.show(value.value) + " ";
    text += "} ";
  }
  for (const auto& it : program.removed) text += "removed:" + built.show(it.from) + " ";
  return text;
}

const std::string k_project =
    "project \"p\" {\n  edition  = 2026\n  contract = \"1.0\"\n  tofu     = \"1.12.6\"\n}\n";
const std::string k_environments =
    "environment \"b\" {\n  kind = \"prod\"\n}\nenvironment \"a\" {\n  kind = \"prod\"\n}\n";
const std::string k_removed =
    "removed {\n  from = mission.z\n}\nremoved {\n  from = mission.b\n}\n";
const std::string k_values =
    "values \"m\" \"b\" {\n  y = 1\n  x = 2\n}\nvalues \"m\" \"a\" {}\nvalues \"m\" {}\n";

std::string mission(const std::string& first, const std::string& second) {
  return "mission \"m\" {\n  spaces = []\n" + first + second + "}\n";
}
const std::string k_late =
    "  stage \"010\" {\n    procedure \"b\" {}\n    procedure \"a\" {}\n  }\n";
const std::string k_early =
    "  variable \"z\" {\n    type = string\n  }\n  variable \"c\" {\n    type = string\n  }\n  "
    "stage \"000\" {\n    procedure \"c\" {}\n  }\n";

}  // namespace

TEST_CASE("order of files and blocks has no meaning") {
  const Built one = build(
      {{"a.space", k_project + k_environments + mission(k_late, k_early) + k_values + k_removed}});
  CHECK(one.diagnostics.empty());
  CHECK(names(one) ==
        "e:a e:b m:m(v:c v:z 000:c,010:a,b,) values:m/{} values:m/a{} values:m/b{x=2 y=1 } "
        "removed:(.b mission) removed:(.z mission) ");
  const Built many = build({{"x/2.space", k_removed + k_values},
                            {"a.space", mission(k_early, k_late)},
                            {"z.space", k_environments},
                            {"b.space", k_project}});
  CHECK(many.diagnostics.empty());
  CHECK(names(many) == names(one));
}
