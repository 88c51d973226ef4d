#include "runner/tofu/install_steps.h"

#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "tests/temporary_folder.h"

namespace space::tofu {

namespace {

namespace fs = std::filesystem;

// Each look at it takes 150 milliseconds.
class SlowClock final : public base::Clock {
 public:
  std::int64_t wall_milliseconds() const override { return 0; }
  std::int64_t mono_milliseconds() const override { return now_ += 150; }

 private:
  mutable std::int64_t now_ = 0;
};

// Nothing runs; an interrupt comes with a given wait.
class Idle final : public process::CommandRunner {
 public:
  explicit Idle(int interrupt_at) : interrupt_at_(interrupt_at) {}
  base::Result<std::size_t> start(const process::Launch&) override {
    return base::Error{"nothing starts here", ""};
  }
  process::Event wait(std::int64_t) override {
    process::Event event;
    if (++waits_ == interrupt_at_) event.kind = process::Event::Kind::Interrupt;
    return event;
  }
  void interrupt(std::size_t) override {}

 private:
  int interrupt_at_;
  int waits_ = 0;
};

struct Bench {
  explicit Bench(int interrupt_at) : processes(interrupt_at) {}
  base::DiskFileSystem files;
  SlowClock clock;
  Idle processes;
  std::vector<std::int64_t> told;
  InstallTools tools{files, clock, processes, nullptr,
                     [this](const std::string&, std::int64_t seconds) { told.push_back(seconds); }};
};

void fill(const fs::path& folder) {
  for (int i = 0; i < 10; ++i) {
    const fs::path inner = folder / std::to_string(i);
    fs::create_directories(inner);
    for (int j = 0; j < 10; ++j) std::ofstream(inner / std::to_string(j)) << "x";
    fs::permissions(inner, fs::perms::owner_read | fs::perms::owner_exec);
  }
}

}  // namespace

TEST_CASE("clearing a folder says that it goes on, and follows no link") {
  const test::TemporaryFolder here;
  const fs::path folder = fs::path(here.path()) / "a", outside = fs::path(here.path()) / "b";
  fill(folder);
  fs::create_directories(outside / "kept");
  fs::create_directory_symlink(outside, folder / "link");
  Bench bench(-1);
  clear_folder(folder.string(), "removing", bench.tools);
  CHECK_FALSE(fs::exists(folder));
  CHECK(fs::exists(outside / "kept"));
  CHECK(bench.told.size() > 30);
  CHECK(bench.told.back() > 10);
}

TEST_CASE("an interrupt ends the clearing") {
  const test::TemporaryFolder here;
  const fs::path folder = fs::path(here.path()) / "a";
  fill(folder);
  Bench bench(3);
  clear_folder(folder.string(), "removing", bench.tools);
  CHECK(fs::exists(folder));
  CHECK(bench.told.size() == 3);
}

TEST_CASE("clearing what is not there says nothing") {
  const test::TemporaryFolder here;
  Bench bench(-1);
  clear_folder((fs::path(here.path()) / "none").string(), "removing", bench.tools);
  CHECK(bench.told.empty());
}

}  // namespace space::tofu
