#include <catch2/catch.hpp>

#include "support.h"

namespace {
using Lines = std::vector<std::string>;

std::string objection(const std::string& name, const std::string& block = "secret") {
  const Built built =
      build(block + " \"" + name + "\" {\n  " +
            (block == "environment" ? "kind = \"prod\"" : "from_env = \"A\"") + "\n}\n");
  return built.diagnostics.empty() ? "" : built.diagnostics[0];
}
}  // namespace

TEST_CASE("which names may be used") {
  CHECK(objection("a") == "");
  CHECK(objection("a0-b_c") == "");
  CHECK(objection(std::string(30, 'a')) == "");
  CHECK(objection("com0") == "");
  CHECK(objection("com10") == "");
  CHECK(objection("modules") == "");
  CHECK(objection(std::string(31, 'a')) ==
        "a.space:1:9 SPC1006 `" + std::string(31, 'a') +
            "` is no name that can be used here: it has 31 characters, and 30 is the most");
  CHECK(
      objection("App") ==
      "a.space:1:9 SPC1006 `App` is no name that can be used here: a name has lower-case letters, "
      "digits, `-` and `_` | `app` would work");
  CHECK(objection("../x").find("SPC1006") != std::string::npos);
  CHECK(objection("") == "a.space:1:9 SPC1006 `` is no name that can be used here: it is empty");
  CHECK(objection("1a") ==
        "a.space:1:9 SPC1006 `1a` is no name that can be used here: a name begins with a "
        "lower-case letter");
  CHECK(
      objection("a--b") ==
      "a.space:1:9 SPC1006 `a--b` is no name that can be used here: `--` joins names in addresses "
      "| `a-b` would work");
  for (const char* device : {"con", "prn", "aux", "nul", "com1", "lpt9"}) {
    CHECK(objection(device).find("device") != std::string::npos);
  }
  CHECK(objection("docs", "environment") ==
        "a.space:1:14 SPC1006 `docs` is no name that can be used here: `out/` has a folder of that "
        "name beside the environments");
}

TEST_CASE("names are declared once") {
  CHECK(build("secret \"a\" {\n  from_env = \"A\"\n}\nsecret \"a\" {\n  from_env = \"B\"\n}\n")
            .diagnostics == Lines{"a.space:4:9 SPC1007 secret `a` is declared twice | call one of "
                                  "them otherwise, or take one out"});
  CHECK(build("values \"m\" \"e\" {}\nvalues \"m\" {}\nvalues \"m\" \"e\" {}\n").diagnostics ==
        Lines{"a.space:3:1 SPC1007 values `m e` is declared twice | call one of them otherwise, or "
              "take one out"});
  CHECK(build("locals {\n  a = 1\n}\nlocals {\n  a = 2\n}\n").diagnostics ==
        Lines{"a.space:5:3 SPC1007 local `a` is declared twice | call one of them otherwise, or "
              "take one out"});
  // In another file, in whatever order the files are given.
  const std::string one = "secret \"a\" {\n  from_env = \"A\"\n}\n";
  CHECK(build({{"z.space", one},
               {"b.space",
                one + "project \"p\" {\n  edition = 1\n  contract = \"1\"\n  tofu = \"1\"\n}\n"}})
            .diagnostics == Lines{"z.space:1:9 SPC1007 secret `a` is declared twice | call one of "
                                  "them otherwise, or take one out"});
}

TEST_CASE("a procedure is named once in its mission, whatever the stage") {
  CHECK(build("mission \"m\" {\n  spaces = []\n  stage \"000\" {\n    procedure \"a\" {}\n  }\n  "
              "stage \"010\" {\n    procedure \"a\" {}\n  }\n}\n")
            .diagnostics ==
        Lines{"a.space:7:16 SPC1007 procedure `a` is declared twice | call one of them otherwise: "
              "in a mission a name means one procedure, in whatever stage"});
}

TEST_CASE("names may not differ in dashes alone") {
  CHECK(build("secret \"a-b\" {\n  from_env = \"A\"\n}\nsecret \"a_b\" {\n  from_env = \"B\"\n}\n")
            .diagnostics == Lines{"a.space:4:9 SPC1008 secret `a_b` and `a-b` differ only in `-` "
                                  "and `_` | rename one of them: on some backends "
                                  "and file systems the two would be one"});
  CHECK(build("secret \"a-b\" {\n  from_env = \"A\"\n}\nspace \"a_b\" {\n  remote = remote.r\n  "
              "region = \"r\"\n}\n")
            .diagnostics.empty());
}

TEST_CASE("a mission that is declared twice is one error, and none for what reads it") {
  const Built built = build(
      "mission \"m\" {\n  spaces = []\n  stage \"000\" {\n    procedure \"a\" {}\n  }\n}\nmission "
      "\"m\" {\n  spaces = []\n"
      "  stage \"000\" {\n    procedure \"a\" {}\n    procedure \"b\" {}\n  }\n  export \"e\" {\n  "
      "  type  = string\n    value = 1\n  }\n}\n");
  CHECK(built.diagnostics == Lines{"a.space:7:10 SPC1007 mission `m` is declared twice | call one "
                                   "of them otherwise, or take one out"});
  REQUIRE(built.program.missions.size() == 1);
  const auto& mission = built.program.missions[0];
  REQUIRE(mission.stages.size() == 1);
  CHECK(mission.stages[0].procedures.size() == 2);
  CHECK(mission.exports.size() == 1);
}

TEST_CASE("tofu keeps some names of variables for itself") {
  CHECK(build("mission \"m\" {\n  spaces = []\n  variable \"count\" {\n    type = number\n  }\n}\n")
            .diagnostics == Lines{"a.space:3:13 SPC1006 `count` is no name that can be used here: "
                                  "tofu keeps that name for itself, and refuses a "
                                  "variable that is called so"});
  CHECK(objection("count") == "");
}
