#include "stdlib/providers.h"

#include <algorithm>
#include <utility>

namespace space::stdlib {

namespace {

using enum RegionMapping;

constexpr RegionArgument k_fly[] = {
    {"fly_*", "region", Same},
};

constexpr RegionArgument k_hcloud[] = {
    {"hcloud_floating_ip", "home_location", Same},
    {"hcloud_load_balancer", "location", Same},
    {"hcloud_load_balancer", "network_zone", NetworkZone},
    {"hcloud_network_subnet", "network_zone", NetworkZone},
    {"hcloud_primary_ip", "datacenter", Datacenter},
    {"hcloud_primary_ip", "location", Same},
    {"hcloud_server", "datacenter", Datacenter},
    {"hcloud_server", "location", Same},
    {"hcloud_storage_box", "location", Same},
    {"hcloud_volume", "location", Same},
};

// `endpoint` of the provider is where the account is kept, not where things lie.
constexpr RegionArgument k_ovh[] = {
    {"ovh_cloud_*", "region", Same},
    {"ovh_cloud_*", "region_name", Same},
};

constexpr KnownProvider k_providers[] = {
    {"cloudflare", "cloudflare/cloudflare", {}},
    {"fly", "fly-apps/fly", k_fly},
    {"local", "hashicorp/local", {}},
    {"null", "hashicorp/null", {}},
    {"random", "hashicorp/random", {}},
    {"tls", "hashicorp/tls", {}},
    {"hcloud", "hetznercloud/hcloud", k_hcloud},
    {"incus", "lxc/incus", {}},
    {"ovh", "ovh/ovh", k_ovh},
};
static_assert(std::is_sorted(std::begin(k_providers), std::end(k_providers),
                             [](const KnownProvider& a, const KnownProvider& b) {
                               return a.source < b.source;
                             }));

constexpr std::pair<std::string_view, std::string_view> k_network_zones[] = {
    {"ap-southeast", "sin"}, {"eu-central", "fsn1"}, {"eu-central", "hel1"},
    {"eu-central", "nbg1"},  {"us-east", "ash"},     {"us-west", "hil"},
};

bool names_resource(std::string_view pattern, std::string_view resource) {
  if (!pattern.ends_with('*')) return pattern == resource;
  return resource.starts_with(pattern.substr(0, pattern.size() - 1));
}

}  // namespace

std::string_view without_host(std::string_view source) {
  const std::size_t name = source.rfind('/');
  if (name == std::string_view::npos || name == 0) return source;
  const std::size_t host = source.rfind('/', name - 1);
  return host == std::string_view::npos ? source : source.substr(host + 1);
}

std::span<const KnownProvider> known_providers() { return k_providers; }

const KnownProvider* find_known_provider(std::string_view source) {
  const std::string_view wanted = without_host(source);
  for (const KnownProvider& provider : k_providers) {
    if (provider.source == wanted) return &provider;
  }
  return nullptr;
}

const RegionArgument* find_region_argument(const KnownProvider& provider, std::string_view resource,
                                           std::string_view argument) {
  for (const RegionArgument& row : provider.regions) {
    if (row.argument == argument && names_resource(row.resource, resource)) return &row;
  }
  return nullptr;
}

bool lies_in_region(RegionMapping mapping, std::string_view value, std::string_view region) {
  switch (mapping) {
    case Same:
      return value == region;
    case Datacenter:
      return value.substr(0, value.find("-dc")) == region;
    case NetworkZone:
      return std::any_of(
          std::begin(k_network_zones), std::end(k_network_zones),
          [&](const auto& row) { return row.first == value && row.second == region; });
  }
  return true;
}

}  // namespace space::stdlib
