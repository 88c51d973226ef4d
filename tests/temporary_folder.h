// A folder of its own on the disk for one test, gone with it. Out: its path, and its files by their
// paths inside it. For tests alone.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "core/base/check.h"

namespace space::test {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "space-test-XXXXXX").string();
    SPACE_CHECK(::mkdtemp(pattern.data()) != nullptr, pattern);
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string path(std::string_view inside = {}) const {
    return inside.empty() ? path_.string() : (path_ / inside).string();
  }
  std::string operator/(std::string_view inside) const { return path(inside); }

  void write(std::string_view inside, std::string_view bytes) const {  // makes the parents
    const std::filesystem::path file = path_ / inside;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
  }
  std::string read(std::string_view inside) const {  // "" where there is none
    std::ifstream file(path_ / inside, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  bool has(std::string_view inside) const {  // a broken link counts
    return std::filesystem::exists(std::filesystem::symlink_status(path_ / inside));
  }

 private:
  std::filesystem::path path_;
};

// Stands in another folder until the end of a scope: for what relative paths do.
class WorkingFolder {
 public:
  explicit WorkingFolder(const std::string& path) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(path);
  }
  ~WorkingFolder() {
    std::error_code ignored;
    std::filesystem::current_path(before_, ignored);
  }
  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;

 private:
  std::filesystem::path before_;
};

}  // namespace space::test
