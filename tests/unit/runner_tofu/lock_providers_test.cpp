#include "runner/tofu/lock_providers.h"

#include <catch2/catch.hpp>

#include "runner/tofu/release.h"

namespace space::tofu {

namespace {

std::string block(const std::string& address, const std::string& version,
                  const std::vector<std::string>& hashes) {
  std::string text =
      "provider \"" + address + "\" {\n  version = \"" + version + "\"\n  hashes = [\n";
  for (const std::string& hash : hashes) text += "    \"" + hash + "\",\n";
  return text + "  ]\n}\n\n";
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("what all roots require together") {
  runplan::RunPlan plan;
  plan.roots.resize(3);
  plan.roots[0].required_providers = {{"random", "hashicorp/random", "~> 3.0"},
                                      {"terraform", "terraform.io/builtin/terraform", ""}};
  plan.roots[1].required_providers = {
      {"r", "registry.opentofu.org/hashicorp/random", ">= 3.1, ~> 3.0"},
      {"acme", "Example.test/a/acme", ""}};
  const auto needed = needed_providers(plan);
  REQUIRE(needed.size() == 2);
  CHECK(needed[0].address == "example.test/a/acme");
  CHECK(needed[0].constraint.empty());
  CHECK(needed[1].address == "registry.opentofu.org/hashicorp/random");
  CHECK(needed[1].constraint == ">= 3.1, ~> 3.0");
  CHECK(needed_providers({}).empty());
}

TEST_CASE("platforms are asked for, set, or the usual ones") {
  const auto usual = choose_platforms({}, {});
  REQUIRE(usual.has_value());
  CHECK(usual->which == Platforms::Usual);
  CHECK(std::count(usual->names.begin(), usual->names.end(), this_platform()) == 1);
  CHECK(std::count(usual->names.begin(), usual->names.end(), "darwin_arm64") == 1);
  const Environment set{{k_platforms_setting, " linux_arm64 ,linux_amd64,"}};
  CHECK(choose_platforms({}, set)->names == Lines{"linux_amd64", "linux_arm64"});
  CHECK(choose_platforms({"windows_amd64"}, set)->names == Lines{"windows_amd64"});
  CHECK(choose_platforms({"windows_amd64"}, {})->which == Platforms::Asked);
  CHECK(choose_platforms({}, {{k_platforms_setting, ""}})->which == Platforms::Usual);
  for (const char* bad : {"linux", "linux_", "_amd64", "a_b_c", "../x_y", "Linux_amd64", "-x_y"})
    CHECK_FALSE(choose_platforms({bad}, {}).has_value());
}

TEST_CASE("what differs between two lock files, a line a provider") {
  const std::string one = block("h/a/one", "1.0.0", {"h1:A="});
  CHECK(lock_changes(one, one).empty());
  CHECK(lock_changes("", one) == Lines{"+ h/a/one 1.0.0  1 hash"});
  CHECK(lock_changes(one, "") == Lines{"- h/a/one 1.0.0"});
  CHECK(lock_changes(one, block("h/a/one", "1.1.0", {"h1:B="})) ==
        Lines{"~ h/a/one 1.0.0 -> 1.1.0"});
  CHECK(lock_changes(one, block("h/a/one", "1.0.0", {"h1:A=", "h1:B=", "zh:1"})) ==
        Lines{"~ h/a/one 1.0.0  2 hashes more"});
  const std::string other =
      "provider \"h/a/one\" {\n  version = \"1.0.0\"\n  constraints = \"~> 1.0\"\n  hashes = [\n"
      "    \"h1:A=\",\n  ]\n}\n";
  CHECK(lock_changes(one, other) == Lines{"~ h/a/one 1.0.0  the same packages, said otherwise"});
  CHECK(lock_changes(block("h/a/two", "1.0.0", {}), one) ==
        Lines{"+ h/a/one 1.0.0  1 hash", "- h/a/two 1.0.0"});
  // A package that was trusted and is not any more is a change as well.
  CHECK(lock_changes(block("h/a/one", "1.0.0", {"h1:C=", "h1:B="}), one) ==
        Lines{"~ h/a/one 1.0.0  1 hash more, 2 hashes fewer"});
}

TEST_CASE("the platforms that a mirror has a provider for") {
  base::MemoryFileSystem files;
  files.add("/m/h/a/one/1.0.0/linux_amd64/terraform-provider-one", "x");
  files.add("/m/h/a/one/1.1.0/darwin_arm64/terraform-provider-one", "x");
  files.add("/m/h/a/one/terraform-provider-one_1.2.0_linux_arm64.zip", "x");
  files.add("/m/h/a/one/index.json", "x");
  CHECK(platforms_in("/m", "h/a/one", files) ==
        std::set<std::string>{"darwin_arm64", "linux_amd64", "linux_arm64"});
  CHECK(platforms_in("/m", "h/a/two", files).empty());
}

}  // namespace space::tofu
