#include "runner/journal/standing.h"

#include <catch2/catch.hpp>

#include "tests/unit/runner_journal/sample_journal.h"

namespace space::journal {

namespace {

using runplan::Verdict;
using Waits = RootStanding::Waits;

Standing after(Verdict verdict, Progress progress) {
  return standing_of({test::of_run(Kind::RunBegun, "r"), test::begun("r", "a"),
                      test::ended("r", "a", verdict, progress)});
}

}  // namespace

TEST_CASE("only ends that a person must look at latch a flight") {
  struct Row {
    Verdict verdict;
    Progress progress;
    Waits waits;
  };
  const Row rows[] = {
      {Verdict::Applied, {2, 2, 0}, Waits::Nothing},
      {Verdict::Destroyed, {2, 2, 0}, Waits::Nothing},
      {Verdict::Unchanged, {}, Waits::Nothing},
      {Verdict::FailedClean, {}, Waits::Nothing},
      {Verdict::FailedPartial, {}, Waits::Person},  // a state in `errored.tfstate` alone
      {Verdict::FailedPartial, {2, 1, 1}, Waits::Person},
      {Verdict::Indeterminate, {}, Waits::Person},
      {Verdict::Interrupted, {2, 1, 1}, Waits::Person},
      {Verdict::Interrupted, {2, 0, 1}, Waits::Person},   // of the other nobody knows
      {Verdict::Interrupted, {2, 0, 2}, Waits::Nothing},  // all that had begun failed and says so
      {Verdict::Interrupted, {0, 0, 0}, Waits::Nothing},
  };
  for (const Row& row : rows) {
    CAPTURE(runplan::name_of(row.verdict), row.progress.begun, row.progress.done);
    CHECK(after(row.verdict, row.progress).roots.at("a").waits == row.waits);
  }
}

TEST_CASE("where the sample stands") {
  const Standing standing = standing_of(test::sample_records());
  CHECK(standing.run == "r2");
  CHECK_FALSE(standing.verdict.has_value());
  CHECK(standing.waiting(Waits::Person).empty());
  CHECK(standing.waiting(Waits::Adoption) ==
        std::vector<std::string>{"e/s/m/000/b", "e/s/m/010/c"});
  CHECK(standing.roots.at("e/s/m/000/b").fingerprint == "f-e/s/m/000/b");
  CHECK(standing.roots.at("e/s/m/000/a").verdict == Verdict::Applied);
}

TEST_CASE("an apply that was adopted waits for a person, or for nobody, as its evidence says") {
  auto records = test::sample_records();
  Record adopted = test::of_root(Kind::Adopted, "r2", "e/s/m/000/b");
  adopted.verdict = Verdict::Applied;
  records.push_back(adopted);
  adopted.root = "e/s/m/010/c";
  adopted.verdict = Verdict::Indeterminate;
  records.push_back(adopted);
  Standing standing = standing_of(records);
  CHECK(standing.waiting(Waits::Adoption).empty());
  CHECK(standing.waiting(Waits::Person) == std::vector<std::string>{"e/s/m/010/c"});
  Record resolved = test::of_root(Kind::Resolved, "r2", "e/s/m/010/c");
  take(standing, resolved);
  CHECK(standing.waiting(Waits::Person).empty());
  // What is resolved says nothing of a later one.
  take(standing, test::begun("r3", "e/s/m/010/c"));
  take(standing, test::ended("r3", "e/s/m/010/c", Verdict::Indeterminate));
  CHECK(standing.waiting(Waits::Person).size() == 1);
}

TEST_CASE("outputs are whole again after a good apply or an empty plan, and not before") {
  Standing standing = after(Verdict::FailedPartial, {2, 1, 1});
  const auto outputs = [&standing] { return standing.roots.at("a").outputs; };
  CHECK(outputs() == OutputsLeft::Part);
  take(standing, test::of_root(Kind::Resolved, "r", "a"));
  take(standing, test::begun("r2", "a"));
  take(standing, test::ended("r2", "a", Verdict::FailedClean));
  CHECK(outputs() == OutputsLeft::Part);
  Standing planned = standing;
  Record unchanged = test::of_root(Kind::RootEnded, "r3", "a");
  unchanged.verdict = Verdict::Unchanged;
  take(planned, unchanged);
  CHECK(planned.roots.at("a").outputs == OutputsLeft::Whole);
  take(standing, test::begun("r3", "a"));
  CHECK(outputs() == OutputsLeft::Part);
  take(standing, test::ended("r3", "a", Verdict::Applied));
  CHECK(outputs() == OutputsLeft::Whole);
}

// A beginning of a journal must never look better than what it is the beginning of could allow:
// whatever has begun and whose end is not in it waits.
TEST_CASE("every beginning of a journal says what it does not know") {
  const auto records = test::sample_records();
  for (std::size_t count = 0; count <= records.size(); ++count) {
    const Standing standing =
        standing_of({records.begin(), records.begin() + static_cast<std::ptrdiff_t>(count)});
    for (const auto& [id, root] : standing.roots) {
      std::string last;
      for (std::size_t i = 0; i < count; ++i) {
        if (records[i].root == id && records[i].step == "apply")
          last = records[i].kind == Kind::StepBegun ? "begun" : "ended";
      }
      REQUIRE((root.waits == Waits::Adoption) == (last == "begun"));
      if (last == "begun") REQUIRE_FALSE(root.verdict.has_value());
    }
  }
}

TEST_CASE("what is carried into a new file says the same") {
  const auto records = test::sample_records();
  for (std::size_t count = 0; count <= records.size(); ++count) {
    const Standing before =
        standing_of({records.begin(), records.begin() + static_cast<std::ptrdiff_t>(count)});
    const Standing after = standing_of(carry(before));
    CHECK(after.run == before.run);
    CHECK(after.verdict == before.verdict);
    CHECK(after.target == before.target);
    CHECK(after.tofu_sha256 == before.tofu_sha256);
    CHECK(after.begun_milliseconds == before.begun_milliseconds);
    CHECK(after.ended_milliseconds == before.ended_milliseconds);
    REQUIRE(after.roots.size() == before.roots.size());
    for (const auto& [id, root] : before.roots) {
      const RootStanding& carried = after.roots.at(id);
      CHECK(carried.waits == root.waits);
      CHECK(carried.run == root.run);
      CHECK(carried.verdict == root.verdict);
      CHECK(carried.reason == root.reason);
      CHECK(carried.fingerprint == root.fingerprint);
      CHECK(carried.progress.done == root.progress.done);
      CHECK(carried.outputs == root.outputs);
    }
  }
}

}  // namespace space::journal
