#include "stdlib/providers.h"

#include <catch2/catch.hpp>

using namespace space::stdlib;

TEST_CASE("providers are found by their source, with or without a host") {
  REQUIRE(find_known_provider("hetznercloud/hcloud"));
  CHECK(find_known_provider("hetznercloud/hcloud")->name == "hcloud");
  CHECK(find_known_provider("registry.opentofu.org/lxc/incus") == find_known_provider("lxc/incus"));
  CHECK(find_known_provider("hashicorp/hcloud") == nullptr);
  CHECK(find_known_provider("hcloud") == nullptr);
  CHECK(find_known_provider("") == nullptr);
}

TEST_CASE("arguments that say where a thing lies") {
  const KnownProvider& hcloud = *find_known_provider("hetznercloud/hcloud");
  REQUIRE(find_region_argument(hcloud, "hcloud_server", "datacenter"));
  CHECK(find_region_argument(hcloud, "hcloud_server", "datacenter")->mapping ==
        RegionMapping::Datacenter);
  CHECK(find_region_argument(hcloud, "hcloud_server", "name") == nullptr);
  CHECK(find_region_argument(hcloud, "hcloud_network", "location") == nullptr);
  const KnownProvider& ovh = *find_known_provider("ovh/ovh");
  CHECK(find_region_argument(ovh, "ovh_cloud_project_kube", "region"));
  CHECK(find_region_argument(ovh, "ovh_okms", "region") == nullptr);
  CHECK(find_known_provider("cloudflare/cloudflare")->regions.empty());
}

TEST_CASE("which values lie in a region") {
  CHECK(lies_in_region(RegionMapping::Same, "fsn1", "fsn1"));
  CHECK_FALSE(lies_in_region(RegionMapping::Same, "nbg1", "fsn1"));
  CHECK(lies_in_region(RegionMapping::Datacenter, "fsn1-dc14", "fsn1"));
  CHECK_FALSE(lies_in_region(RegionMapping::Datacenter, "nbg1-dc3", "fsn1"));
  CHECK(lies_in_region(RegionMapping::NetworkZone, "eu-central", "nbg1"));
  CHECK_FALSE(lies_in_region(RegionMapping::NetworkZone, "us-east", "nbg1"));
  CHECK_FALSE(lies_in_region(RegionMapping::NetworkZone, "eu-central", "ash"));
}
