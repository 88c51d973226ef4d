#include "core/base/filesystem.h"

namespace space::base {

Error cannot(std::string_view verb, std::string_view path, const Error& reason) {
  return {"cannot " + std::string(verb) + " `" + std::string(path) + "`: " + reason.message,
          reason.help};
}

std::vector<FileStat> FileSystem::stat_all(std::span<const std::string> paths) const {
  std::vector<FileStat> states;
  states.reserve(paths.size());
  for (const std::string& path : paths) states.push_back(stat(path));
  return states;
}

Status FileSystem::write_tree(const std::string& folder, std::span<const TreeFile> files) {
  for (const TreeFile& file : files) {
    const std::string path = join_path(folder, file.path);
    const std::string parent = parent_path(path);
    if (auto made = make_directories(parent); !made) return cannot("make", parent, made.error());
    if (auto written = write(path, file.bytes, file.mode); !written) {
      return cannot("write", path, written.error());
    }
  }
  return Done{};
}

}  // namespace space::base
