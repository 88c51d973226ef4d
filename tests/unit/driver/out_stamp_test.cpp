#include "compiler/driver/out_stamp.h"

#include <sys/stat.h>
#include <utime.h>

#include <catch2/catch.hpp>

#include "compiler/driver/write_out.h"
#include "tests/temporary_folder.h"

namespace {

using namespace space;
using driver::Freshness;
using driver::Stamped;
using test::TemporaryFolder;

// Long after every time on this disk: what was written before counts as settled.
constexpr std::int64_t k_later = 8'000'000'000'000'000'000;

// A project with one source, one module and a build of it.
struct Build {
  TemporaryFolder folder;
  base::DiskFileSystem disk;
  emit::EmittedTree tree;

  Build() {
    folder.write("spaces/main.space", "project");
    folder.write("modules/m/main.tf", "module");
    tree["a/b/main.tf"] = {"1", base::FileMode::Plain, ""};
    tree["run-plan.json"] = {"{}", base::FileMode::Plain, ""};
  }

  driver::StampScope scope() const { return {folder.path(), "1.0", {"spaces", "out"}}; }
  driver::StampInputs inputs() const {
    return {{folder.path("spaces/main.space"), folder.path("modules/m/main.tf")},
            {folder.path(".terraform.lock.hcl")},
            {folder.path("spaces"), folder.path("modules/m"), folder.path()},
            {}};
  }
  Stamped stamp(std::int64_t started = k_later) {
    REQUIRE(driver::write_out(disk, folder.path("out"), tree, driver::Compare::Write).has_value());
    auto stamped = driver::write_stamp(disk, scope(), inputs(), folder.path("out"), tree, started);
    INFO((stamped ? std::string() : stamped.error().message));
    REQUIRE(stamped.has_value());
    return *stamped;
  }
  Freshness check() const { return driver::check_stamp(disk, scope()); }
};

}  // namespace

TEST_CASE("a build that was stamped is fresh until something changes") {
  Build build;
  CHECK(build.check() == Freshness::Stale);
  REQUIRE(build.stamp() == Stamped::Written);
  CHECK(build.check() == Freshness::Fresh);
  CHECK(build.check() == Freshness::Fresh);
  CHECK(build.folder.has(".space/build"));

  SECTION("nothing") {
    CHECK(build.check() == Freshness::Fresh);
    return;
  }
  SECTION("a source of another size") { build.folder.write("spaces/main.space", "project 2"); }
  SECTION("a source of the same size") {
    const std::string path = build.folder.path("spaces/main.space");
    const utimbuf times{1'000'000'000, 1'000'000'000};
    REQUIRE(::utime(path.c_str(), &times) == 0);
  }
  SECTION("a source that went") { std::filesystem::remove(build.folder.path("spaces/main.space")); }
  SECTION("a source that came") { build.folder.write("spaces/more.space", ""); }
  SECTION("a folder of sources that came") {
    std::filesystem::create_directories(build.folder.path("spaces/more"));
  }
  SECTION("a file of a module") { build.folder.write("modules/m/main.tf", "changed"); }
  SECTION("the mode of a file of a module") {
    REQUIRE(::chmod(build.folder.path("modules/m/main.tf").c_str(), 0755) == 0);
  }
  SECTION("a file that came to a module") { build.folder.write("modules/m/more.tf", ""); }
  SECTION("a lock file that came") { build.folder.write(".terraform.lock.hcl", ""); }
  SECTION("an output that was edited") { build.folder.write("out/a/b/main.tf", "22"); }
  SECTION("an output that went") { std::filesystem::remove(build.folder.path("out/a/b/main.tf")); }
  SECTION("a file that came to the output") { build.folder.write("out/a/b/override.tf", ""); }
  SECTION("the mode of an output") {
    REQUIRE(::chmod(build.folder.path("out/run-plan.json").c_str(), 0600) == 0);
  }
  SECTION("the whole output") { std::filesystem::remove_all(build.folder.path("out")); }
  CHECK(build.check() == Freshness::Stale);
}

TEST_CASE("hidden names and what lies beside the sources do not count") {
  Build build;
  REQUIRE(build.stamp() == Stamped::Written);
  build.folder.write("spaces/.main.space.swp", "editor");
  build.folder.write(".git/index", "");
  build.folder.write("elsewhere/file", "");
  // `elsewhere` is a new name in the project's folder, which is watched.
  CHECK(build.check() == Freshness::Stale);
  std::filesystem::remove_all(build.folder.path("elsewhere"));
  CHECK(build.check() == Freshness::Fresh);
}

TEST_CASE("another version or other options have no stamp") {
  Build build;
  REQUIRE(build.stamp() == Stamped::Written);
  auto scope = build.scope();
  scope.version = "1.1";
  CHECK(driver::check_stamp(build.disk, scope) == Freshness::Stale);
  scope = build.scope();
  scope.options = {"spaces", "out", "--deny=all"};
  CHECK(driver::check_stamp(build.disk, scope) == Freshness::Stale);
  scope.options = {"spacesout"};
  CHECK(driver::check_stamp(build.disk, scope) == Freshness::Stale);
  CHECK(driver::stamp_path(scope) != driver::stamp_path(build.scope()));
}

TEST_CASE("what changed while the build ran is not stamped, and the old stamp goes") {
  Build build;
  REQUIRE(build.stamp() == Stamped::Written);
  const std::int64_t changed = build.disk.stat(build.folder.path("spaces/main.space")).ctime_ns;
  CHECK(build.stamp(changed) == Stamped::TooFresh);
  CHECK(build.check() == Freshness::Stale);
  CHECK(build.stamp(changed - 1'000'000'000) == Stamped::TooFresh);

  REQUIRE(build.stamp() == Stamped::Written);
  std::filesystem::remove(build.folder.path("modules/m/main.tf"));  // was read, is gone
  CHECK(build.stamp() == Stamped::TooFresh);
  build.folder.write("modules/m/main.tf", "module");
  build.folder.write(".terraform.lock.hcl", "");  // was not there
  CHECK(build.stamp() == Stamped::TooFresh);
}

TEST_CASE("a build that read through a link is not stamped: what it leads to may change unseen") {
  Build build;
  build.folder.write("elsewhere/main.tf", "module");
  std::filesystem::remove(build.folder.path("modules/m/main.tf"));
  std::filesystem::create_symlink("../../elsewhere/main.tf",
                                  build.folder.path("modules/m/main.tf"));
  CHECK(build.stamp() == Stamped::TooFresh);
  CHECK(build.check() == Freshness::Stale);
}

TEST_CASE("a stamp that is damaged is no stamp") {
  Build build;
  REQUIRE(build.stamp() == Stamped::Written);
  const std::string path = driver::stamp_path(build.scope());
  const auto stamp = build.disk.read(path);
  REQUIRE(stamp.has_value());
  for (std::size_t size = 0; size < stamp->size(); size += 7) {
    REQUIRE(build.disk.write(path, stamp->substr(0, size), base::FileMode::Plain).has_value());
    CHECK(build.check() == Freshness::Stale);
  }
  REQUIRE(
      build.disk.write(path, *stamp + std::string("f\0", 2), base::FileMode::Plain).has_value());
  CHECK(build.check() == Freshness::Stale);
  REQUIRE(build.disk.write(path, *stamp, base::FileMode::Plain).has_value());
  CHECK(build.check() == Freshness::Fresh);
}
