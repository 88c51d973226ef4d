// Every row of the table, and that the order of the rows is kept.
#include "runner/tofu/verdict.h"

#include <catch2/catch.hpp>

namespace space::tofu {

namespace {

using process::Exit;
using runplan::Verdict;

constexpr Exit k_unseen{};
constexpr Exit exited(int code) { return {true, code, 0}; }
constexpr Exit killed(int signal) { return {true, -1, signal}; }

StreamFacts quiet() {
  StreamFacts facts;
  facts.has_version = true;
  return facts;
}
StreamFacts begun() {
  StreamFacts facts = quiet();
  facts.has_begun = true;
  facts.started = {"a", "b"};
  facts.completed = {"a"};
  return facts;
}
StreamFacts whole() {
  StreamFacts facts = begun();
  facts.completed = {"a", "b"};
  facts.has_apply_summary = true;
  return facts;
}
StreamFacts with_error(StreamFacts facts, const std::string& summary) {
  runplan::TofuDiagnostic diagnostic;
  diagnostic.summary = summary;
  facts.diagnostics.push_back(diagnostic);
  return facts;
}

Verdict apply(const Exit& exit, const StreamFacts& facts,
              ErroredState errored = ErroredState::Absent) {
  return judge_apply(exit, facts, errored).verdict;
}

}  // namespace

TEST_CASE("an apply is good when both its exit and its stream say so") {
  CHECK(apply(exited(0), whole()) == Verdict::Applied);
  CHECK(apply(exited(0), begun()) == Verdict::Indeterminate);
  CHECK(apply(exited(0), quiet()) == Verdict::Indeterminate);
  CHECK(apply(exited(0), StreamFacts{}) == Verdict::Indeterminate);
  CHECK(apply(exited(0), with_error(whole(), "x")) == Verdict::Indeterminate);
  StreamFacts torn = whole();
  torn.is_torn = true;
  CHECK(apply(exited(0), torn) == Verdict::Indeterminate);
}

TEST_CASE("a state left in errored.tfstate or in the stream is partial, whatever else is said") {
  StreamFacts dumped = whole();
  dumped.has_state_dump = true;
  for (const Exit& exit : {exited(0), exited(1), killed(9), k_unseen}) {
    CHECK(apply(exit, whole(), ErroredState::Present) == Verdict::FailedPartial);
    CHECK(apply(exit, quiet(), ErroredState::Present) == Verdict::FailedPartial);
    CHECK(apply(exit, dumped) == Verdict::FailedPartial);
  }
}

TEST_CASE("an end that nobody saw is indeterminate") {
  CHECK(apply(k_unseen, quiet()) == Verdict::Indeterminate);
  CHECK(apply(k_unseen, whole()) == Verdict::Indeterminate);
}

TEST_CASE("a signal after something had begun is indeterminate") {
  for (const int signal : {6, 9, 11, 13, 15}) {
    CHECK(apply(killed(signal), begun()) == Verdict::Indeterminate);
    CHECK(apply(killed(signal), quiet()) == Verdict::FailedClean);
  }
  StreamFacts at_work = quiet();
  at_work.says_more = true;  // it may have held the state's lock
  CHECK(apply(killed(9), at_work) == Verdict::Indeterminate);
  StreamFacts torn = quiet();
  torn.is_torn = true;  // the line that was being written may have been the first apply_start
  CHECK(apply(killed(9), torn) == Verdict::Indeterminate);
}

TEST_CASE("interrupts") {
  StreamFacts once = begun();
  once.was_interrupted = true;
  CHECK(apply(exited(1), once) == Verdict::Interrupted);
  StreamFacts early = quiet();
  early.was_interrupted = true;
  CHECK(apply(exited(1), early) == Verdict::FailedClean);
  StreamFacts twice = early;
  twice.was_interrupted_twice = true;
  CHECK(apply(exited(1), twice) == Verdict::Indeterminate);
  StreamFacts finished = whole();  // it came too late to matter
  finished.was_interrupted = true;
  CHECK(apply(exited(0), finished) == Verdict::Applied);
}

TEST_CASE("a failed exit is judged by what had begun") {
  CHECK(apply(exited(1), with_error(quiet(), "Saved plan is stale")) == Verdict::FailedClean);
  CHECK(apply(exited(1), quiet()) == Verdict::FailedClean);
  CHECK(apply(exited(1), with_error(begun(), "boom")) == Verdict::FailedPartial);
  StreamFacts stuck = with_error(whole(), "Error releasing the state lock");
  stuck.is_lock_stuck = true;
  stuck.has_apply_summary = false;  // tofu leaves it out then
  const auto reason_of = [](const StreamFacts& facts) {
    const Judgement judgement = judge_apply(exited(1), facts, ErroredState::Absent);
    CHECK(judgement.verdict == Verdict::FailedPartial);
    return judgement.reason;
  };
  const std::string stuck_alone = "applied, but the state's lock could not be released";
  CHECK(reason_of(stuck) == stuck_alone);
  StreamFacts unfinished = stuck;
  unfinished.started.push_back("terraform_data.that");
  CHECK(reason_of(unfinished) != stuck_alone);
  CHECK(reason_of(with_error(stuck, "boom")) != stuck_alone);
}

// The table of docs/runner.md, row by row: what fits a row and all rows below it is judged by that
// row. Each row's evidence is put on top of that of the rows below, where the two can be together.
TEST_CASE("the table, and that its first row that fits is the one that counts") {
  struct Row {
    const char* name;
    Exit exit;
    StreamFacts facts;
    ErroredState errored = ErroredState::Absent;
    Verdict verdict;
    const char* words;
  };
  StreamFacts dumped = begun();
  dumped.has_state_dump = true;
  StreamFacts once = begun(), twice = begun(), early = quiet(), twice_early = quiet();
  once.was_interrupted = true;
  twice.was_interrupted = twice.was_interrupted_twice = true;
  early.was_interrupted = true;
  twice_early.was_interrupted = twice_early.was_interrupted_twice = true;
  StreamFacts at_work = quiet(), torn = whole();
  at_work.says_more = true;
  torn.is_torn = true;
  StreamFacts stuck = with_error(whole(), "Error releasing the state lock");
  stuck.is_lock_stuck = true;
  StreamFacts stuck_and_failed = stuck;
  stuck_and_failed.errored = {"c"};
  const Row rows[] = {
      {"errored.tfstate, exit 0", exited(0), whole(), ErroredState::Present, Verdict::FailedPartial,
       "errored.tfstate"},
      {"errored.tfstate, nobody saw the end", k_unseen, quiet(), ErroredState::Present,
       Verdict::FailedPartial, "errored.tfstate"},
      {"errored.tfstate and a dump", exited(1), dumped, ErroredState::Present,
       Verdict::FailedPartial, "errored.tfstate"},
      {"a dump", exited(1), dumped, ErroredState::Absent, Verdict::FailedPartial, "printed it"},
      {"a dump, nobody saw the end", k_unseen, dumped, ErroredState::Absent, Verdict::FailedPartial,
       "printed it"},
      {"nobody saw the end", k_unseen, twice, ErroredState::Absent, Verdict::Indeterminate,
       "nobody saw"},
      {"nobody saw the end of what looks whole", k_unseen, whole(), ErroredState::Absent,
       Verdict::Indeterminate, "nobody saw"},
      {"a signal, begun", killed(9), once, ErroredState::Absent, Verdict::Indeterminate,
       "signal 9"},
      {"a signal, at work", killed(11), at_work, ErroredState::Absent, Verdict::Indeterminate,
       "signal 11"},
      {"a signal, before anything", killed(13), quiet(), ErroredState::Absent, Verdict::FailedClean,
       "signal 13"},
      {"a signal, not even a version", killed(9), StreamFacts{}, ErroredState::Absent,
       Verdict::FailedClean, "signal 9"},
      {"interrupted twice", exited(1), twice, ErroredState::Absent, Verdict::Indeterminate,
       "twice"},
      {"interrupted twice, not begun", exited(1), twice_early, ErroredState::Absent,
       Verdict::Indeterminate, "twice"},
      {"interrupted, begun", exited(1), once, ErroredState::Absent, Verdict::Interrupted, "1 of 2"},
      {"interrupted, begun, with an error", exited(1), with_error(once, "x"), ErroredState::Absent,
       Verdict::Interrupted, "1 of 2"},
      {"interrupted, not begun", exited(1), early, ErroredState::Absent, Verdict::FailedClean,
       "before anything"},
      {"applied, the lock stuck", exited(1), stuck, ErroredState::Absent, Verdict::FailedPartial,
       "applied, but"},
      {"failed, the lock stuck", exited(1), stuck_and_failed, ErroredState::Absent,
       Verdict::FailedPartial, "2 of 2"},
      {"failed, begun", exited(1), with_error(begun(), "boom"), ErroredState::Absent,
       Verdict::FailedPartial, "boom"},
      {"failed, not begun", exited(1), with_error(at_work, "Saved plan is stale"),
       ErroredState::Absent, Verdict::FailedClean, "stale"},
      {"cannot be started", exited(127), StreamFacts{}, ErroredState::Absent, Verdict::FailedClean,
       "127"},
      {"exit 0 and no summary", exited(0), begun(), ErroredState::Absent, Verdict::Indeterminate,
       "stream does not"},
      {"exit 0 and a torn line", exited(0), torn, ErroredState::Absent, Verdict::Indeterminate,
       "stream does not"},
      {"exit 0 and an error", exited(0), with_error(whole(), "x"), ErroredState::Absent,
       Verdict::Indeterminate, "stream does not"},
      {"applied", exited(0), whole(), ErroredState::Absent, Verdict::Applied, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Judgement judgement = judge_apply(row.exit, row.facts, row.errored);
    CHECK(runplan::name_of(judgement.verdict) == runplan::name_of(row.verdict));
    CHECK(judgement.reason.find(row.words) != std::string::npos);
  }
}

TEST_CASE("what was begun is done, failed, or nobody knows") {
  StreamFacts facts;
  facts.started = {"a", "b", "c", "d", "d", "e", "e", "f", "f"};
  facts.completed = {"a", "d", "e", "e", "f"};
  facts.errored = {"b", "f"};
  const Parts parts = parts_of(facts);
  CHECK(parts.done == std::vector<std::string>{"a", "e"});
  CHECK(parts.failed == std::vector<std::string>{"b", "f"});
  CHECK(parts.unknown == std::vector<std::string>{"c", "d"});
}

TEST_CASE("the reason names tofu's first error") {
  CHECK(judge_apply(exited(1), with_error(with_error(quiet(), "first"), "second"),
                    ErroredState::Absent)
            .reason == "first");
  CHECK(judge_plan(exited(1), with_error(quiet(), "first")).reason == "first");
  CHECK(judge_plan(exited(1), quiet()).reason == "tofu ended with exit code 1");
}

TEST_CASE("plans") {
  CHECK(judge_plan(exited(0), quiet()).verdict == Verdict::Unchanged);
  CHECK(judge_plan(exited(2), quiet()).verdict == Verdict::Planned);
  CHECK(judge_plan(exited(1), quiet()).verdict == Verdict::FailedClean);
  CHECK(judge_plan(exited(2), with_error(quiet(), "x")).verdict == Verdict::FailedClean);
  CHECK(judge_plan(exited(0), with_error(quiet(), "x")).verdict == Verdict::FailedClean);
  CHECK(judge_plan(killed(9), quiet()).verdict == Verdict::FailedClean);
  CHECK(judge_plan(k_unseen, quiet()).verdict == Verdict::FailedClean);
}

// What must hold for any evidence at all.
TEST_CASE("no evidence of trouble is ever called applied") {
  for (unsigned bits = 0; bits < 1U << 9U; ++bits) {
    StreamFacts facts = (bits & 1U) != 0 ? begun() : quiet();
    facts.has_apply_summary = (bits & 2U) != 0;
    facts.was_interrupted = (bits & 4U) != 0;
    facts.was_interrupted_twice = (bits & 8U) != 0;
    facts.has_state_dump = (bits & 16U) != 0;
    facts.is_torn = (bits & 32U) != 0;
    facts.is_lock_stuck = (bits & 64U) != 0;
    if ((bits & 128U) != 0) facts = with_error(facts, "x");
    facts.says_more = (bits & 256U) != 0;
    for (const Exit& exit : {exited(0), exited(1), exited(2), killed(9), killed(15), k_unseen}) {
      for (const auto errored : {ErroredState::Absent, ErroredState::Present}) {
        const Verdict verdict = apply(exit, facts, errored);
        const bool all_is_well = exit.is_clean() && facts.has_apply_summary &&
                                 !facts.has_state_dump && !facts.is_torn && !facts.has_error() &&
                                 errored == ErroredState::Absent;
        REQUIRE((verdict == Verdict::Applied) == all_is_well);
        if (verdict == Verdict::FailedClean) REQUIRE_FALSE(facts.has_begun);
        const bool has_evidence = errored == ErroredState::Present || facts.has_state_dump;
        if (has_evidence) REQUIRE(verdict == Verdict::FailedPartial);
      }
    }
  }
}

}  // namespace space::tofu
