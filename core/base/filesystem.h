// FileSystem: what the programs may do with files. Passed in from main. Paths are UTF-8 with
// forward slashes, relative to the process's working folder or absolute. Disk is the real one;
// Memory is for tests and the compiled-in standard library; Overlay reads through to a lower one
// and keeps writes on top (an editor's unsaved files). Nothing here follows a symbolic link when it
// writes or removes: a link in the way is an error. (Disk guards every part of a relative path and
// the last part of an absolute one.) An Error's message is the reason alone, "it is a directory";
// the caller says what it wanted with which path.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace space::base {

enum class FileKind { Missing, Regular, Directory, Symlink, Other };

struct FileStat {
  FileKind kind = FileKind::Missing;
  std::uint64_t size = 0;
  std::int64_t mtime_ns = 0;  // 0 where the file system has none
  std::int64_t ctime_ns = 0;  // inode change time: catches an edit that sets mtime back
  std::uint64_t inode = 0;
  std::uint32_t mode = 0;  // permission bits
};

struct DirectoryEntry {
  std::string name;
  FileKind kind = FileKind::Regular;
};

enum class FileMode { Plain, Private, Executable };  // 0644, 0600, 0755 before umask

// One file of many. The bytes are the caller's.
struct TreeFile {
  std::string_view path;
  std::string_view bytes;
  FileMode mode = FileMode::Plain;
};

class FileSystem {
 public:
  virtual ~FileSystem() = default;

  virtual FileStat stat(std::string_view path) const = 0;  // does not follow a last symbolic link
  virtual Result<std::string> read(
      std::string_view path) const = 0;  // follows links; an error for what is no file
  // May its owner run it? Follows links, as read does; no for what is no file.
  virtual bool is_executable(std::string_view path) const = 0;
  virtual Result<std::vector<DirectoryEntry>> list(
      std::string_view path) const = 0;  // sorted by name, no . and ..

  virtual Status write(std::string_view path, std::string_view bytes,
                       FileMode mode) = 0;  // temp and rename; parents must be
  virtual Status make_directories(std::string_view path) = 0;
  virtual Status remove(std::string_view path) = 0;  // a file, a link or an empty directory

  // Of many at once, which Disk does on several threads.
  virtual std::vector<FileStat> stat_all(std::span<const std::string> paths) const;
  // As write() for each, and makes the folders they lie in. The paths are normalized, lie below
  // `folder` and are sorted, so that what shares a folder stands together. Of several files that
  // cannot be written the first is reported; of those behind it some may have been written. The
  // message is whole: "cannot write `out/a/b`: it is a directory".
  virtual Status write_tree(const std::string& folder, std::span<const TreeFile> files);
};

class DiskFileSystem final : public FileSystem {
 public:
  FileStat stat(std::string_view path) const override;
  Result<std::string> read(std::string_view path) const override;
  bool is_executable(std::string_view path) const override;
  Result<std::vector<DirectoryEntry>> list(std::string_view path) const override;
  Status write(std::string_view path, std::string_view bytes, FileMode mode) override;
  Status make_directories(std::string_view path) override;
  Status remove(std::string_view path) override;
  std::vector<FileStat> stat_all(std::span<const std::string> paths) const override;
  Status write_tree(const std::string& folder, std::span<const TreeFile> files) override;
};

class MemoryFileSystem final : public FileSystem {
 public:
  void add(std::string_view path, std::string bytes,
           FileMode mode = FileMode::Plain);                    // makes the parents
  void add_symlink(std::string_view path, std::string target);  // read() follows it once
  const std::map<std::string, std::string, std::less<>>& files() const { return files_; }

  FileStat stat(std::string_view path) const override;
  Result<std::string> read(std::string_view path) const override;
  bool is_executable(std::string_view path) const override;
  Result<std::vector<DirectoryEntry>> list(std::string_view path) const override;
  Status write(std::string_view path, std::string_view bytes, FileMode mode) override;
  Status make_directories(std::string_view path) override;
  Status remove(std::string_view path) override;

 private:
  std::string behind_link(std::string_view path) const;  // the key that a link there leads to
  void put(const std::string& key, std::string bytes, FileMode mode);

  std::map<std::string, std::string, std::less<>> files_;  // keyed by normalized path
  std::set<std::string, std::less<>> executables_;         // those of files_ that may be run
  std::map<std::string, std::string, std::less<>> links_;
  std::set<std::string, std::less<>> folders_;  // every folder, but `.` and `/`, which always are
};

class OverlayFileSystem final : public FileSystem {
 public:
  explicit OverlayFileSystem(const FileSystem& lower) : lower_(lower) {}

  FileStat stat(std::string_view path) const override;
  Result<std::string> read(std::string_view path) const override;
  bool is_executable(std::string_view path) const override;
  Result<std::vector<DirectoryEntry>> list(std::string_view path) const override;
  Status write(std::string_view path, std::string_view bytes, FileMode mode) override;
  Status make_directories(std::string_view path) override;
  Status remove(std::string_view path) override;  // only what lies on top

 private:
  const FileSystem& lower_;
  MemoryFileSystem top_;
};

// "cannot write `out/a/b`: it is a directory"
Error cannot(std::string_view verb, std::string_view path, const Error& reason);

// Paths as text. normalize_path folds `.`, `..` and doubled slashes without asking the disk
// ("a/../../b" -> "../b").
std::string normalize_path(std::string_view path);
std::string join_path(std::string_view folder,
                      std::string_view path);    // an absolute `path` wins; normalized
std::string parent_path(std::string_view path);  // "." for a bare name
std::string_view file_name(std::string_view path);
std::string relative_path(std::string_view from_folder,
                          std::string_view to);  // both relative or both absolute

}  // namespace space::base
