// The stamp of a build: the state of every file that it read and wrote, so that the next one may
// say "nothing changed" without compiling. In: paths, and a FileSystem to ask. Out: Fresh only
// where every file and folder is, by size, both times, inode and mode, what it was. It reads no
// content: who must not be fooled (the runner) checks digests. A folder stands for its listing: a
// file that comes or goes changes the folder's time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/emit/emit.h"
#include "core/base/filesystem.h"

namespace space::driver {

enum class Freshness : std::uint8_t { Fresh, Stale };

// Which build: stamps of two that differ in any of this never meet.
struct StampScope {
  std::string project_folder;  // `.space/build/` lies in it
  std::string version;         // of spacec; also of its build, where that is known
  std::vector<std::string>
      options;  // all that decides what is built: paths, folder of the output, levels
};

// What the build looked at.
struct StampInputs {
  std::vector<std::string> files;    // that were read
  std::vector<std::string> absent;   // looked for and not there: noticed when they appear
  std::vector<std::string> folders;  // whose listing counted (`.space` files, modules), each of
                                     // them; hidden names do not
  std::vector<std::string> written;  // by the build itself, beside its output: new on purpose
};

Freshness check_stamp(const base::FileSystem& files, const StampScope& scope);

enum class Stamped : std::uint8_t {
  Written,
  TooFresh,  // an input changed while the build ran, or so shortly before that its time could not
             // show a later change
};

// After a build whose output stands in `out` and is exactly `tree`. `started_ns` is the wall clock
// before the first input was read.
base::Result<Stamped> write_stamp(base::FileSystem& files, const StampScope& scope,
                                  const StampInputs& inputs, const std::string& out,
                                  const emit::EmittedTree& tree, std::int64_t started_ns);

std::string stamp_path(const StampScope& scope);

}  // namespace space::driver
