// The archive of a provider in a mirror, in tofu's packed layout. In: the mirror, what the lock
// file has of the provider, a platform. Out: where it lies, and whether the one that lies there is
// one that the lock file knows.
#pragma once

#include <string>

#include "core/base/filesystem.h"
#include "core/runplan/dependency_lock.h"

namespace space::tofu {

// MIRROR/HOST/NAMESPACE/TYPE/terraform-provider-TYPE_VERSION_OS_ARCH.zip
std::string package_path(const std::string& mirror, const runplan::LockedProvider& locked,
                         const std::string& platform);

bool is_locked_package(const std::string& path, const runplan::LockedProvider& locked,
                       const base::FileSystem& files);

}  // namespace space::tofu
