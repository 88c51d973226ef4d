#include <catch2/catch.hpp>

#include "make_plan.h"

namespace space::schedule_test {

namespace {

using schedule::Direction;
using schedule::Outcome;
using schedule::Schedule;

// Ids of all that may start now.
std::vector<std::string> start_all(Schedule& schedule, const runplan::RunPlan& plan) {
  std::vector<std::string> ids;
  while (const auto root = schedule.next()) ids.push_back(plan.roots[*root].id);
  return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("stages fly in series, their roots in parallel") {
  const auto plan = make_plan({{"e/s/m", {2, 1}, {}}});
  auto schedule = Schedule::make(plan, all_parts(plan), Direction::Forward).value();
  CHECK(start_all(schedule, plan) == Ids{"e/s/m/0/0", "e/s/m/0/1"});
  schedule.finished(0, Outcome::Good);
  CHECK(start_all(schedule, plan).empty());
  CHECK_FALSE(schedule.is_over());
  schedule.finished(1, Outcome::Good);
  CHECK(start_all(schedule, plan) == Ids{"e/s/m/1/0"});
  schedule.finished(2, Outcome::Good);
  CHECK(schedule.is_over());
  CHECK(schedule.never_started().empty());
}

TEST_CASE("a flight waits for all of those it flies after") {
  const auto plan = make_plan({{"a", {1}, {}}, {"b", {1}, {}}, {"c", {1}, {"a", "b"}}});
  auto schedule = Schedule::make(plan, all_parts(plan), Direction::Forward).value();
  CHECK(start_all(schedule, plan) == Ids{"a/0/0", "b/0/0"});
  schedule.finished(index_of(plan, "b/0/0"), Outcome::Good);
  CHECK(start_all(schedule, plan).empty());
  schedule.finished(index_of(plan, "a/0/0"), Outcome::Good);
  CHECK(start_all(schedule, plan) == Ids{"c/0/0"});
}

TEST_CASE("what let a root start is the last of those that it waited for") {
  const auto plan = make_plan({{"a", {2, 1}, {}}, {"b", {1}, {}}, {"c", {1}, {"a", "b"}}});
  auto schedule = Schedule::make(plan, all_parts(plan), Direction::Forward).value();
  start_all(schedule, plan);
  schedule.finished(index_of(plan, "a/0/1"), Outcome::Good);
  schedule.finished(index_of(plan, "a/0/0"), Outcome::Good);
  start_all(schedule, plan);
  schedule.finished(index_of(plan, "a/1/0"), Outcome::Good);
  schedule.finished(index_of(plan, "b/0/0"), Outcome::Good);
  start_all(schedule, plan);
  CHECK_FALSE(schedule.released_by(index_of(plan, "a/0/0")).has_value());
  CHECK_FALSE(schedule.released_by(index_of(plan, "b/0/0")).has_value());
  CHECK(schedule.released_by(index_of(plan, "a/1/0")) == index_of(plan, "a/0/0"));
  CHECK(schedule.released_by(index_of(plan, "c/0/0")) == index_of(plan, "b/0/0"));
}

TEST_CASE("a flight that takes no part hands on the order of those around it") {
  const auto plan = make_plan({{"a", {1}, {}}, {"b", {1}, {"a"}}, {"c", {1}, {"b"}}});
  auto schedule = Schedule::make(plan, {{index_of(plan, "a/0/0"), 1}, {index_of(plan, "c/0/0"), 1}},
                                 Direction::Forward)
                      .value();
  CHECK(start_all(schedule, plan) == Ids{"a/0/0"});
  schedule.finished(index_of(plan, "a/0/0"), Outcome::Good);
  CHECK(start_all(schedule, plan) == Ids{"c/0/0"});
}

TEST_CASE("backward is the exact reverse") {
  const auto plan = make_plan({{"a", {1, 2}, {}}, {"b", {1}, {"a"}}});
  auto schedule = Schedule::make(plan, all_parts(plan), Direction::Backward).value();
  CHECK(start_all(schedule, plan) == Ids{"b/0/0"});
  schedule.finished(index_of(plan, "b/0/0"), Outcome::Good);
  CHECK(start_all(schedule, plan) == Ids{"a/1/0", "a/1/1"});
  schedule.finished(index_of(plan, "a/1/0"), Outcome::Good);
  CHECK(start_all(schedule, plan).empty());
  schedule.finished(index_of(plan, "a/1/1"), Outcome::Good);
  CHECK(start_all(schedule, plan) == Ids{"a/0/0"});
}

TEST_CASE("a failure lets running siblings end and starts nothing more in its flight or after it") {
  const auto plan =
      make_plan({{"a", {3, 1}, {}}, {"b", {1}, {"a"}}, {"c", {1}, {"b"}}, {"d", {1, 1}, {}}});
  auto schedule = Schedule::make(plan, all_parts(plan), Direction::Forward).value();
  const std::size_t failed = index_of(plan, "a/0/1");
  // Two of the three are running; the third has not started yet.
  std::vector<std::size_t> running;
  while (const auto root = schedule.next()) {
    running.push_back(*root);
    if (plan.roots[*root].id == "a/0/1") break;
  }
  schedule.finished(failed, Outcome::Failed);
  CHECK(start_all(schedule, plan) == Ids{"d/0/0"});  // another flight does not notice
  schedule.finished(index_of(plan, "a/0/0"), Outcome::Good);
  schedule.finished(index_of(plan, "d/0/0"), Outcome::Good);
  CHECK(start_all(schedule, plan) == Ids{"d/1/0"});
  schedule.finished(index_of(plan, "d/1/0"), Outcome::Good);
  CHECK(schedule.is_over());
  std::vector<std::string> skipped;
  for (const auto& one : schedule.skipped()) {
    CHECK(one.because_of == failed);
    skipped.push_back(plan.roots[one.root].id);
  }
  CHECK(skipped == Ids{"a/0/2", "a/1/0", "b/0/0", "c/0/0"});
}

TEST_CASE("the longest way to the end goes first") {
  const auto plan = make_plan({{"a", {2}, {}}, {"b", {1}, {}}, {"c", {1}, {"b"}}});
  auto parts = all_parts(plan);
  parts[index_of(plan, "a/0/0")].duration = 50;
  parts[index_of(plan, "a/0/1")].duration = 70;
  parts[index_of(plan, "b/0/0")].duration = 10;
  parts[index_of(plan, "c/0/0")].duration = 90;
  auto schedule = Schedule::make(plan, parts, Direction::Forward).value();
  CHECK(start_all(schedule, plan) == Ids{"b/0/0", "a/0/1", "a/0/0"});
}

TEST_CASE("after stop nothing starts, and what runs may end") {
  const auto plan = make_plan({{"a", {2, 1}, {}}});
  auto schedule = Schedule::make(plan, all_parts(plan), Direction::Forward).value();
  const auto first = schedule.next();
  REQUIRE(first);
  schedule.stop();
  CHECK_FALSE(schedule.next());
  CHECK_FALSE(schedule.is_over());
  schedule.finished(*first, Outcome::Good);
  CHECK(schedule.is_over());
  CHECK(schedule.skipped().empty());
  CHECK(schedule.never_started().size() == 2);
}

TEST_CASE("flights that wait for each other are refused") {
  const auto plan = make_plan({{"a", {1}, {"b"}}, {"b", {1}, {"a"}}});
  CHECK_FALSE(Schedule::make(plan, all_parts(plan), Direction::Forward).has_value());
}

TEST_CASE("no roots, empty stages and empty flights are over at once or passed") {
  const auto empty = make_plan({});
  CHECK(Schedule::make(empty, {}, Direction::Forward).value().is_over());
  const auto plan = make_plan({{"a", {0, 1, 0}, {}}, {"b", {}, {"a"}}, {"c", {1}, {"b"}}});
  auto schedule = Schedule::make(plan, all_parts(plan), Direction::Forward).value();
  CHECK(start_all(schedule, plan) == Ids{"a/1/0"});
  schedule.finished(index_of(plan, "a/1/0"), Outcome::Good);
  CHECK(start_all(schedule, plan) == Ids{"c/0/0"});
}

}  // namespace space::schedule_test
