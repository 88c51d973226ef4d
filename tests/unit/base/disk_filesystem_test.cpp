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

std::vector<std::string> names(const std::vector<DirectoryEntry>& entries) {
  std::vector<std::string> list;
  for (const auto& entry : entries) list.push_back(entry.name);
  return list;
}

std::string message(const Status& status) { return status ? "" : status.error().message; }

}  // namespace

TEST_CASE("a written file reads back, new and replaced") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  const std::string bytes("a\0b\r\n\xFF", 6);
  REQUIRE(disk.write(folder / "f", bytes, FileMode::Plain));
  CHECK(*disk.read(folder / "f") == bytes);
  const std::string more(300'000, 'x');
  REQUIRE(disk.write(folder / "f", more, FileMode::Plain));
  CHECK(*disk.read(folder / "f") == more);
  REQUIRE(disk.write(folder / "f", "", FileMode::Plain));
  CHECK(disk.read(folder / "f")->empty());
  CHECK(names(*disk.list(folder.path())) ==
        std::vector<std::string>{"f"});  // nothing temporary stays
}

TEST_CASE("replacing makes a new file: who has the old one open keeps it") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  REQUIRE(disk.write(folder / "f", "old", FileMode::Plain));
  std::filesystem::create_hard_link(folder / "f", folder / "kept");
  REQUIRE(disk.write(folder / "f", "new", FileMode::Plain));
  CHECK(*disk.read(folder / "kept") == "old");
  CHECK(disk.stat(folder / "f").inode != disk.stat(folder / "kept").inode);
}

TEST_CASE("modes hold for new and for replaced files") {
  const TemporaryFolder folder;
  const mode_t before = ::umask(022);
  DiskFileSystem disk;
  REQUIRE(disk.write(folder / "f", "", FileMode::Plain));
  CHECK(disk.stat(folder / "f").mode == 0644);
  REQUIRE(disk.write(folder / "f", "", FileMode::Private));
  CHECK(disk.stat(folder / "f").mode == 0600);
  REQUIRE(disk.write(folder / "g", "", FileMode::Executable));
  CHECK(disk.stat(folder / "g").mode == 0755);
  ::umask(before);
}

TEST_CASE("is_executable asks the file that a link leads to, and of files alone") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  REQUIRE(disk.write(folder / "run", "1", FileMode::Executable));
  REQUIRE(disk.write(folder / "text", "1", FileMode::Plain));
  std::filesystem::create_symlink("run", folder / "to-run");
  std::filesystem::create_symlink("text", folder / "to-text");
  std::filesystem::create_directory(folder / "folder");
  CHECK(disk.is_executable(folder / "run"));
  CHECK(disk.is_executable(folder / "to-run"));
  for (const char* name : {"text", "to-text", "folder", "nothing"}) {
    INFO(name);
    CHECK_FALSE(disk.is_executable(folder / name));
  }
}

TEST_CASE("no link is written through, wherever it points") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  REQUIRE(disk.write(folder / "outside", "mine", FileMode::Plain));
  for (const char* target : {"outside", "missing", "."}) {
    CAPTURE(target);
    std::filesystem::create_symlink(target, folder / "link");
    CHECK(message(disk.write(folder / "link", "yours", FileMode::Plain)) ==
          "a symbolic link is in the way");
    CHECK(disk.stat(folder / "link").kind == FileKind::Symlink);
    CHECK(disk.stat(folder / "missing").kind == FileKind::Missing);
    REQUIRE(disk.remove(folder / "link"));  // the link goes, its target stays
  }
  CHECK(*disk.read(folder / "outside") == "mine");
}

TEST_CASE("a link above a relative path is refused by write, make_directories and remove") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  REQUIRE(disk.make_directories(folder / "elsewhere/deep"));
  REQUIRE(disk.write(folder / "elsewhere/f", "mine", FileMode::Plain));
  std::filesystem::create_directory(folder / "out");
  std::filesystem::create_symlink("../elsewhere", folder / "out/link");
  const WorkingFolder here(folder.path());
  const std::string refusal = "a symbolic link is in the way";
  CHECK(message(disk.write("out/link/new", "x", FileMode::Plain)) == refusal);
  CHECK(message(disk.write("out/link/f", "x", FileMode::Plain)) == refusal);
  CHECK(message(disk.make_directories("out/link/a/b")) == refusal);
  CHECK(message(disk.make_directories("out/link")) == refusal);
  CHECK(message(disk.remove("out/link/f")) == refusal);
  CHECK(*disk.read("elsewhere/f") == "mine");
  CHECK(names(*disk.list("elsewhere")) == std::vector<std::string>{"deep", "f"});
}

TEST_CASE("write says why it cannot") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  REQUIRE(disk.make_directories(folder / "d"));
  REQUIRE(disk.write(folder / "f", "", FileMode::Plain));
  CHECK(message(disk.write(folder / "d", "", FileMode::Plain)) == "it is a directory");
  CHECK(message(disk.write(folder / "f/g", "", FileMode::Plain)) ==
        "a part of its path is not a directory");
  CHECK(message(disk.write(folder / "no/g", "", FileMode::Plain)) ==
        "its directory `" + folder.path() + "/no` does not exist");
  CHECK(message(disk.write("", "", FileMode::Plain)) == "the path is empty");
  CHECK(message(disk.write(std::string_view("a\0b", 3), "", FileMode::Plain)) ==
        "the path holds a NUL byte");
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK(message(disk.write(folder / "pipe", "", FileMode::Plain)) ==
        "it is neither a file nor a directory");
}

TEST_CASE("read takes files alone and says why") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  CHECK(disk.read(folder / "no").error().message == "it does not exist");
  CHECK(disk.read(folder.path()).error().message == "it is a directory");
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK(disk.read(folder / "pipe").error().message == "it is neither a file nor a directory");
  std::filesystem::create_symlink("loop", folder / "loop");
  CHECK(disk.read(folder / "loop").error().message == "its symbolic links lead in a circle");
  REQUIRE(disk.write(folder / "f", "text", FileMode::Plain));
  std::filesystem::create_symlink("f", folder / "link");
  CHECK(*disk.read(folder / "link") == "text");
  CHECK(!disk.read("/proc/self/status")->empty());  // its size is 0
}

TEST_CASE("stat and list tell kinds and do not follow links") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  REQUIRE(disk.write(folder / "b", "12345", FileMode::Plain));
  REQUIRE(disk.make_directories(folder / "a/deep"));
  std::filesystem::create_symlink("b", folder / "c");
  const auto entries = disk.list(folder.path());
  REQUIRE(entries);
  REQUIRE(names(*entries) == std::vector<std::string>{"a", "b", "c"});
  CHECK((*entries)[0].kind == FileKind::Directory);
  CHECK((*entries)[1].kind == FileKind::Regular);
  CHECK((*entries)[2].kind == FileKind::Symlink);
  const FileStat stat = disk.stat(folder / "b");
  CHECK(stat.kind == FileKind::Regular);
  CHECK(stat.size == 5);
  CHECK(stat.mtime_ns > 0);
  CHECK(stat.ctime_ns > 0);
  CHECK(disk.stat(folder / "c").kind == FileKind::Symlink);
  CHECK(disk.stat(folder / "no").kind == FileKind::Missing);
  CHECK(disk.list(folder / "no").error().message == "it does not exist");
}

TEST_CASE("make_directories and remove") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  REQUIRE(disk.make_directories(folder / "a/b/../c//d"));
  CHECK(disk.stat(folder / "a/c/d").kind == FileKind::Directory);
  REQUIRE(disk.make_directories(folder / "a/c/d"));
  REQUIRE(disk.write(folder / "f", "", FileMode::Plain));
  CHECK(message(disk.make_directories(folder / "f")) ==
        "`" + folder.path() + "/f` is not a directory");
  CHECK(!disk.make_directories(folder / "f/g"));
  CHECK(message(disk.remove(folder / "a")) == "it is a directory that is not empty");
  REQUIRE(disk.remove(folder / "a/c/d"));
  CHECK(disk.stat(folder / "a/c/d").kind == FileKind::Missing);
  CHECK(message(disk.remove(folder / "no")) == "it does not exist");
}
