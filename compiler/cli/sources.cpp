#include "compiler/cli/sources.h"

#include <string_view>

#include "compiler/cli/output.h"
#include "compiler/driver/find_sources.h"
#include "core/base/strings.h"

namespace space::cli {

namespace {

// The entry of the same folder that was probably meant.
std::string neighbour(const base::FileSystem& files, const std::string& path) {
  const std::string folder = base::parent_path(path);
  const auto entries = files.list(folder);
  if (!entries) {
    const std::string deeper = neighbour(files, folder);
    return deeper.empty() ? "" : base::join_path(deeper, base::file_name(path));
  }
  std::vector<std::string_view> names;
  for (const base::DirectoryEntry& entry : *entries) names.push_back(entry.name);
  const auto near = base::closest(base::file_name(path), names);
  return near ? base::join_path(folder, *near) : "";
}

}  // namespace

std::optional<std::vector<std::string>> choose_paths(const std::vector<std::string>& paths,
                                                     std::string_view command, World& world) {
  if (!paths.empty()) {
    for (const std::string& path : paths) {
      if (world.files.stat(path).kind != base::FileKind::Missing) continue;
      const std::string near = neighbour(world.files, base::normalize_path(path));
      const bool there = !near.empty() && world.files.stat(near).kind != base::FileKind::Missing;
      print_error(world, "there is no file or folder `" + path + "`",
                  there ? "did you mean `" + near + "`?" : "");
      return std::nullopt;
    }
    return paths;
  }
  if (world.files.stat(k_default_folder).kind != base::FileKind::Missing) {
    return std::vector<std::string>{k_default_folder};
  }
  const std::string call = "spacec " + std::string(command);
  diagnostics::CollectingSink sink;
  const std::size_t here = driver::find_sources(world.files, {"."}, "out", sink).size();
  const std::string help = here == 0 ? "name files or folders: `" + call + " PATH`"
                                     : "`" + call + " .` takes the " +
                                           base::counted(here, "`.space` file") +
                                           " under this folder, or name files and folders";
  print_error(
      world,
      std::string("there is no folder `") + k_default_folder + "` here, and no path was given",
      help);
  return std::nullopt;
}

}  // namespace space::cli
