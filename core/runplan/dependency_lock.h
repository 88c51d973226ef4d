// `.terraform.lock.hcl` as tofu writes it: which version of each provider, and by which hashes its
// packages are known. In: its bytes, which must outlive what is read. Out: its blocks, byte for
// byte as they stand, with what is in them. Never judges: a block that tofu would refuse has
// nothing in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace space::runplan {

struct LockedProvider {
  std::string_view address;  // "registry.opentofu.org/hetznercloud/hcloud"
  std::string_view version;
  std::vector<std::string_view> hashes;  // "h1:…", "zh:…", as they stand
  std::string_view text;                 // the whole block, without an end of line
  // Of an unpacked package; with "zh:" alone, which are of archives, tofu verifies nothing that
  // comes from a folder.
  bool has_package_hash() const;
};

struct DependencyLock {
  std::string_view head;  // what stands before the first block
  std::vector<LockedProvider> providers;

  const LockedProvider* find(std::string_view address) const;
};

DependencyLock read_dependency_lock(std::string_view bytes);

// Of "hcloud", "hetznercloud/hcloud" or a whole one: as the lock file names it, in lower case.
std::string provider_address(std::string_view source);

// Those that tofu itself brings are never locked.
bool is_built_in(std::string_view source);

}  // namespace space::runplan
