// Random flights, flown with random failures in a random order of ends, held to what the design
// says, not to the code.
#include <map>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "make_plan.h"

namespace space::schedule_test {

namespace {

using schedule::Direction;
using schedule::Outcome;
using schedule::Schedule;

class World {
 public:
  World(unsigned seed, Direction direction) : random_(seed), direction_(direction) {
    std::vector<FlightSpec> specs;
    const int flights = pick(1, 7);
    for (int f = 0; f < flights; ++f) {
      FlightSpec spec;
      spec.name = std::string(1, static_cast<char>('a' + f));
      for (int s = pick(0, 3); s > 0; --s) spec.stages.push_back(pick(0, 4));
      for (int b = 0; b < f; ++b) {
        if (pick(0, 3) == 0) spec.after.push_back(std::string(1, static_cast<char>('a' + b)));
      }
      specs.push_back(spec);
    }
    plan_ = make_plan(specs);
    for (std::size_t i = 0; i < plan_.roots.size(); ++i) {
      if (pick(0, 9) > 0) parts_.push_back({i, pick(0, 100)});
    }
  }

  int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  // All flights before this one, near and far.
  std::set<std::string> before(const std::string& flight) const {
    std::set<std::string> all;
    for (const std::string& id : runplan::find_flight(plan_, flight)->after) {
      all.insert(id);
      all.merge(before(id));
    }
    return all;
  }

  bool must_end_before(std::size_t first, std::size_t second) const {
    if (direction_ == Direction::Backward) std::swap(first, second);
    const runplan::Root& a = plan_.roots[first];
    const runplan::Root& b = plan_.roots[second];
    if (a.flight == b.flight) return a.stage < b.stage;
    return before(b.flight).count(a.flight) > 0;
  }

  // Flown with at most `places` at a time; each end fails one time in `odds`.
  void fly(int places, int odds) {
    auto made = Schedule::make(plan_, parts_, direction_);
    REQUIRE(made.has_value());
    Schedule& schedule = *made;
    std::vector<std::size_t> running;
    std::set<std::size_t> good, failed, started;
    while (!schedule.is_over()) {
      while (static_cast<int>(running.size()) < places) {
        const auto root = schedule.next();
        if (!root) break;
        REQUIRE(started.insert(*root).second);
        for (const auto& part : parts_) {
          if (must_end_before(part.root, *root)) REQUIRE(good.count(part.root) == 1);
        }
        for (const std::size_t bad : failed) {
          REQUIRE(plan_.roots[bad].flight != plan_.roots[*root].flight);
          REQUIRE_FALSE(must_end_before(bad, *root));
        }
        running.push_back(*root);
      }
      REQUIRE(schedule.running() == running.size());
      REQUIRE_FALSE(running.empty());  // else nothing would ever happen again
      const auto at = static_cast<std::size_t>(pick(0, static_cast<int>(running.size()) - 1));
      const std::size_t root = running[at];
      running.erase(running.begin() + static_cast<std::ptrdiff_t>(at));
      const bool fails = odds > 0 && pick(1, odds) == 1;
      (fails ? failed : good).insert(root);
      schedule.finished(root, fails ? Outcome::Failed : Outcome::Good);
    }
    check_end(schedule, started, failed);
  }

 private:
  void check_end(const Schedule& schedule, const std::set<std::size_t>& started,
                 const std::set<std::size_t>& failed) const {
    std::set<std::size_t> skipped;
    for (const auto& one : schedule.skipped()) {
      REQUIRE(failed.count(one.because_of) == 1);
      const bool reached = plan_.roots[one.because_of].flight == plan_.roots[one.root].flight ||
                           must_end_before(one.because_of, one.root);
      REQUIRE(reached);
      skipped.insert(one.root);
    }
    for (const auto& part : parts_)
      REQUIRE(started.count(part.root) + skipped.count(part.root) == 1);
    const auto never = schedule.never_started();
    REQUIRE(std::set<std::size_t>(never.begin(), never.end()) == skipped);
  }

  std::mt19937 random_;
  Direction direction_;
  runplan::RunPlan plan_;
  std::vector<schedule::Part> parts_;
};

}  // namespace

TEST_CASE("random flights keep every rule of order and containment") {
  for (unsigned seed = 1; seed <= 600; ++seed) {
    CAPTURE(seed);
    World world(seed, seed % 2 == 0 ? Direction::Forward : Direction::Backward);
    world.fly(1 + static_cast<int>(seed % 5), seed % 3 == 0 ? 0 : 6);
  }
}

}  // namespace space::schedule_test
