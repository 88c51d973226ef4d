#include "tests/unit/driver/temporary_folder.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/base/check.h"

namespace space::driver::test {

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "driver-XXXXXX").string();
  SPACE_CHECK(::mkdtemp(pattern.data()) != nullptr, pattern);
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::path(std::string_view inside) const {
  return inside.empty() ? path_.string() : (path_ / inside).string();
}

void TemporaryFolder::write(std::string_view inside, std::string_view bytes) const {
  const std::filesystem::path file = path_ / inside;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

std::string TemporaryFolder::read(std::string_view inside) const {
  std::ifstream file(path_ / inside, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool TemporaryFolder::has(std::string_view inside) const {
  return std::filesystem::exists(std::filesystem::symlink_status(path_ / inside));
}

}  // namespace space::driver::test
