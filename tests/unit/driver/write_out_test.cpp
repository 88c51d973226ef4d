#include "compiler/driver/write_out.h"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/temporary_folder.h"

namespace {

using namespace space;
using base::FileMode;
using driver::Compare;
using test::TemporaryFolder;
using Paths = std::vector<std::string>;

emit::EmittedTree tree_of(std::map<std::string, std::string> files) {
  emit::EmittedTree tree;
  for (auto& [path, bytes] : files) tree[path] = {bytes, FileMode::Plain, ""};
  return tree;
}

// A file system that counts what is changed through it.
class Counting final : public base::FileSystem {
 public:
  base::FileStat stat(std::string_view path) const override { return disk_.stat(path); }
  base::Result<std::string> read(std::string_view path) const override { return disk_.read(path); }
  bool is_executable(std::string_view path) const override { return disk_.is_executable(path); }
  base::Result<std::vector<base::DirectoryEntry>> list(std::string_view path) const override {
    return disk_.list(path);
  }
  base::Status write(std::string_view path, std::string_view bytes, FileMode mode) override {
    ++changes;
    return disk_.write(path, bytes, mode);
  }
  base::Status make_directories(std::string_view path) override {
    ++changes;
    return disk_.make_directories(path);
  }
  base::Status remove(std::string_view path) override {
    ++changes;
    return disk_.remove(path);
  }

  int changes = 0;

 private:
  base::DiskFileSystem disk_;
};

driver::WriteReport write(const TemporaryFolder& folder, const emit::EmittedTree& tree,
                          Compare mode = Compare::Write) {
  base::DiskFileSystem disk;
  auto report = driver::write_out(disk, folder.path("out"), tree, mode);
  INFO((report ? std::string() : report.error().message));
  REQUIRE(report.has_value());
  return *report;
}

std::string refusal(const TemporaryFolder& folder, const emit::EmittedTree& tree) {
  base::DiskFileSystem disk;
  auto report = driver::write_out(disk, folder.path("out"), tree, Compare::Write);
  REQUIRE_FALSE(report.has_value());
  return report.error().message;
}

}  // namespace

TEST_CASE("a first build writes everything, a second one nothing") {
  const TemporaryFolder folder;
  auto tree = tree_of({{"run-plan.json", "{}\n"}, {"prod/a/b/main.tf", "x\n"}});
  tree["prod/a/b/manage.sh"] = {"#!/bin/sh\n", FileMode::Executable, ""};
  CHECK(write(folder, tree).written ==
        Paths{"prod/a/b/main.tf", "prod/a/b/manage.sh", "run-plan.json"});
  CHECK(folder.read("out/prod/a/b/main.tf") == "x\n");
  CHECK(::access(folder.path("out/prod/a/b/manage.sh").c_str(), X_OK) == 0);

  Counting counting;
  const auto again = driver::write_out(counting, folder.path("out"), tree, Compare::Write);
  REQUIRE(again.has_value());
  CHECK(again->written.empty());
  CHECK(again->removed.empty());
  CHECK(again->unchanged == 3);
  CHECK(counting.changes == 0);
}

TEST_CASE("only what differs is written, be it in bytes or in mode") {
  const TemporaryFolder folder;
  auto tree = tree_of({{"a/same", "1"}, {"a/size", "1"}, {"a/bytes", "12"}, {"a/mode", "1"}});
  write(folder, tree);
  folder.write("out/a/size", "11");
  folder.write("out/a/bytes", "21");
  std::filesystem::permissions(folder.path("out/a/mode"), std::filesystem::perms::owner_all);
  const auto report = write(folder, tree);
  CHECK(report.written == Paths{"a/bytes", "a/mode", "a/size"});
  CHECK(report.unchanged == 1);
  CHECK(folder.read("out/a/bytes") == "12");
  CHECK(::access(folder.path("out/a/mode").c_str(), X_OK) != 0);
}

TEST_CASE("what nobody generates any more goes, with its empty folders") {
  const TemporaryFolder folder;
  write(folder, tree_of({{"a/b/c/x", "1"}, {"a/d/y", "1"}, {"z", "1"}}));
  folder.write("out/a/b/mine.txt", "?");
  std::filesystem::create_directories(folder.path("out/empty/deep"));
  const auto report = write(folder, tree_of({{"a/d/y", "1"}}));
  CHECK(report.removed == Paths{"a/b/c/x", "a/b/mine.txt", "z"});
  CHECK_FALSE(folder.has("out/a/b"));
  CHECK_FALSE(folder.has("out/empty"));
  CHECK(folder.has("out/a/d/y"));
}

TEST_CASE("a file and a folder may take each other's place") {
  const TemporaryFolder folder;
  write(folder, tree_of({{"a", "1"}, {"b/x", "1"}}));
  const auto report = write(folder, tree_of({{"a/x", "2"}, {"b", "2"}}));
  CHECK(report.removed == Paths{"a", "b/x"});
  CHECK(report.written == Paths{"a/x", "b"});
  CHECK(folder.read("out/a/x") == "2");
  CHECK(folder.read("out/b") == "2");
}

TEST_CASE("README.md at the top stays, elsewhere it does not") {
  const TemporaryFolder folder;
  folder.write("out/README.md", "mine");
  folder.write("out/a/README.md", "stale");
  CHECK(write(folder, tree_of({{"a/x", "1"}})).removed == Paths{"a/README.md"});
  CHECK(folder.read("out/README.md") == "mine");
  write(folder, {});
  CHECK(folder.has("out/README.md"));
}

TEST_CASE("what tofu keeps beside a root stays as long as the root does") {
  const TemporaryFolder folder;
  const auto root = tree_of({{"p/terraform.tf", "1"}});
  folder.write("out/p/.terraform/modules/modules.json", "{}");
  folder.write("cache/plugin", "binary");
  std::filesystem::create_directory_symlink(folder.path("cache"),
                                            folder.path("out/p/.terraform/providers"));
  folder.write("out/p/.terraform.lock.hcl", "# tofu's\n");
  CHECK(write(folder, root).removed.empty());
  CHECK(folder.has("out/p/.terraform/modules/modules.json"));
  CHECK(folder.read("out/p/.terraform.lock.hcl") == "# tofu's\n");

  // With a lock file of the project's, a root has that one or none.
  CHECK(write(folder, tree_of({{"p/terraform.tf", "1"},
                               {"q/.terraform.lock.hcl", "x"},
                               {"q/terraform.tf", "1"}}))
            .removed == Paths{"p/.terraform.lock.hcl"});

  write(folder, {});
  CHECK_FALSE(folder.has("out/p"));
  CHECK(folder.read("cache/plugin") == "binary");
}

TEST_CASE("links in the way are refused by name, wherever they are") {
  const auto tree = tree_of({{"a/b/x", "1"}});
  const auto link = [&tree](const TemporaryFolder& folder, const std::string& target,
                            const std::string& at) {
    folder.write("outside/x", "precious");
    std::filesystem::create_directories(std::filesystem::path(folder.path(at)).parent_path());
    std::filesystem::create_symlink(folder.path(target), folder.path(at));
    CHECK(refusal(folder, tree).find(folder.path(at)) != std::string::npos);
    CHECK(refusal(folder, tree).find("symbolic link") != std::string::npos);
    CHECK(folder.read("outside/x") == "precious");
    CHECK(folder.has(at));
  };
  SECTION("the folder itself") { link(TemporaryFolder(), "outside", "out"); }
  SECTION("a folder above the file") { link(TemporaryFolder(), "outside", "out/a"); }
  SECTION("the file's folder") { link(TemporaryFolder(), "outside", "out/a/b"); }
  SECTION("the file") { link(TemporaryFolder(), "outside/x", "out/a/b/x"); }
  SECTION("a broken link") { link(TemporaryFolder(), "nowhere", "out/a/b/x"); }
  SECTION("a stale file") { link(TemporaryFolder(), "outside/x", "out/c/y"); }
}

TEST_CASE("a pipe is refused, and a file in the folder's place") {
  const auto tree = tree_of({{"a/x", "1"}});
  const TemporaryFolder with_pipe;
  std::filesystem::create_directories(with_pipe.path("out/a"));
  REQUIRE(::mkfifo(with_pipe.path("out/a/x").c_str(), 0600) == 0);
  CHECK(refusal(with_pipe, tree).find("a/x` is in the way") != std::string::npos);
  const TemporaryFolder with_file;
  with_file.write("out", "a file");
  CHECK(refusal(with_file, tree).find("it is not a folder") != std::string::npos);
  CHECK(with_file.read("out") == "a file");
}

TEST_CASE("a comparison changes nothing and says everything") {
  const TemporaryFolder folder;
  const auto tree = tree_of({{"a/x", "1"}, {"b", "2"}});
  CHECK(write(folder, tree, Compare::Only).written == Paths{"a/x", "b"});
  CHECK_FALSE(folder.has("out"));
  write(folder, tree);
  folder.write("out/stale", "1");
  folder.write("out/b", "3");
  const auto report = write(folder, tree, Compare::Only);
  CHECK(report.written == Paths{"b"});
  CHECK(report.removed == Paths{"stale"});
  CHECK(report.unchanged == 1);
  CHECK(folder.read("out/b") == "3");
  CHECK(folder.has("out/stale"));
}

TEST_CASE("nothing outside the folder is touched") {
  const TemporaryFolder folder;
  folder.write("keep", "1");
  folder.write("out-of-it/x", "1");
  write(folder, tree_of({{"a", "1"}}));
  write(folder, {});
  CHECK(folder.read("keep") == "1");
  CHECK(folder.read("out-of-it/x") == "1");
}

TEST_CASE("a state that tofu could save nowhere else is never removed") {
  const TemporaryFolder folder;
  const auto tree = tree_of({{"e/s/m/000/p/terraform.tf", "x"}});
  write(folder, tree);
  folder.write("out/e/s/m/000/p/errored.tfstate", "precious");
  CHECK(write(folder, tree).removed.empty());
  base::DiskFileSystem disk;
  const auto gone = tree_of({{"e/s/m/000/q/terraform.tf", "x"}});
  const auto refused = driver::write_out(disk, folder.path("out"), gone, Compare::Write);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().message.find("errored.tfstate") != std::string::npos);
  CHECK(folder.read("out/e/s/m/000/p/errored.tfstate") == "precious");
}
