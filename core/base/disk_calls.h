// What DiskFileSystem is made of: descriptors that close themselves, system calls that follow no
// link, errno in words. In: paths that hold no NUL. Out: descriptors, or -1 and errno, as the calls
// themselves; Status where bytes are written. Not for other rooms.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/filesystem.h"

namespace space::base::disk {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }
  // Some file systems tell of a failed write at close only.
  int close_now() { return ::close(std::exchange(number_, -1)); }

 private:
  int number_;
};

// Below so many files a thread costs more than it saves.
inline constexpr std::size_t k_least_share = 512;

Error link_in_the_way();
Error error_of(int number);  // an errno
std::optional<Error> refuse_path(std::string_view path);

FileKind kind_of(mode_t mode);
std::string_view kind_words(FileKind kind);

// Opens without passing through any link of a relative path, in one system call where the kernel
// has openat2 (5.6). Of an absolute path the last part alone is guarded: what leads to the user's
// folders may well be a link.
int open_guarded(const std::string& path, int flags, mode_t mode);

// The folder that holds `path`.
int open_parent(const std::string& path);

mode_t mode_bits(FileMode mode);

Status write_and_close(Descriptor& file, std::string_view bytes);

// `name` in `folder` is there: a new file beside it takes its place in one step, so that a reader
// sees the old or the new.
Status replace_file(int folder, const std::string& name, std::string_view bytes, FileMode mode);

}  // namespace space::base::disk
