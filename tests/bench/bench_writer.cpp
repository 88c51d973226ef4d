// bench_writer SOURCE TARGET: the bare loop that `spacec build` is measured against. Reads every
// file under SOURCE, then writes the same bytes into the same files under TARGET, and prints how
// many milliseconds the writing took, how many files and how many bytes. No comparing, no temporary
// names, no removing: the least that any builder has to do.
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct File {
  std::string path;
  std::string bytes;
};

bool write_file(const File& file) {
  const int descriptor = open(file.path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (descriptor < 0) return false;
  std::size_t done = 0;
  while (done < file.bytes.size()) {
    const ssize_t wrote = write(descriptor, file.bytes.data() + done, file.bytes.size() - done);
    if (wrote <= 0) break;
    done += static_cast<std::size_t>(wrote);
  }
  return close(descriptor) == 0 && done == file.bytes.size();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: bench_writer SOURCE TARGET\n");
    return 2;
  }
  const fs::path source = argv[1], target = argv[2];
  std::vector<File> files;
  std::vector<fs::path> folders;
  std::size_t bytes = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(source)) {
    const fs::path to = target / fs::relative(entry.path(), source);
    if (entry.is_directory()) folders.push_back(to);
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files.push_back({to.string(), std::string(std::istreambuf_iterator<char>(in), {})});
    bytes += files.back().bytes.size();
  }
  const auto begun = std::chrono::steady_clock::now();
  std::error_code error;
  fs::create_directories(target, error);
  for (const fs::path& folder : folders) fs::create_directory(folder, error);
  for (const File& file : files) {
    if (!write_file(file)) {
      std::fprintf(stderr, "error: cannot write `%s`\n", file.path.c_str());
      return 1;
    }
  }
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
  std::printf("%.3f %zu %zu\n", took.count(), files.size(), bytes);
  return 0;
}
