#include <catch2/catch.hpp>

#include "core/base/filesystem.h"

using namespace space::base;

TEST_CASE("normalize_path folds without asking the disk") {
  CHECK(normalize_path("a/../../b") == "../b");
  CHECK(normalize_path("a//b/./c/") == "a/b/c");
  CHECK(normalize_path("") == ".");
  CHECK(normalize_path(".") == ".");
  CHECK(normalize_path("a/..") == ".");
  CHECK(normalize_path("../..") == "../..");
  CHECK(normalize_path("../a/../..") == "../..");
  CHECK(normalize_path("/") == "/");
  CHECK(normalize_path("//") == "/");
  CHECK(normalize_path("/..") == "/");
  CHECK(normalize_path("/../a/../b") == "/b");
  CHECK(normalize_path("...") == "...");
}

TEST_CASE("join_path") {
  CHECK(join_path("a/b", "c") == "a/b/c");
  CHECK(join_path("a/b", "../c") == "a/c");
  CHECK(join_path("a", "/c") == "/c");
  CHECK(join_path("", "c") == "c");
  CHECK(join_path(".", "c") == "c");
  CHECK(join_path("/", "c") == "/c");
  CHECK(join_path("a", "") == "a");
  CHECK(join_path("", "") == ".");
}

TEST_CASE("parent_path and file_name") {
  CHECK(parent_path("a") == ".");
  CHECK(parent_path("a/b") == "a");
  CHECK(parent_path("a/b/") == "a");
  CHECK(parent_path("a//b") == "a");
  CHECK(parent_path("/a") == "/");
  CHECK(parent_path("/") == "/");
  CHECK(parent_path("") == ".");
  CHECK(file_name("a") == "a");
  CHECK(file_name("a/b") == "b");
  CHECK(file_name("a/b/") == "b");
  CHECK(file_name("/") == "/");
  CHECK(file_name("").empty());
}

TEST_CASE("relative_path leads from a folder to a path") {
  CHECK(relative_path("a/b", "a/b/c") == "c");
  CHECK(relative_path("a/b", "a/c/d") == "../c/d");
  CHECK(relative_path("a", "a") == ".");
  CHECK(relative_path(".", "a/b") == "a/b");
  CHECK(relative_path("a/b", ".") == "../..");
  CHECK(relative_path("/x/y", "/x/z") == "../z");
  CHECK(relative_path("/", "/a") == "a");
  CHECK(relative_path("/a/b", "/") == "../..");
  CHECK(relative_path("ab", "abc") == "../abc");  // whole parts are compared
  CHECK(relative_path("../a", "../b") == "../b");
  CHECK(relative_path("a/./b/../c", "a/c/d/../e") == "e");
  CHECK(join_path("a/b", relative_path("a/b", "x/y")) == "x/y");
}

TEST_CASE("relative_path answers the target where no way back is known") {
  CHECK(relative_path("../..", "a") == "a");
}
