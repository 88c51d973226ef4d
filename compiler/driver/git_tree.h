// GitTree: the files of a commit as a file system that only reads, with the paths of the working
// tree: what would stand there after a checkout that nobody makes. In: a repository, a commit. Out:
// files, taken out of git's own store when they are first read; working tree and index are neither
// read nor written. What git never holds (`.space/`, what lies outside the repository) is read from
// the disk, as it is now. git runs with an environment of its own, without hooks or filters.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/filesystem.h"
#include "core/base/result.h"

namespace space::driver {

struct Repository {
  std::string git;                                 // the program
  std::map<std::string, std::string> environment;  // that it gets
  std::string top;                                 // the working tree's folder, absolute
  std::string prefix;                              // from there to the current folder, or "."
};

// Of the current folder. An error where there is no git, or no working tree of its.
base::Result<Repository> find_repository(const std::map<std::string, std::string>& environment);

// The commit of a revision, as 40 or 64 hex digits. `REV...` is the commit at which HEAD left REV.
base::Result<std::string> resolve_commit(const Repository& repository, const std::string& revision);

class GitTree final : public base::FileSystem {
 public:
  static base::Result<std::unique_ptr<GitTree>> open(const Repository& repository,
                                                     const std::string& commit,
                                                     const base::FileSystem& disk);

  // Does it lie in the repository? What does not is read from the disk: a program must not.
  bool encloses(std::string_view path) const;

  base::FileStat stat(std::string_view path) const override;
  base::Result<std::string> read(std::string_view path) const override;
  bool is_executable(std::string_view path) const override;
  base::Result<std::vector<base::DirectoryEntry>> list(std::string_view path) const override;

  base::Status write(std::string_view path, std::string_view bytes, base::FileMode mode) override;
  base::Status make_directories(std::string_view path) override;
  base::Status remove(std::string_view path) override;

 private:
  enum class Kind : std::uint8_t {
    File,
    Executable,
    Link,
    Module
  };  // Module: of another repository
  struct Entry {
    Kind kind = Kind::File;
    std::string object;
  };
  // Where a path leads: into the tree, with links followed, or onto the disk.
  struct Place {
    enum class Where : std::uint8_t { Tree, Disk, Circle } where = Where::Tree;
    std::string path;  // from the top; on the disk, as it was given
  };
  enum class Follow : std::uint8_t { All, Parents };  // may the last part be a link?

  GitTree(Repository repository, const base::FileSystem& disk)
      : repository_(std::move(repository)), disk_(disk) {}

  std::string from_top(std::string_view path) const;
  Place locate(std::string_view path, Follow follow) const;
  bool is_folder(const std::string& path) const;
  base::Result<std::string> bytes_of(const std::string& path) const;
  base::Status load(const std::vector<std::string>& objects) const;

  Repository repository_;
  const base::FileSystem& disk_;
  std::map<std::string, Entry, std::less<>> entries_;   // by path from the top
  mutable std::map<std::string, std::string> objects_;  // what was read
};

}  // namespace space::driver
