#include <catch2/catch.hpp>

#include "support.h"

namespace {
std::string shown(const Read& it) {
  if (!it.module) return "nothing";
  std::string text;
  for (const auto& provider : it.module->providers) {
    text += provider.name + " [" + provider.source + "] [" + provider.version + "]";
    for (const std::string& alias : provider.aliases) text += " " + alias;
    text += "\n";
  }
  return text;
}
}  // namespace

TEST_CASE("providers that are required, and those that blocks imply") {
  CHECK(shown(read({{"modules/a/main.tf", R"(
terraform {
  required_providers {
    hcloud = {
      source  = "hetznercloud/hcloud"
      version = "~> 1.68"
      configuration_aliases = [hcloud.west, hcloud.east]
    }
    random = "3.0"
  }
}
resource "hcloud_server" "x" {}
resource "terraform_data" "x" {}
data "terraform_remote_state" "x" {}
data "dns_a_record_set" "x" {}
ephemeral "vault_token" "x" {}
resource "aws_thing" "x" { provider = amazon.west }
check "c" {
  data "http" "x" {}
}
provider "tls" {}
)"}})) ==
        "amazon [] []\n"
        "dns [] []\n"
        "hcloud [hetznercloud/hcloud] [~> 1.68] east west\n"
        "http [] []\n"
        "random [] [3.0]\n"
        "tls [] []\n"
        "vault [] []\n");
}

TEST_CASE("inner modules add what they need, by source") {
  CHECK(shown(read({{"modules/a/main.tf",
                     "terraform {\n  required_providers {\n    cloud = { source = "
                     "\"hetznercloud/hcloud\" }\n  }\n}\n"
                     "module \"inner\" {\n  source = \"./inner\"\n}\n"},
                    {"modules/a/inner/main.tf",
                     "terraform {\n  required_providers {\n    hcloud = {\n      source = "
                     "\"hetznercloud/hcloud\"\n"
                     "      configuration_aliases = [hcloud.a]\n    }\n  }\n}\nresource "
                     "\"null_resource\" \"x\" {}\n"}})) ==
        "cloud [hetznercloud/hcloud] []\nnull [] []\n");
}
