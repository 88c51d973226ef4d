#include <catch2/catch.hpp>

#include "compiler/emit/artefacts.h"

namespace {

using namespace space;

constexpr std::string_view k_lock = R"(# This file is maintained automatically by "tofu init".
# Manual edits may be lost in future updates.

provider "registry.opentofu.org/hashicorp/null" {
  version = "3.3.1"
  hashes = [
    "h1:aaaa",
  ]
}

provider "registry.opentofu.org/hetznercloud/hcloud" {
  version     = "1.68.0"
  constraints = "~> 1.68"
}

provider "registry.example.com/acme/thing" {
  version = "1.0.0"
}
)";

lower::LoweredRoot root_with(std::vector<std::string> sources) {
  lower::LoweredRoot root;
  for (std::string& source : sources)
    root.required_providers.push_back({"x", std::move(source), ""});
  return root;
}

std::string lock_of(std::string_view text, const lower::LoweredRoot& root) {
  return emit::lock_file_for(runplan::read_dependency_lock(text), root);
}

}  // namespace

TEST_CASE("a root gets the locks of its providers, byte for byte") {
  CHECK(lock_of(k_lock, root_with({"hashicorp/null", "hetznercloud/hcloud",
                                   "registry.example.com/acme/thing"})) == k_lock);
  CHECK(lock_of(k_lock, root_with({"HetznerCloud/hcloud"})) ==
        "# This file is maintained automatically by \"tofu init\".\n"
        "# Manual edits may be lost in future updates.\n\n"
        "provider \"registry.opentofu.org/hetznercloud/hcloud\" {\n"
        "  version     = \"1.68.0\"\n"
        "  constraints = \"~> 1.68\"\n"
        "}\n");
  CHECK(lock_of(k_lock, root_with({"null"})).find("h1:aaaa") != std::string::npos);
}

TEST_CASE("a root whose providers are not locked gets no lock file") {
  CHECK(lock_of(k_lock, root_with({})).empty());
  CHECK(lock_of(k_lock, root_with({"acme/thing"})).empty());
  CHECK(lock_of("", root_with({"hashicorp/null"})).empty());
  CHECK(lock_of("# nothing\n", root_with({"hashicorp/null"})).empty());
}

TEST_CASE("a lock file without a head is one too") {
  const std::string text = "provider \"registry.opentofu.org/a/b\" {\n}\n";
  CHECK(lock_of(text, root_with({"a/b"})) == text);
}
