#include "runner/tofu/plugin_store.h"

#include <catch2/catch.hpp>

namespace space::tofu {

namespace {

using Settings = std::map<std::string, std::string>;

}  // namespace

TEST_CASE("a mirror is the cache's own, or the one that the setting names") {
  base::MemoryFileSystem files;
  files.add("/mirror/example.test/acme/dns/1.0.0/linux_amd64/terraform-provider-dns", "");
  const auto plain = plugin_store({{"HOME", "/h"}}, files);
  REQUIRE(plain);
  CHECK(plain->mirror() == "/h/.cache/space/providers");
  CHECK(plain->folder() == "/h/.cache/space/plugins");
  const auto own = plugin_store(Settings{{"HOME", "/h"}, {k_mirror_setting, "/mirror/"}}, files);
  REQUIRE(own);
  CHECK(own->mirror() == "/mirror");
  CHECK(own->folder() == "/h/.cache/space/plugins");
  CHECK(providers_in(own->mirror(), files) == std::vector<std::string>{"example.test/acme/dns"});
}

TEST_CASE("a mirror that cannot be one is refused before anything runs") {
  base::MemoryFileSystem files;
  files.add("/file", "");
  for (const std::string folder : {"/nowhere", "/file", "mirror"}) {
    INFO(folder);
    const auto store = plugin_store(Settings{{"HOME", "/h"}, {k_mirror_setting, folder}}, files);
    REQUIRE_FALSE(store);
    CHECK(store.error().message.find("`SPACE_PROVIDER_MIRROR` is `" + folder + "`") == 0);
  }
  CHECK_FALSE(plugin_store({}, files));
}

TEST_CASE("what a mirror holds and tofu brings need not be fetched") {
  runplan::Root root;
  root.required_providers = {{"terraform", "terraform.io/builtin/terraform", ""},
                             {"random", "hashicorp/random", "~> 3"},
                             {"dns", "example.test/acme/dns", "1.0.0"}};
  const std::string random = "registry.opentofu.org/hashicorp/random";
  CHECK(provider_set(root, {"example.test/acme/dns", random}, "lock").empty());
  CHECK(provider_set(root, {"example.test/acme/dns"}, "lock") == random + " ~> 3\nlock");
}

}  // namespace space::tofu
