#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "core/base/filesystem.h"

namespace space::base {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }
  // Some file systems tell of a failed write at close only.
  int close_now() { return ::close(std::exchange(number_, -1)); }

 private:
  int number_;
};

Error link_in_the_way() {
  return {"a symbolic link is in the way", "remove the link: links are never written through"};
}

Error error_of(int number) {
  switch (number) {
    case ENOENT:
      return {"it does not exist", ""};
    case EISDIR:
      return {"it is a directory", ""};
    case ENOTDIR:
      return {"a part of its path is not a directory", ""};
    case ENOTEMPTY:
      return {"it is a directory that is not empty", ""};
    case EACCES:
      return {"permission denied", ""};
    case ELOOP:
      return link_in_the_way();
    default:
      break;
  }
  std::string text = std::generic_category().message(number);
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') {
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  }
  return {std::move(text), ""};
}

std::optional<Error> refuse_path(std::string_view path) {
  if (path.empty()) return Error{"the path is empty", ""};
  if (path.find('\0') != std::string_view::npos) return Error{"the path holds a NUL byte", ""};
  return std::nullopt;
}

FileKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::Regular;
  if (S_ISDIR(mode)) return FileKind::Directory;
  if (S_ISLNK(mode)) return FileKind::Symlink;
  return FileKind::Other;
}

std::string_view kind_words(FileKind kind) {
  switch (kind) {
    case FileKind::Missing:
      return "it does not exist";
    case FileKind::Regular:
      return "it is a file";
    case FileKind::Directory:
      return "it is a directory";
    case FileKind::Symlink:
      return "it is a symbolic link";
    case FileKind::Other:
      return "it is neither a file nor a directory";
  }
  return "";
}

bool has_link_above(const std::string& path) {
  struct ::stat info {};
  for (std::size_t at = path.find('/'); at != std::string::npos; at = path.find('/', at + 1)) {
    if (::lstat(path.substr(0, at).c_str(), &info) == 0 && S_ISLNK(info.st_mode)) return true;
  }
  return false;
}

// Opens without passing through any link of a relative path, in one system call where the kernel
// has openat2 (5.6). Of an absolute path the last part alone is guarded: what leads to the user's
// folders may well be a link.
int open_guarded(const std::string& path, int flags, mode_t mode) {
  flags |= O_CLOEXEC | O_NOFOLLOW;
  if (path.front() != '/') {
    open_how how{};
    how.flags = static_cast<std::uint64_t>(flags);
    how.mode = mode;
    how.resolve = RESOLVE_NO_SYMLINKS;
    const long opened = ::syscall(SYS_openat2, AT_FDCWD, path.c_str(), &how, sizeof how);
    if (opened >= 0 || (errno != ENOSYS && errno != EPERM)) return static_cast<int>(opened);
    if (has_link_above(path)) {
      errno = ELOOP;
      return -1;
    }
  }
  return ::open(path.c_str(), flags, mode);
}

// The folder that holds `path`.
int open_parent(const std::string& path) {
  const std::string parent = parent_path(path);
  if (parent.front() == '/') return ::open(parent.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  const int opened = open_guarded(parent, O_PATH | O_DIRECTORY, 0);
  // Asked for a directory, the kernel calls a link in the last place no directory.
  struct ::stat info {};
  if (opened < 0 && errno == ENOTDIR) {
    const bool link = ::lstat(parent.c_str(), &info) == 0 && S_ISLNK(info.st_mode);
    errno = link ? ELOOP : ENOTDIR;
  }
  return opened;
}

mode_t mode_bits(FileMode mode) {
  switch (mode) {
    case FileMode::Plain:
      return 0644;
    case FileMode::Private:
      return 0600;
    case FileMode::Executable:
      return 0755;
  }
  return 0600;
}

Status write_and_close(Descriptor& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return error_of(errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  if (file.close_now() != 0 && errno != EINTR) return error_of(errno);
  return Done{};
}

// The target is there: a new file beside it takes its place in one step, so that a reader sees the
// old or the new.
Status replace_file(const std::string& path, std::string_view bytes, FileMode mode) {
  const Descriptor folder(open_parent(path));
  if (folder.get() < 0) return error_of(errno);
  const std::string name(file_name(path));
  struct ::stat info {};
  if (::fstatat(folder.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0) {
    const FileKind kind = kind_of(info.st_mode);
    if (kind == FileKind::Symlink) return link_in_the_way();
    if (kind != FileKind::Regular) return Error{std::string(kind_words(kind)), ""};
  }
  std::string temporary;
  int opened = -1;
  for (int attempt = 0; opened < 0 && attempt < 1000; ++attempt) {
    temporary = ".space-" + std::to_string(::getpid()) + "-" + std::to_string(attempt) + ".tmp";
    opened = ::openat(folder.get(), temporary.c_str(),
                      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_bits(mode));
    if (opened < 0 && errno != EEXIST) return error_of(errno);
  }
  if (opened < 0) return error_of(EEXIST);
  Descriptor file(opened);
  Status written = write_and_close(file, bytes);
  if (written && ::renameat(folder.get(), temporary.c_str(), folder.get(), name.c_str()) != 0) {
    written = error_of(errno);
  }
  if (!written) ::unlinkat(folder.get(), temporary.c_str(), 0);
  return written;
}

}  // namespace

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
  Descriptor file(open_guarded(target, O_WRONLY | O_CREAT | O_EXCL, mode_bits(mode)));
  if (file.get() < 0 && errno == EEXIST) return replace_file(target, bytes, mode);
  if (file.get() < 0 && errno == ENOENT) {
    return Error{"its directory `" + parent_path(path) + "` does not exist", ""};
  }
  if (file.get() < 0) return error_of(errno);
  Status written = write_and_close(file, bytes);
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
    if (::mkdir(folder.c_str(), 0777) == 0) return Done{};
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
  if (::unlinkat(folder.get(), name.c_str(), flags) != 0) return error_of(errno);
  return Done{};
}

}  // namespace space::base
