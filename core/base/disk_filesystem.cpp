#include <dirent.h>

#include <algorithm>

#include "core/base/disk_calls.h"
#include "core/base/failpoint.h"
#include "core/base/filesystem.h"
#include "core/base/shares.h"

namespace space::base {

using namespace disk;  // what it is made of

FileStat DiskFileSystem::stat(std::string_view path) const {
  struct ::stat info {};
  if (refuse_path(path) || ::lstat(std::string(path).c_str(), &info) != 0) return {};
  const auto nanoseconds = [](const timespec& time) {
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
  };
  return {kind_of(info.st_mode),
          static_cast<std::uint64_t>(info.st_size),
          nanoseconds(info.st_mtim),
          nanoseconds(info.st_ctim),
          info.st_ino,
          info.st_mode & 07777};
}

bool DiskFileSystem::is_executable(std::string_view path) const {
  struct ::stat info {};
  return !refuse_path(path) && ::stat(std::string(path).c_str(), &info) == 0 &&
         S_ISREG(info.st_mode) && (info.st_mode & S_IXUSR) != 0;
}

std::vector<FileStat> DiskFileSystem::stat_all(std::span<const std::string> paths) const {
  std::vector<FileStat> states(paths.size());
  in_shares(paths.size(), k_least_share, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) states[i] = stat(paths[i]);
    return Done{};
  });
  return states;
}

Result<std::string> DiskFileSystem::read(std::string_view path) const {
  if (auto refused = refuse_path(path)) return *refused;
  // O_NONBLOCK: a named pipe without a writer would hold us here for ever.
  const Descriptor file(::open(std::string(path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) {
    if (errno == ELOOP) return Error{"its symbolic links lead in a circle", ""};
    return error_of(errno);
  }
  struct ::stat info {};
  if (::fstat(file.get(), &info) != 0) return error_of(errno);
  if (!S_ISREG(info.st_mode)) return Error{std::string(kind_words(kind_of(info.st_mode))), ""};
  // One byte more than the size, so that a file that has not grown ends in the second read. Some
  // (in /proc) say 0.
  std::string bytes(static_cast<std::size_t>(info.st_size) + 1, '\0');
  std::size_t filled = 0;
  for (;;) {
    if (filled == bytes.size()) bytes.resize(bytes.size() * 2 + 4096);
    const ssize_t count = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return error_of(errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  bytes.resize(filled);
  return bytes;
}

Result<std::vector<DirectoryEntry>> DiskFileSystem::list(std::string_view path) const {
  if (auto refused = refuse_path(path)) return *refused;
  DIR* const folder = ::opendir(std::string(path).c_str());
  if (folder == nullptr) return error_of(errno);
  std::vector<DirectoryEntry> entries;
  errno = 0;
  while (const dirent* row = ::readdir(folder)) {
    const std::string_view name = row->d_name;
    if (name == "." || name == "..") continue;
    FileKind kind = FileKind::Other;
    if (row->d_type == DT_UNKNOWN) {  // a file system that does not say
      struct ::stat info {};
      if (::fstatat(::dirfd(folder), row->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0) {
        kind = kind_of(info.st_mode);
      }
    } else {
      kind = kind_of(static_cast<mode_t>(DTTOIF(row->d_type)));
    }
    entries.push_back({std::string(name), kind});
    errno = 0;
  }
  const int failure = errno;
  ::closedir(folder);
  if (failure != 0) return error_of(failure);
  std::sort(entries.begin(), entries.end(),
            [](const DirectoryEntry& a, const DirectoryEntry& b) { return a.name < b.name; });
  return entries;
}

Status DiskFileSystem::write(std::string_view path, std::string_view bytes, FileMode mode) {
  if (auto refused = refuse_path(path)) return *refused;
  const std::string target(path);
  Descriptor file(failpoint("file.create", path)
                      ? -1
                      : open_guarded(target, O_WRONLY | O_CREAT | O_EXCL, mode_bits(mode)));
  if (file.get() < 0 && errno == EEXIST) {
    const Descriptor folder(open_parent(target));
    if (folder.get() < 0) return error_of(errno);
    return replace_file(folder.get(), std::string(file_name(target)), bytes, mode);
  }
  if (file.get() < 0 && errno == ENOENT) {
    return Error{"its directory `" + parent_path(path) + "` does not exist", ""};
  }
  if (file.get() < 0) return error_of(errno);
  Status written = failpoint("file.fill", path) ? error_of(errno) : write_and_close(file, bytes);
  if (!written) ::unlink(target.c_str());
  return written;
}

Status DiskFileSystem::make_directories(std::string_view path) {
  if (auto refused = refuse_path(path)) return *refused;
  const std::string folder = normalize_path(path);
  const Descriptor there(open_guarded(folder, O_PATH | O_DIRECTORY, 0));
  if (there.get() >= 0) return Done{};
  if (errno == ENOENT) {
    SPACE_TRY_STATUS(make_directories(parent_path(folder)));
    // Another process may have been quicker; anything but a directory shows when it is opened.
    if (!failpoint("folder.make", folder) && ::mkdir(folder.c_str(), 0777) == 0) return Done{};
    if (errno != EEXIST) return error_of(errno);
    const Descriptor made(open_guarded(folder, O_PATH | O_DIRECTORY, 0));
    if (made.get() >= 0) return Done{};
  }
  const int failure = errno;
  const FileKind kind = stat(folder).kind;
  if (kind == FileKind::Symlink) return link_in_the_way();
  if (kind == FileKind::Regular || kind == FileKind::Other) {
    return Error{"`" + folder + "` is not a directory", ""};
  }
  return error_of(failure);
}

Status DiskFileSystem::remove(std::string_view path) {
  if (auto refused = refuse_path(path)) return *refused;
  const std::string target = normalize_path(path);
  const Descriptor folder(open_parent(target));
  if (folder.get() < 0) return error_of(errno);
  const std::string name(file_name(target));
  struct ::stat info {};
  if (::fstatat(folder.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) {
    return error_of(errno);
  }
  const int flags = S_ISDIR(info.st_mode) ? AT_REMOVEDIR : 0;
  if (failpoint("file.remove", path) || ::unlinkat(folder.get(), name.c_str(), flags) != 0)
    return error_of(errno);
  return Done{};
}

}  // namespace space::base
