#include "core/base/usage.h"

#include <catch2/catch.hpp>

namespace space::base {

namespace {

const CommandTree k_program{
    "space",
    "",
    {{{"--help", "-h"}, "", CommandOption::Value::None, {}}},
    {{"apply", "", {{{"--refresh"}, "", CommandOption::Value::None, {}}}, {}},
     {"tofu",
      "",
      {{{"--run-plan"}, "", CommandOption::Value::File, {}}},
      {{"install", "", {}, {}}, {"which", "", {}, {}}}}}};

template <std::size_t N>
std::string mistake(const char* const (&words)[N]) {
  const auto found = command_mistake(k_program, words);
  return found ? found->message + " | " + found->command : "";
}

}  // namespace

TEST_CASE("a command that is none, or is missing") {
  CHECK(mistake({"aply", "x"}) == "there is no command `aply`; did you mean `apply`? | space");
  CHECK(mistake({"zzz"}) == "there is no command `zzz` | space");
  CHECK(mistake({"tofu"}) ==
        "`space tofu` needs one of the commands `install` and `which` | space tofu");
  CHECK(mistake({"tofu", "instal"}) ==
        "there is no command `instal`; did you mean `install`? | space tofu");
  CHECK(mistake({"--hlep"}) == "there is no option `--hlep`; did you mean `--help`? | space");
  CHECK(command_mistake(k_program, {})->message ==
        "`space` needs one of the commands `apply` and `tofu`");
}

TEST_CASE("what only the parser knows is left to it") {
  CHECK(mistake({"apply", "x", "--nothing"}).empty());
  CHECK(mistake({"tofu", "--run-plan", "x", "instal"}).empty());
  CHECK(mistake({"tofu", "--run-plan=x"}).empty());
  CHECK(mistake({"-h"}).empty());
}

TEST_CASE("what the parser did not take, and what it says itself") {
  const char* const words[] = {"apply", "x"};
  CHECK(unexpected(k_program, words, {"--refesh=1"}).message ==
        "there is no option `--refesh`; did you mean `--refresh`?");
  CHECK(unexpected(k_program, words, {"y"}).message == "`y` is an argument too many");
  CHECK(unexpected(k_program, words, {"y"}).command == "space apply");
  CHECK(refused(k_program, words, "The value is wrong").message == "the value is wrong");
  CHECK(refused(k_program, words, "TARGET is required").message == "TARGET is required");
  CHECK(usage_text({"m", "space apply"}) ==
        "error: m\n  = help: `space apply --help` lists what there is\n");
}

}  // namespace space::base
