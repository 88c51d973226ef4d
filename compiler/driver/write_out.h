// write_out: makes a folder on disk equal to an EmittedTree: writes only what differs, removes what
// nobody generates any more, follows no symbolic link, writes nothing outside the folder. What is
// no regular file or folder is refused by name, wherever in the folder it lies. README.md at its
// top stays; in the folder of a root so do `.terraform`, which is tofu's own, and, where the
// project has no lock file, `.terraform.lock.hcl`. Compare::Only writes nothing and says what would
// change.
#pragma once

#include <string>
#include <vector>

#include "compiler/emit/emit.h"
#include "core/base/filesystem.h"

namespace space::driver {

enum class Compare { Write, Only };

struct WriteReport {
  std::vector<std::string> written, removed;  // relative to the folder, sorted
  std::size_t unchanged = 0;
};

base::Result<WriteReport> write_out(base::FileSystem& files, const std::string& folder,
                                    const emit::EmittedTree& tree, Compare mode);

}  // namespace space::driver
