#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "core/base/filesystem.h"

using namespace space::base;

namespace {

std::vector<std::string> names(const Result<std::vector<DirectoryEntry>>& entries) {
  std::vector<std::string> list;
  for (const auto& entry : *entries) list.push_back(entry.name);
  return list;
}

}  // namespace

TEST_CASE("memory: files make their folders and list level by level") {
  MemoryFileSystem files;
  files.add("a/b/f", "1");
  files.add("a/g", "2");
  files.add("top", "3");
  files.add("a-b", "4");  // sorts between `a` and `a/`: must not end the listing early
  CHECK(names(files.list(".")) == std::vector<std::string>{"a", "a-b", "top"});
  CHECK(names(files.list("a")) == std::vector<std::string>{"b", "g"});
  CHECK(files.stat("a/b").kind == FileKind::Directory);
  CHECK(files.stat("./a//g").kind == FileKind::Regular);
  CHECK(files.stat("a/g").size == 1);
  CHECK(*files.read("a/x/../b/f") == "1");
  CHECK(files.read("a/b").error().message == "it is a directory");
  CHECK(files.read("no").error().message == "it does not exist");
  CHECK(!files.list("top"));
  CHECK(!files.list("no"));
}

TEST_CASE("memory: absolute paths have a root of their own") {
  MemoryFileSystem files;
  files.add("/etc/f", "1");
  files.add("f", "2");
  CHECK(names(files.list("/")) == std::vector<std::string>{"etc"});
  CHECK(*files.read("/etc/f") == "1");
}

TEST_CASE("memory: writing wants the folder, and no link or folder in the way") {
  MemoryFileSystem files;
  CHECK(files.write("d/f", "1", FileMode::Plain).error().message ==
        "its directory `d` does not exist");
  REQUIRE(files.make_directories("d/e"));
  REQUIRE(files.write("d/f", "1", FileMode::Plain));
  REQUIRE(files.write("d/f", "2", FileMode::Plain));
  CHECK(*files.read("d/f") == "2");
  CHECK(files.write("d/e", "1", FileMode::Plain).error().message == "it is a directory");
  files.add_symlink("d/link", "f");
  CHECK(files.write("d/link", "1", FileMode::Plain).error().message ==
        "a symbolic link is in the way");
  CHECK(*files.read("d/link") == "2");
  CHECK(files.stat("d/link").kind == FileKind::Symlink);
  CHECK(!files.make_directories("d/f/g"));
  CHECK(!files.make_directories("d/link/g"));
}

TEST_CASE("memory and overlay: who may be run is known, through a link too, until it is replaced") {
  MemoryFileSystem lower;
  lower.add("run", "1", FileMode::Executable);
  lower.add("text", "1");
  lower.add_symlink("link", "run");
  CHECK(lower.is_executable("run"));
  CHECK(lower.is_executable("./link"));
  CHECK(lower.stat("run").mode == 0755);
  CHECK_FALSE(lower.is_executable("text"));
  CHECK_FALSE(lower.is_executable("nothing"));
  OverlayFileSystem files(lower);
  CHECK(files.is_executable("run"));
  REQUIRE(files.write("run", "2", FileMode::Plain));
  REQUIRE(files.write("text", "2", FileMode::Executable));
  CHECK_FALSE(files.is_executable("run"));
  CHECK(files.is_executable("text"));
  REQUIRE(lower.remove("run"));
  lower.add("run", "3");
  CHECK_FALSE(lower.is_executable("run"));
}

TEST_CASE("memory: remove takes a file, a link, an empty folder") {
  MemoryFileSystem files;
  files.add("d/f", "1");
  files.add_symlink("d/link", "f");
  CHECK(files.remove("d").error().message == "it is a directory that is not empty");
  REQUIRE(files.remove("d/link"));
  REQUIRE(files.remove("d/f"));
  CHECK(files.stat("d").kind == FileKind::Directory);
  REQUIRE(files.remove("d"));
  CHECK(files.stat("d").kind == FileKind::Missing);
  CHECK(!files.remove("d"));
}

TEST_CASE("overlay: what lies on top wins, the lower one is never written") {
  MemoryFileSystem lower;
  lower.add("d/f", "disk");
  lower.add("d/g", "disk");
  OverlayFileSystem overlay(lower);
  CHECK(*overlay.read("d/f") == "disk");
  REQUIRE(overlay.write("d/f", "unsaved", FileMode::Plain));
  REQUIRE(overlay.write("d/new", "unsaved", FileMode::Plain));
  CHECK(*overlay.read("d/f") == "unsaved");
  CHECK(*overlay.read("d/g") == "disk");
  CHECK(*lower.read("d/f") == "disk");
  CHECK(names(overlay.list("d")) == std::vector<std::string>{"f", "g", "new"});
  CHECK(overlay.stat("d/f").size == 7);
  REQUIRE(overlay.remove("d/f"));
  CHECK(*overlay.read("d/f") == "disk");
  CHECK(!overlay.remove("d/g"));  // only what lies on top
}

TEST_CASE("overlay: folders made on top can be written into") {
  MemoryFileSystem lower;
  lower.add("f", "");
  OverlayFileSystem overlay(lower);
  CHECK(!overlay.write("x/y", "", FileMode::Plain));
  REQUIRE(overlay.make_directories("x"));
  REQUIRE(overlay.write("x/y", "1", FileMode::Plain));
  CHECK(names(overlay.list(".")) == std::vector<std::string>{"f", "x"});
  CHECK(!overlay.make_directories("f/z"));
  CHECK(!overlay.list("no"));
}
