#include "runner/journal/journal_file.h"

#include <sys/resource.h>

#include <csignal>

#include <catch2/catch.hpp>

#include "tests/temporary_folder.h"
#include "tests/unit/runner_journal/sample_journal.h"

namespace space::journal {

namespace {

using space::test::TemporaryFolder;
using Waits = RootStanding::Waits;

void write_sample(const std::string& path) {
  auto file = JournalFile::open(path);
  REQUIRE(file.has_value());
  for (const Record& record : test::sample_records())
    REQUIRE(file->append(record, Sync::Now).has_value());
}

}  // namespace

TEST_CASE("a journal goes on where it ended") {
  const TemporaryFolder folder;
  const std::string path = folder / "f.jsonl";
  CHECK(look_at_journal(path)->roots.empty());
  write_sample(path);
  CHECK(folder.read("f.jsonl") == test::text_of(test::sample_records()));
  auto file = JournalFile::open(path);
  REQUIRE(file.has_value());
  CHECK(file->standing().waiting(Waits::Adoption).size() == 2);
  REQUIRE(file->append(test::ended("r2", "e/s/m/010/c", runplan::Verdict::Applied), Sync::Later)
              .has_value());
  CHECK(file->standing().waiting(Waits::Adoption).size() == 1);
  CHECK(look_at_journal(path)->waiting(Waits::Adoption).size() == 1);
}

TEST_CASE("a torn end is cut off before anything is written behind it, at every length") {
  const TemporaryFolder folder;
  const std::string text = test::text_of(test::sample_records());
  for (std::size_t length = 0; length < text.size(); length += 13) {
    folder.write("f.jsonl", text.substr(0, length));
    auto file = JournalFile::open(folder / "f.jsonl");
    REQUIRE(file.has_value());
    REQUIRE(file->append(test::begun("r3", "x"), Sync::Later).has_value());
    const auto standing = look_at_journal(folder / "f.jsonl");
    REQUIRE(standing.has_value());
    REQUIRE(standing->roots.at("x").waits == Waits::Adoption);
  }
}

TEST_CASE("a damaged journal is not written to, says where, and can be set aside") {
  const TemporaryFolder folder;
  std::string text = test::text_of(test::sample_records());
  text[text.find("begun") + 1] = 'x';
  folder.write("f.jsonl", text);
  const auto file = JournalFile::open(folder / "f.jsonl");
  REQUIRE_FALSE(file.has_value());
  CHECK(file.error().message.find("line 1:") != std::string::npos);
  CHECK(file.error().message.find("f.jsonl") != std::string::npos);
  CHECK_FALSE(look_at_journal(folder / "f.jsonl").has_value());
  CHECK(folder.read("f.jsonl") == text);
  REQUIRE(set_aside(folder / "f.jsonl", "r5").has_value());
  CHECK(folder.read("f.jsonl.damaged-r5") == text);
  CHECK(JournalFile::open(folder / "f.jsonl").has_value());
}

TEST_CASE("a long journal is begun anew and stands where it stood") {
  const TemporaryFolder folder;
  const std::string path = folder / "f.jsonl";
  write_sample(path);
  const std::string before = folder.read("f.jsonl");
  for (int round = 0; round < 3; ++round) {
    auto file = JournalFile::open(path, 100);
    REQUIRE(file.has_value());
    CHECK(file->standing().waiting(Waits::Adoption).size() == 2);
    CHECK(look_at_journal(path)->waiting(Waits::Adoption).size() == 2);
    if (round == 0) CHECK(folder.read("f.jsonl.old") == before);
    CHECK(folder.read("f.jsonl").size() < before.size());
    REQUIRE(file->append(test::of_run(Kind::RunBegun, "r3"), Sync::Now).has_value());
    CHECK(look_at_journal(path)->run == "r3");
  }
}

TEST_CASE("a write that fails is an error, and nothing is written behind it") {
  const TemporaryFolder folder;
  const std::string path = folder / "f.jsonl";
  write_sample(path);
  auto file = JournalFile::open(path);
  REQUIRE(file.has_value());
  const std::string before = folder.read("f.jsonl");
  // As where the disk is full: no file may grow beyond a few bytes more.
  rlimit unlimited{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &unlimited) == 0);
  rlimit tight = unlimited;
  tight.rlim_cur = before.size() + 20;
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &tight) == 0);
  const auto full = file->append(test::begun("r3", "x"), Sync::Now);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &unlimited) == 0);
  std::signal(SIGXFSZ, handler);
  CHECK_FALSE(full.has_value());
  CHECK_FALSE(file->append(test::begun("r3", "y"), Sync::Now).has_value());
  CHECK(file->standing().roots.count("x") == 0);
  const std::string after = folder.read("f.jsonl");
  CHECK(after.size() == before.size() + 20);  // a torn line, as real as one can be had
  const auto again = JournalFile::open(path);
  REQUIRE(again.has_value());
  CHECK(folder.read("f.jsonl") == before);
}

TEST_CASE("a link in the way is not followed") {
  const TemporaryFolder folder;
  folder.write("elsewhere", "");
  std::filesystem::create_symlink(folder / "elsewhere", folder / "f.jsonl");
  CHECK_FALSE(JournalFile::open(folder / "f.jsonl").has_value());
  CHECK_FALSE(look_at_journal(folder / "f.jsonl").has_value());
}

}  // namespace space::journal
