// Writing a whole tree: folder by folder from the top down, each step relative to the folder above,
// which is held open. So no path is looked up twice, nothing is asked of folders before they are
// made, and a link that somebody puts in the way meanwhile leads nowhere.
#include <algorithm>
#include <vector>

#include "core/base/disk_calls.h"
#include "core/base/shares.h"

namespace space::base {

using namespace disk;  // what it is made of

namespace {

class Descent {
 public:
  Descent(const std::string& name, int top) : name_(name), top_(top) {}

  // The folder `path` below the top, made where it is missing; "" is the top. It stays open until
  // the next call.
  Result<int> enter(std::string_view path) {
    while (!steps_.empty() && !is_below(path, steps_.back().path)) steps_.pop_back();
    for (std::size_t at = depth(); at < path.size(); at = depth()) {
      const std::size_t begin = at == 0 ? 0 : at + 1;  // behind the slash
      const std::size_t end = std::min(path.find('/', begin), path.size());
      SPACE_TRY(const int made,
                make(std::string(path.substr(begin, end - begin)), path.substr(0, end)));
      steps_.push_back({path.substr(0, end), Descriptor(made)});
    }
    return here();
  }

 private:
  struct Step {
    std::string_view path;  // below the top; into the path of a file
    Descriptor folder;
  };

  static bool is_below(std::string_view path, std::string_view folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
  }

  std::size_t depth() const { return steps_.empty() ? 0 : steps_.back().path.size(); }
  int here() const { return steps_.empty() ? top_ : steps_.back().folder.get(); }

  Result<int> make(const std::string& name, std::string_view path) const {
    const auto failed = [&](const Error& reason) {
      return cannot("make", join_path(name_, path), reason);
    };
    if (::mkdirat(here(), name.c_str(), 0777) != 0 && errno != EEXIST) {
      return failed(error_of(errno));
    }
    const int opened =
        ::openat(here(), name.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (opened >= 0) return opened;
    const int failure = errno;
    struct ::stat info {};
    if (::fstatat(here(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) {
      return failed(error_of(failure));
    }
    const FileKind kind = kind_of(info.st_mode);
    if (kind == FileKind::Symlink) return failed(link_in_the_way());
    if (kind != FileKind::Directory) return failed({std::string(kind_words(kind)), ""});
    return failed(error_of(failure));
  }

  const std::string& name_;  // of the top, for messages
  int top_;
  std::vector<Step> steps_;
};

Status write_file(int folder, const std::string& name, const TreeFile& file) {
  Descriptor fresh(::openat(folder, name.c_str(),
                            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                            mode_bits(file.mode)));
  if (fresh.get() < 0 && errno == EEXIST) return replace_file(folder, name, file.bytes, file.mode);
  if (fresh.get() < 0) return error_of(errno);
  Status written = write_and_close(fresh, file.bytes);
  if (!written) ::unlinkat(folder, name.c_str(), 0);
  return written;
}

Status write_share(const std::string& folder, int top, std::span<const TreeFile> files) {
  Descent descent(folder, top);
  for (const TreeFile& file : files) {
    const std::size_t slash = file.path.rfind('/');
    const bool at_top = slash == std::string_view::npos;
    SPACE_TRY(const int parent,
              descent.enter(at_top ? std::string_view() : file.path.substr(0, slash)));
    const std::string name(at_top ? file.path : file.path.substr(slash + 1));
    if (auto written = write_file(parent, name, file); !written) {
      return cannot("write", join_path(folder, file.path), written.error());
    }
  }
  return Done{};
}

}  // namespace

Status DiskFileSystem::write_tree(const std::string& folder, std::span<const TreeFile> files) {
  if (files.empty()) return Done{};
  if (auto made = make_directories(folder); !made) return cannot("make", folder, made.error());
  const Descriptor top(open_guarded(folder, O_PATH | O_DIRECTORY, 0));
  if (top.get() < 0) return cannot("open", folder, error_of(errno));
  // Two shares may meet in one folder: both make it, and whoever comes second finds it made.
  const std::vector<Status> outcomes =
      in_shares(files.size(), k_least_share, [&](std::size_t begin, std::size_t end) {
        return write_share(folder, top.get(), files.subspan(begin, end - begin));
      });
  for (const Status& outcome : outcomes) {
    if (!outcome) return outcome;
  }
  return Done{};
}

}  // namespace space::base
