#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "core/base/filesystem.h"
#include "tests/temporary_folder.h"

using namespace space::base;
using space::test::TemporaryFolder;
using space::test::WorkingFolder;

namespace {

// Many enough to be written on several threads: 3,000 files in 600 folders, in order.
struct Many {
  std::vector<std::string> paths;
  std::vector<TreeFile> files;

  Many() {
    for (int folder = 100; folder < 700; ++folder) {
      for (int file = 0; file < 5; ++file) {
        paths.push_back("d" + std::to_string(folder / 100) + "/e" + std::to_string(folder) + "/f" +
                        std::to_string(file));
      }
    }
    for (const std::string& path : paths) files.push_back({path, path, FileMode::Plain});
  }
};

std::string message(const Status& status) { return status ? "" : status.error().message; }

}  // namespace

TEST_CASE("a tree of files is written with its folders") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  const std::vector<TreeFile> files = {{"a", "1", FileMode::Plain},
                                       {"b/c/d", "2", FileMode::Private},
                                       {"b/c-d/e", "3", FileMode::Executable},
                                       {"b/cd", "4", FileMode::Plain},
                                       {"c/b/c/d", "", FileMode::Plain}};
  const mode_t before = ::umask(022);
  REQUIRE(message(disk.write_tree(folder / "new/out", files)) == "");
  ::umask(before);
  for (const TreeFile& file : files) {
    CHECK(*disk.read(folder / ("new/out/" + std::string(file.path))) == file.bytes);
  }
  CHECK(disk.stat(folder / "new/out/b/c/d").mode == 0600);
  CHECK(disk.stat(folder / "new/out/b/c-d/e").mode == 0755);
}

TEST_CASE("a large tree is written whole, and stat_all says of each what stat says") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  const Many many;
  REQUIRE(message(disk.write_tree(folder / "out", many.files)) == "");
  std::vector<std::string> paths;
  for (const std::string& path : many.paths) paths.push_back(folder / ("out/" + path));
  paths.push_back(folder / "out/d1");
  paths.push_back(folder / "out/none");
  const std::vector<FileStat> states = disk.stat_all(paths);
  REQUIRE(states.size() == paths.size());
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const FileStat one = disk.stat(paths[i]);
    REQUIRE(states[i].kind == one.kind);
    REQUIRE(states[i].inode == one.inode);
    REQUIRE(states[i].ctime_ns == one.ctime_ns);
  }
  for (const TreeFile& file : many.files) {
    REQUIRE(*disk.read(folder / ("out/" + std::string(file.path))) == file.bytes);
  }
  CHECK(states.back().kind == FileKind::Missing);
}

TEST_CASE("a file of a tree that is there is replaced by a new one") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  REQUIRE(disk.write_tree(folder / "out", std::vector<TreeFile>{{"a/b", "old", FileMode::Plain}}));
  std::filesystem::create_hard_link(folder / "out/a/b", folder / "kept");
  REQUIRE(disk.write_tree(folder / "out", std::vector<TreeFile>{{"a/b", "new", FileMode::Plain}}));
  CHECK(*disk.read(folder / "out/a/b") == "new");
  CHECK(*disk.read(folder / "kept") == "old");
  CHECK(disk.list(folder / "out/a")->size() == 1);  // nothing temporary stays
}

TEST_CASE("no link below the folder of a tree is followed, be its path absolute or relative") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  REQUIRE(disk.make_directories(folder / "elsewhere"));
  REQUIRE(disk.write(folder / "elsewhere/f", "mine", FileMode::Plain));
  REQUIRE(disk.make_directories(folder / "out/a"));
  std::filesystem::create_symlink("../../elsewhere", folder / "out/a/link");
  std::filesystem::create_symlink("../../elsewhere/f", folder / "out/a/file");
  std::filesystem::create_symlink("../../elsewhere/none", folder / "out/a/none");
  std::filesystem::create_symlink("elsewhere", folder / "top");
  const WorkingFolder here(folder.path());
  for (const std::string& out : {std::string("out"), folder / "out"}) {
    const auto refusal = [&](std::string_view path) {
      return message(disk.write_tree(out, std::vector<TreeFile>{{path, "x", FileMode::Plain}}));
    };
    const std::string reason = "`: a symbolic link is in the way";
    CHECK(refusal("a/link/f") == "cannot make `" + out + "/a/link" + reason);
    CHECK(refusal("a/link/new/f") == "cannot make `" + out + "/a/link" + reason);
    CHECK(refusal("a/file") == "cannot write `" + out + "/a/file" + reason);
    CHECK(refusal("a/none") == "cannot write `" + out + "/a/none" + reason);
  }
  const std::vector<TreeFile> one = {{"f", "x", FileMode::Plain}};
  CHECK(message(disk.write_tree("top", one)) != "");
  CHECK(message(disk.write_tree(folder / "top", one)) != "");
  CHECK(message(disk.write_tree("top/deep", one)) != "");
  CHECK(*disk.read("elsewhere/f") == "mine");
  CHECK(disk.list("elsewhere")->size() == 1);
}

TEST_CASE("of the files of a tree that cannot be written the first is reported") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  const Many many;
  REQUIRE(disk.make_directories(folder / "out/d2/e299/f4"));
  REQUIRE(disk.make_directories(folder / "out/d6/e699/f4"));
  CHECK(message(disk.write_tree(folder / "out", many.files)) ==
        "cannot write `" + (folder / "out/d2/e299/f4") + "`: it is a directory");
  CHECK(*disk.read(folder / "out/d2/e299/f3") == "d2/e299/f3");
}

TEST_CASE("a tree in memory is written as on disk") {
  MemoryFileSystem memory;
  const Many many;
  REQUIRE(message(memory.write_tree("out", many.files)) == "");
  CHECK(memory.files().size() == many.files.size());
  memory.add("out/x/y", "1");
  CHECK(message(memory.write_tree("out", std::vector<TreeFile>{{"x", "", FileMode::Plain}})) ==
        "cannot write `out/x`: it is a directory");
  CHECK(message(memory.write_tree("out", std::vector<TreeFile>{{"x/y/z", "", FileMode::Plain}})) ==
        "cannot make `out/x/y`: `out/x/y` is not a directory");
}
