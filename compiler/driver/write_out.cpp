#include "compiler/driver/write_out.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "core/base/check.h"

namespace space::driver {

namespace {

using base::Error;
using base::FileKind;
using base::Status;

constexpr std::string_view k_lock = ".terraform.lock.hcl";
constexpr std::string_view k_data = ".terraform";
constexpr std::string_view k_errored = "errored.tfstate";

// No part of it empty, `.` or `..`: wherever it is joined to a folder, it names something in there.
bool is_inside(std::string_view path) {
  if (path.find('\0') != std::string_view::npos) return false;
  for (;;) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

class Writer {
 public:
  Writer(base::FileSystem& files, const std::string& folder, const emit::EmittedTree& tree,
         Compare mode)
      : files_(files), folder_(folder), tree_(tree), mode_(mode) {}

  base::Result<WriteReport> run() {
    look_at_paths();
    const FileKind top = files_.stat(folder_).kind;
    if (top == FileKind::Symlink)
      return refused(folder_, "it is a symbolic link", "make it a folder of its own");
    if (top == FileKind::Regular || top == FileKind::Other)
      return refused(folder_, "it is not a folder", "");
    if (top == FileKind::Directory) {
      plan_folders();
      SPACE_TRY_STATUS(walk(""));
    }
    SPACE_TRY_STATUS(remove_stale());
    SPACE_TRY_STATUS(write_all());
    return std::move(report_);
  }

 private:
  std::string full(std::string_view path) const {
    return path.empty() ? folder_ : folder_ + "/" + std::string(path);
  }

  static Error refused(std::string_view path, std::string_view why, std::string help) {
    return {"`" + std::string(path) + "` is in the way: " + std::string(why), std::move(help)};
  }

  // Does every path stay in the folder, and does the project's lock file reach the roots?
  void look_at_paths() {
    for (const auto& [path, file] : tree_) {
      SPACE_CHECK(is_inside(path), "a generated path leaves its folder: " + path);
      locked_ = locked_ || base::file_name(path) == k_lock;
    }
  }

  // Every folder that the tree needs.
  void plan_folders() {
    std::string_view last;
    for (const auto& [path, file] : tree_) {
      const std::size_t slash = path.rfind('/');
      const std::string_view parent =
          slash == std::string::npos ? std::string_view() : std::string_view(path).substr(0, slash);
      if (parent == last) continue;
      last = parent;
      need(parent);
    }
  }

  void need(std::string_view folder) {
    while (!folder.empty() && needed_.emplace(folder).second) {
      const std::size_t slash = folder.rfind('/');
      folder = slash == std::string_view::npos ? std::string_view() : folder.substr(0, slash);
    }
  }

  bool is_root(const std::string& folder) const { return tree_.contains(folder + "/terraform.tf"); }

  // README.md at the top, and what tofu itself keeps beside a root that is still generated.
  bool stays(const std::string& parent, const base::DirectoryEntry& entry) const {
    if (parent.empty()) return entry.name == "README.md" && entry.kind == FileKind::Regular;
    if (entry.name == k_errored) return entry.kind == FileKind::Regular && is_root(parent);
    if (entry.name == k_lock) return !locked_ && entry.kind == FileKind::Regular && is_root(parent);
    return entry.name == k_data && entry.kind == FileKind::Directory && is_root(parent);
  }

  Status walk(const std::string& parent) {
    auto entries = files_.list(full(parent));
    if (!entries) return base::cannot("read", full(parent), entries.error());
    for (const base::DirectoryEntry& entry : *entries) {
      std::string path = parent.empty() ? entry.name : parent + "/" + entry.name;
      const bool generated = tree_.contains(path);
      if (!generated && stays(parent, entry)) continue;
      // Where it lies, an apply could save its state nowhere else: nothing here may lose it.
      if (entry.name == k_errored && entry.kind == FileKind::Regular)
        return refused(full(path), "it holds a state that could not be saved",
                       "look what it holds, bring it back, and move it away");
      switch (entry.kind) {
        case FileKind::Regular:
          if (generated) {
            there_.insert(std::move(path));
          } else {
            stale_.push_back(std::move(path));
          }
          break;
        case FileKind::Directory:
          // What tofu kept beside a root that is gone: links and all, none of them followed.
          if (entry.name == k_data && !needed_.contains(path)) {
            SPACE_TRY_STATUS(take_down(path));
            break;
          }
          SPACE_TRY_STATUS(walk(path));
          folders_.insert(std::move(path));
          break;
        case FileKind::Symlink:
          return refused(full(path), "it is a symbolic link",
                         "remove it: links in here are never followed");
        default:
          return refused(full(path), "it is neither a file nor a folder", "remove it");
      }
    }
    return base::Done{};
  }

  Status take_down(const std::string& folder) {
    auto entries = files_.list(full(folder));
    if (!entries) return base::cannot("read", full(folder), entries.error());
    for (const base::DirectoryEntry& entry : *entries) {
      const std::string path = folder + "/" + entry.name;
      if (entry.kind == FileKind::Directory) {
        SPACE_TRY_STATUS(take_down(path));
      } else {
        stale_.push_back(path);
      }
    }
    folders_.insert(folder);
    return base::Done{};
  }

  Status remove_stale() {
    std::ranges::sort(stale_);
    for (const std::string& path : stale_) {
      if (mode_ == Compare::Write) {
        if (auto removed = files_.remove(full(path)); !removed)
          return base::cannot("remove", full(path), removed.error());
      }
    }
    report_.removed = stale_;
    if (mode_ == Compare::Only) return base::Done{};
    // Backwards, so that a folder comes after what lies in it.
    for (auto at = folders_.rbegin(); at != folders_.rend(); ++at) {
      if (needed_.contains(*at)) continue;
      if (auto removed = files_.remove(full(*at)); !removed)
        return base::cannot("remove", full(*at), removed.error());
    }
    return base::Done{};
  }

  // Asks for the size first: what differs in it need not be read.
  base::Result<bool> is_equal(const std::string& path, const emit::EmittedFile& file) const {
    const base::FileStat stat = files_.stat(full(path));
    const bool executable = file.mode == base::FileMode::Executable;
    if (stat.kind != FileKind::Regular || stat.size != file.bytes.size()) return false;
    if (executable ? (stat.mode & 0100U) == 0 : (stat.mode & 0111U) != 0) return false;
    auto bytes = files_.read(full(path));
    if (!bytes) return base::cannot("read", full(path), bytes.error());
    return *bytes == file.bytes;
  }

  Status write_all() {
    std::vector<base::TreeFile> changed;
    changed.reserve(tree_.size());
    report_.written.reserve(tree_.size());
    for (const auto& [path, file] : tree_) {
      if (there_.contains(path)) {
        SPACE_TRY(const bool equal, is_equal(path, file));
        if (equal) {
          ++report_.unchanged;
          continue;
        }
      }
      report_.written.push_back(path);
      changed.push_back({path, file.bytes, file.mode});
    }
    if (mode_ == Compare::Only) return base::Done{};
    return files_.write_tree(folder_, changed);
  }

  base::FileSystem& files_;
  const std::string& folder_;
  const emit::EmittedTree& tree_;
  Compare mode_;
  bool locked_ = false;
  std::set<std::string, std::less<>> needed_;   // folders that the tree needs
  std::set<std::string, std::less<>> folders_;  // folders that are there
  std::set<std::string, std::less<>> there_;    // generated files that are there
  std::vector<std::string> stale_;
  WriteReport report_;
};

}  // namespace

base::Result<WriteReport> write_out(base::FileSystem& files, const std::string& folder,
                                    const emit::EmittedTree& tree, Compare mode) {
  return Writer(files, folder, tree, mode).run();
}

}  // namespace space::driver
