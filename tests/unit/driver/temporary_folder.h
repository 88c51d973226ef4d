// A folder on disk that goes with the test.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace space::driver::test {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string path(std::string_view inside = {}) const;
  void write(std::string_view inside, std::string_view bytes) const;  // makes the parents
  std::string read(std::string_view inside) const;
  bool has(std::string_view inside) const;  // a broken link counts

 private:
  std::filesystem::path path_;
};

}  // namespace space::driver::test
