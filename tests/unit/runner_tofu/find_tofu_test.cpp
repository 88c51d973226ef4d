#include "runner/tofu/find_tofu.h"

#include <filesystem>

#include <catch2/catch.hpp>

#include "core/base/hash.h"
#include "core/base/strings.h"
#include "tests/temporary_folder.h"

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

TEST_CASE("a program's digest is remembered for as long as it is the same file") {
  const test::TemporaryFolder here;
  const std::string program = base::join_path(here.path(), "program");
  const std::string cache = base::join_path(here.path(), "cache");
  const std::string link = base::join_path(here.path(), "link");
  base::DiskFileSystem files;
  REQUIRE(files.write(program, "abc", base::FileMode::Executable).has_value());
  std::filesystem::create_symlink(program, link);
  constexpr const char* k_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  CHECK(digest_of(link, cache, files).value() == k_abc);
  CHECK(digest_of(program, cache, files).value() == k_abc);
  // What was remembered is not computed: another text in the memory is believed.
  const std::string memory = base::join_path(cache, "tofu/versions.json");
  const std::string text = base::replace_all(files.read(memory).value(), k_abc, "remembered");
  REQUIRE(files.write(memory, text, base::FileMode::Plain).has_value());
  CHECK(digest_of(link, cache, files).value() == "remembered");
  // A new file of the same size and name.
  REQUIRE(files.write(program, "abd", base::FileMode::Executable).has_value());
  CHECK(digest_of(link, cache, files).value() == base::sha256_hex("abd"));
  CHECK_FALSE(digest_of(base::join_path(here.path(), "none"), cache, files).has_value());
}

TEST_CASE("the cache's place") {
  CHECK(cache_folder({{"XDG_CACHE_HOME", "/x"}, {"HOME", "/h"}}).value() == "/x/space");
  CHECK(cache_folder({{"XDG_CACHE_HOME", "relative"}, {"HOME", "/h"}}).value() ==
        "/h/.cache/space");
  CHECK_FALSE(cache_folder({}).has_value());
}

}  // namespace space::tofu
