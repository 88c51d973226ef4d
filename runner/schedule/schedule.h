// Schedule: which root may start now. A pure state machine: no clock, no process, no file. In: the
// run plan, the roots that take part, how long each took before; then what finished and how. Out:
// the next root to start. Rules: flights in the order of `after`, stages of a flight in series,
// roots of a stage in parallel, the longest way to the end first; backward is the exact reverse. A
// failed root lets its running siblings end and starts nothing more in its flight or in flights
// that fly after it. Where only is looked (AllAtOnce), nothing waits and a failure stops nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/runplan/run_plan.h"

namespace space::schedule {

enum class Direction : std::uint8_t { Forward, Backward, AllAtOnce };
enum class Outcome : std::uint8_t { Good, Failed };

struct Part {
  std::size_t root = 0;       // an index into RunPlan::roots
  std::int64_t duration = 0;  // milliseconds, as known from before
};

struct Skipped {
  std::size_t root = 0;
  std::size_t because_of = 0;  // the root that failed first
};

class Schedule {
 public:
  // An Error where flights wait for each other in a circle.
  static base::Result<Schedule> make(const runplan::RunPlan& plan, const std::vector<Part>& parts,
                                     Direction direction);

  std::optional<std::size_t>
  next();  // of the roots that may start, the most urgent; it is running then
  void finished(std::size_t root, Outcome outcome);
  void stop() { stopped_ = true; }  // nothing starts any more; what runs may end

  std::size_t running() const { return running_; }
  bool is_over() const { return running_ == 0 && (stopped_ || ready_.empty()); }
  // The root whose end let this one start, the last of all that it waited for; nothing where it
  // waited for none.
  std::optional<std::size_t> released_by(std::size_t root) const;
  std::vector<Skipped> skipped() const;            // because of a failure, in the order of roots
  std::vector<std::size_t> never_started() const;  // whatever the reason, in the order of roots

 private:
  enum class State : std::uint8_t { Waiting, Ready, Running, Done };
  static constexpr std::size_t k_none = static_cast<std::size_t>(-1);

  // A root, or the beginning or end of a flight, or the end of a stage: those have no root and take
  // no time.
  struct Node {
    std::size_t root = k_none;
    std::size_t flight = k_none;
    std::int64_t duration = 0;
    std::int64_t urgency = 0;  // the longest way from here to the end, itself included
    std::size_t waits_for = 0;
    std::size_t stopped_by = k_none;
    std::size_t released_by = k_none;  // a root
    State state = State::Waiting;
    std::vector<std::size_t> next;
  };

  std::size_t add_node(std::size_t root, std::size_t flight, std::int64_t duration);
  void add_edge(std::size_t from, std::size_t to, Direction direction);
  bool measure();
  void release(std::size_t node);
  void contain(std::size_t node);

  Direction direction_ = Direction::Forward;
  std::vector<Node> nodes_;
  std::vector<std::size_t> node_of_root_;
  std::vector<std::vector<std::size_t>> roots_of_flight_;  // nodes
  std::vector<std::size_t> last_of_flight_;                // the node that later flights wait for
  std::set<std::pair<std::int64_t, std::size_t>> ready_;   // (-urgency, node)
  std::size_t running_ = 0;
  std::size_t releasing_ = k_none;  // the root that has just finished
  bool stopped_ = false;
};

}  // namespace space::schedule
