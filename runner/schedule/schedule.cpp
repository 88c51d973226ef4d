#include "runner/schedule/schedule.h"

#include <algorithm>
#include <unordered_map>

#include "core/base/check.h"

namespace space::schedule {

std::size_t Schedule::add_node(std::size_t root, std::size_t flight, std::int64_t duration) {
  Node node;
  node.root = root;
  node.flight = flight;
  node.duration = std::max<std::int64_t>(duration, 0);
  nodes_.push_back(std::move(node));
  return nodes_.size() - 1;
}

void Schedule::add_edge(std::size_t from, std::size_t to, Direction direction) {
  if (direction == Direction::AllAtOnce) return;
  if (direction == Direction::Backward) std::swap(from, to);
  nodes_[from].next.push_back(to);
  ++nodes_[to].waits_for;
}

base::Result<Schedule> Schedule::make(const runplan::RunPlan& plan, const std::vector<Part>& parts,
                                      Direction direction) {
  Schedule schedule;
  schedule.direction_ = direction;
  std::unordered_map<std::string_view, std::size_t> flights;
  std::vector<std::size_t> begins, ends;
  for (std::size_t i = 0; i < plan.flights.size(); ++i) {
    flights.emplace(plan.flights[i].id, i);
    begins.push_back(schedule.add_node(k_none, i, 0));
    ends.push_back(schedule.add_node(k_none, i, 0));
  }
  schedule.last_of_flight_ = direction == Direction::Forward ? ends : begins;
  schedule.roots_of_flight_.resize(plan.flights.size());
  schedule.node_of_root_.assign(plan.roots.size(), k_none);
  std::unordered_map<std::string_view, std::size_t> roots;
  for (const Part& part : parts) {
    const runplan::Root& root = plan.roots[part.root];
    const auto flight = flights.find(root.flight);
    SPACE_CHECK(flight != flights.end(), "a root without its flight");
    const std::size_t node = schedule.add_node(part.root, flight->second, part.duration);
    schedule.node_of_root_[part.root] = node;
    schedule.roots_of_flight_[flight->second].push_back(node);
    roots.emplace(root.id, node);
  }
  // Flights that take no part still hand on the order of those around them.
  for (std::size_t i = 0; i < plan.flights.size(); ++i) {
    for (const std::string& before : plan.flights[i].after) {
      const auto found = flights.find(before);
      if (found != flights.end()) schedule.add_edge(ends[found->second], begins[i], direction);
    }
    std::size_t gate = begins[i];
    for (const runplan::Stage& stage : plan.flights[i].stages) {
      const std::size_t stage_end = schedule.add_node(k_none, i, 0);
      schedule.add_edge(gate, stage_end, direction);
      for (const std::string& id : stage.roots) {
        const auto found = roots.find(id);
        if (found == roots.end()) continue;
        schedule.add_edge(gate, found->second, direction);
        schedule.add_edge(found->second, stage_end, direction);
      }
      gate = stage_end;
    }
    schedule.add_edge(gate, ends[i], direction);
  }
  if (!schedule.measure()) {
    return base::Error{"flights wait for each other in a circle",
                       "write the run plan again with `spacec build`"};
  }
  std::vector<std::size_t> first;
  for (std::size_t i = 0; i < schedule.nodes_.size(); ++i) {
    if (schedule.nodes_[i].waits_for == 0) first.push_back(i);
  }
  for (const std::size_t node : first) schedule.release(node);
  return schedule;
}

// Sets every urgency. False where there is a circle.
bool Schedule::measure() {
  std::vector<std::size_t> waits, order;
  for (const Node& node : nodes_) waits.push_back(node.waits_for);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (waits[i] == 0) order.push_back(i);
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const std::size_t next : nodes_[order[i]].next) {
      if (--waits[next] == 0) order.push_back(next);
    }
  }
  if (order.size() != nodes_.size()) return false;
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    Node& node = nodes_[*it];
    std::int64_t longest = 0;
    for (const std::size_t next : node.next) longest = std::max(longest, nodes_[next].urgency);
    node.urgency = longest + node.duration;
  }
  return true;
}

// Nothing keeps this node any more: a root is ready, anything else is passed at once.
void Schedule::release(std::size_t first) {
  std::vector<std::size_t> todo{first};
  while (!todo.empty()) {
    const std::size_t at = todo.back();
    todo.pop_back();
    Node& node = nodes_[at];
    if (node.stopped_by != k_none) continue;
    if (node.root != k_none && node.state == State::Waiting) {
      node.state = State::Ready;
      node.released_by = releasing_;
      ready_.emplace(-node.urgency, at);
      continue;
    }
    node.state = State::Done;
    for (const std::size_t next : node.next) {
      if (--nodes_[next].waits_for == 0) todo.push_back(next);
    }
  }
}

std::optional<std::size_t> Schedule::next() {
  if (stopped_ || ready_.empty()) return std::nullopt;
  const std::size_t at = ready_.begin()->second;
  ready_.erase(ready_.begin());
  nodes_[at].state = State::Running;
  ++running_;
  return nodes_[at].root;
}

void Schedule::finished(std::size_t root, Outcome outcome) {
  const std::size_t at = node_of_root_.at(root);
  SPACE_CHECK(at != k_none && nodes_[at].state == State::Running,
              "a root finished that was not running");
  --running_;
  nodes_[at].state = State::Done;
  if (direction_ == Direction::AllAtOnce) return;
  if (outcome == Outcome::Failed) return contain(at);
  releasing_ = root;
  for (const std::size_t next : nodes_[at].next) {
    if (--nodes_[next].waits_for == 0) release(next);
  }
}

// Stops what has not started in the failed root's flight and in all that comes after that flight.
void Schedule::contain(std::size_t failed) {
  std::vector<std::size_t> todo{last_of_flight_[nodes_[failed].flight]};
  for (const std::size_t sibling : roots_of_flight_[nodes_[failed].flight]) todo.push_back(sibling);
  while (!todo.empty()) {
    const std::size_t at = todo.back();
    todo.pop_back();
    Node& node = nodes_[at];
    const bool has_begun = node.state == State::Running || node.state == State::Done;
    if (has_begun || node.stopped_by != k_none) continue;
    node.stopped_by = nodes_[failed].root;
    if (node.state == State::Ready) ready_.erase({-node.urgency, at});
    todo.insert(todo.end(), node.next.begin(), node.next.end());
  }
}

std::optional<std::size_t> Schedule::released_by(std::size_t root) const {
  const std::size_t by = nodes_[node_of_root_.at(root)].released_by;
  return by == k_none ? std::nullopt : std::optional(by);
}

std::vector<Skipped> Schedule::skipped() const {
  std::vector<Skipped> all;
  for (const Node& node : nodes_) {
    if (node.root != k_none && node.stopped_by != k_none)
      all.push_back({node.root, node.stopped_by});
  }
  std::sort(all.begin(), all.end(),
            [](const Skipped& a, const Skipped& b) { return a.root < b.root; });
  return all;
}

std::vector<std::size_t> Schedule::never_started() const {
  std::vector<std::size_t> all;
  for (const Node& node : nodes_) {
    const bool has_begun = node.state == State::Running || node.state == State::Done;
    if (node.root != k_none && !has_begun) all.push_back(node.root);
  }
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace space::schedule
