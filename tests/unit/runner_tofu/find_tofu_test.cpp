#include "runner/tofu/find_tofu.h"

#include <catch2/catch.hpp>

namespace space::tofu {

namespace {

// Programs by path and what they say; counts how often they were asked.
struct Programs {
  std::map<std::string, std::string> versions;
  int asked = 0;
  RunCommand run() {
    return [this](const base::Command& command) -> base::Result<base::CommandResult> {
      ++asked;
      const auto found = versions.find(command.argv[0]);
      if (found == versions.end()) return base::Error{"it does not exist", ""};
      return base::CommandResult{
          0, R"({"terraform_version":")" + found->second + R"(","platform":"x"})", ""};
    };
  }
};

}  // namespace

TEST_CASE("the cache is searched by version, and its answer remembered") {
  base::MemoryFileSystem files;
  files.add("/c/tofu/1.12.6/tofu", "program");
  Programs programs{{{"/c/tofu/1.12.6/tofu", "1.12.6"}}};
  const FindRequest request{"1.12.6", "", "/c"};
  REQUIRE(find_tofu(request, files, programs.run()).has_value());
  CHECK(programs.asked == 1);
  const auto again = find_tofu(request, files, programs.run());
  REQUIRE(again.has_value());
  CHECK(again->program == "/c/tofu/1.12.6/tofu");
  CHECK(again->where == "the cache");
  CHECK(programs.asked == 1);
}

TEST_CASE("another version is never used") {
  base::MemoryFileSystem files;
  files.add("/c/tofu/1.12.6/tofu", "program");
  Programs programs{{{"/c/tofu/1.12.6/tofu", "1.11.0"}}};
  const auto found = find_tofu({"1.12.6", "", "/c"}, files, programs.run());
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().message.find("damaged") != std::string::npos);
  CHECK(found.error().help.find("space tofu install") != std::string::npos);
  CHECK_FALSE(find_tofu({"1.13.0", "", "/c"}, files, programs.run()).has_value());
}

TEST_CASE("the cache's place") {
  CHECK(cache_folder({{"XDG_CACHE_HOME", "/x"}, {"HOME", "/h"}}).value() == "/x/space");
  CHECK(cache_folder({{"XDG_CACHE_HOME", "relative"}, {"HOME", "/h"}}).value() ==
        "/h/.cache/space");
  CHECK_FALSE(cache_folder({}).has_value());
}

}  // namespace space::tofu
