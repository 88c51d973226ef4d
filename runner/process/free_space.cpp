#include "runner/process/free_space.h"

#include <sys/statvfs.h>

#include <cerrno>

#include "core/base/filesystem.h"

namespace space::process {

std::optional<std::uint64_t> free_bytes(const std::string& path) {
  std::string folder = path;
  struct statvfs disk {};
  while (::statvfs(folder.c_str(), &disk) != 0) {
    if ((errno != ENOENT && errno != ENOTDIR) || folder == "/") return std::nullopt;
    folder = base::parent_path(folder);
  }
  return static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
}

}  // namespace space::process
