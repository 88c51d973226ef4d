#include "core/runplan/dependency_lock.h"

#include <catch2/catch.hpp>

namespace space::runplan {

namespace {

constexpr const char* k_two =
    "# This file is maintained automatically by \"tofu init\".\n# Manual edits may be lost.\n\n"
    "provider \"example.test/a/one\" {\n  version     = \"1.2.3\"\n  constraints = \"~> 1.0\"\n"
    "  hashes = [\n    \"h1:AAAA=\",\n    \"zh:00\",\n  ]\n}\n\n"
    "provider \"example.test/a/two\" {\n  version = \"0.1.0\"\n  hashes = [\n    \"zh:11\",\n  "
    "]\n}\n";

}  // namespace

TEST_CASE("a lock file's blocks, and what is in them") {
  const DependencyLock lock = read_dependency_lock(k_two);
  REQUIRE(lock.providers.size() == 2);
  const LockedProvider& one = lock.providers[0];
  CHECK(one.address == "example.test/a/one");
  CHECK(one.version == "1.2.3");
  CHECK(one.hashes == std::vector<std::string_view>{"h1:AAAA=", "zh:00"});
  CHECK(one.has_package_hash());
  CHECK(one.text.ends_with("  ]\n}"));
  CHECK_FALSE(lock.providers[1].has_package_hash());
  CHECK(lock.find("example.test/a/two") == &lock.providers[1]);
  CHECK(lock.find("example.test/a/three") == nullptr);
  std::string again(lock.head);
  for (const LockedProvider& provider : lock.providers)
    again += (again == lock.head ? "" : "\n") + std::string(provider.text) + "\n";
  CHECK(again == k_two);
}

TEST_CASE("what is no lock file has no providers") {
  CHECK(read_dependency_lock("").providers.empty());
  CHECK(read_dependency_lock("# provider \"x\" {\n").providers.empty());
  const DependencyLock torn = read_dependency_lock("provider \"x");
  REQUIRE(torn.providers.size() == 1);
  CHECK(torn.providers[0].hashes.empty());
  CHECK_FALSE(torn.providers[0].has_package_hash());
}

TEST_CASE("an empty hash is none") {
  CHECK_FALSE(read_dependency_lock("provider \"x\" {\n  hashes = [\n    \"h1:\",\n  ]\n}\n")
                  .providers[0]
                  .has_package_hash());
}

TEST_CASE("a provider's address as a lock file names it") {
  CHECK(provider_address("hcloud") == "registry.opentofu.org/hashicorp/hcloud");
  CHECK(provider_address("HetznerCloud/hcloud") == "registry.opentofu.org/hetznercloud/hcloud");
  CHECK(provider_address("example.test/a/b") == "example.test/a/b");
  CHECK(is_built_in("terraform.io/builtin/terraform"));
  CHECK_FALSE(is_built_in("hashicorp/null"));
}

}  // namespace space::runplan
