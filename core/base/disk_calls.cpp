#include "core/base/disk_calls.h"

#include <linux/openat2.h>
#include <sys/syscall.h>

#include <system_error>

#include "core/base/failpoint.h"

namespace space::base::disk {

namespace {

bool has_link_above(const std::string& path) {
  struct ::stat info {};
  for (std::size_t at = path.find('/'); at != std::string::npos; at = path.find('/', at + 1)) {
    if (::lstat(path.substr(0, at).c_str(), &info) == 0 && S_ISLNK(info.st_mode)) return true;
  }
  return false;
}

}  // namespace

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

Status replace_file(int folder, const std::string& name, std::string_view bytes, FileMode mode) {
  struct ::stat info {};
  if (::fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0) {
    const FileKind kind = kind_of(info.st_mode);
    if (kind == FileKind::Symlink) return link_in_the_way();
    if (kind != FileKind::Regular) return Error{std::string(kind_words(kind)), ""};
  }
  std::string temporary;
  int opened = -1;
  for (int attempt = 0; opened < 0 && attempt < 1000; ++attempt) {
    temporary = ".space-" + std::to_string(::getpid()) + "-" + std::to_string(attempt) + ".tmp";
    opened = failpoint("file.open", name)
                 ? -1
                 : ::openat(folder, temporary.c_str(),
                            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_bits(mode));
    if (opened < 0 && errno != EEXIST) return error_of(errno);
  }
  if (opened < 0) return error_of(EEXIST);
  Descriptor file(opened);
  Status written = failpoint("file.write", name) ? error_of(errno) : write_and_close(file, bytes);
  if (written && (failpoint("file.rename", name) ||
                  ::renameat(folder, temporary.c_str(), folder, name.c_str()) != 0)) {
    written = error_of(errno);
  }
  if (!written) ::unlinkat(folder, temporary.c_str(), 0);
  killpoint("file.renamed", name);
  return written;
}

}  // namespace space::base::disk
