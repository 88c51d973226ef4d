#include "runner/tofu/locked_package.h"

#include <algorithm>

#include "core/base/hash.h"

namespace space::tofu {

std::string package_path(const std::string& mirror, const runplan::LockedProvider& locked,
                         const std::string& platform) {
  const std::string address(locked.address);
  return base::join_path(mirror, address + "/terraform-provider-" +
                                     std::string(base::file_name(address)) + "_" +
                                     std::string(locked.version) + "_" + platform + ".zip");
}

bool is_locked_package(const std::string& path, const runplan::LockedProvider& locked,
                       const base::FileSystem& files) {
  if (files.stat(path).kind != base::FileKind::Regular) return false;
  const auto digest = base::sha256_hex_of_file(path);
  return digest && std::find(locked.hashes.begin(), locked.hashes.end(), "zh:" + *digest) !=
                       locked.hashes.end();
}

}  // namespace space::tofu
