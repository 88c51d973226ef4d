// The providers that spacec knows: where they come from, and which of their arguments say in which
// region a thing lies (law 4: a space has one region). Data; what is not in it is not judged.
// Facts: the providers' own schemas and their documentation of locations. In: a source or an
// argument. Out: rows of the table, and whether a literal fits a region.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace space::stdlib {

// How an argument's value names the region that it lies in.
enum class RegionMapping : std::uint8_t {
  Same,         // it is the region's name
  Datacenter,   // "fsn1-dc14" lies in fsn1
  NetworkZone,  // "eu-central" holds fsn1, nbg1 and hel1
};

struct RegionArgument {
  std::string_view resource;  // a resource type; with `*` at its end: all that begin so
  std::string_view argument;
  RegionMapping mapping;
};

struct KnownProvider {
  std::string_view name;    // as modules call it
  std::string_view source;  // "hetznercloud/hcloud"
  std::span<const RegionArgument> regions;
};

std::span<const KnownProvider> known_providers();  // by source
const KnownProvider* find_known_provider(
    std::string_view source);  // with or without the registry's host

// `NAMESPACE/NAME` of an address that may begin with a host.
std::string_view without_host(std::string_view source);

// The row for an argument of a resource, or nothing where it says nothing about a region.
const RegionArgument* find_region_argument(const KnownProvider& provider, std::string_view resource,
                                           std::string_view argument);

bool lies_in_region(RegionMapping mapping, std::string_view value, std::string_view region);

}  // namespace space::stdlib
