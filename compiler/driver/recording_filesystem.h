// RecordingFileSystem: reads through to another one and remembers what was read, listed and looked
// for in vain: the inputs of a build, for its stamp. Writing is refused: a compilation writes
// nothing.
#pragma once

#include <set>
#include <string>

#include "compiler/driver/out_stamp.h"
#include "core/base/filesystem.h"

namespace space::driver {

class RecordingFileSystem final : public base::FileSystem {
 public:
  explicit RecordingFileSystem(const base::FileSystem& lower) : lower_(lower) {}

  base::FileStat stat(std::string_view path) const override;
  base::Result<std::string> read(std::string_view path) const override;
  bool is_executable(std::string_view path) const override;
  base::Result<std::vector<base::DirectoryEntry>> list(std::string_view path) const override;
  base::Status write(std::string_view path, std::string_view bytes, base::FileMode mode) override;
  base::Status make_directories(std::string_view path) override;
  base::Status remove(std::string_view path) override;

  StampInputs inputs() const;

 private:
  const base::FileSystem& lower_;
  mutable std::set<std::string> files_, absent_, folders_;
};

}  // namespace space::driver
