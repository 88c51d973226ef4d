#include "compiler/driver/recording_filesystem.h"

namespace space::driver {

base::FileStat RecordingFileSystem::stat(std::string_view path) const {
  base::FileStat stat = lower_.stat(path);
  if (stat.kind == base::FileKind::Missing) absent_.emplace(path);
  return stat;
}

base::Result<std::string> RecordingFileSystem::read(std::string_view path) const {
  auto bytes = lower_.read(path);
  (bytes ? files_ : absent_).emplace(path);
  return bytes;
}

// What is asked of a file that is read anyway.
bool RecordingFileSystem::is_executable(std::string_view path) const {
  return lower_.is_executable(path);
}

base::Result<std::vector<base::DirectoryEntry>> RecordingFileSystem::list(
    std::string_view path) const {
  auto entries = lower_.list(path);
  (entries ? folders_ : absent_).emplace(path);
  return entries;
}

base::Status RecordingFileSystem::write(std::string_view, std::string_view, base::FileMode) {
  return base::Error{"a compilation writes nothing", ""};
}
base::Status RecordingFileSystem::make_directories(std::string_view) {
  return base::Error{"a compilation writes nothing", ""};
}
base::Status RecordingFileSystem::remove(std::string_view) {
  return base::Error{"a compilation writes nothing", ""};
}

StampInputs RecordingFileSystem::inputs() const {
  return {{files_.begin(), files_.end()},
          {absent_.begin(), absent_.end()},
          {folders_.begin(), folders_.end()},
          {}};
}

}  // namespace space::driver
