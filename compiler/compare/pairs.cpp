#include "compiler/compare/pairs.h"

#include <set>

namespace space::compare {

namespace {

using Roots = std::map<std::string, RootAt>;

void add_block(const lower::LoweredBlock& block, std::string& key) {
  key += block.type;
  for (const lower::Assignment& argument : block.assignments) {
    key += "\n" + argument.name + "=";
    for (const lower::Piece& piece : argument.text) key += piece.text;
  }
  for (const lower::LoweredBlock& inner : block.blocks) add_block(inner, key);
}

// Where its state lies; "" for a farewell, whose state is that of a procedure that is gone.
std::string state_key(const RootAt& at) {
  if (at.flight->plan.farewell) return "";
  const runplan::State& state = at.root->state;
  std::string key = state.type + "\n" + state.address + "\n" + state.path + "\n";
  add_block(at.root->backend, key);
  return key;
}

Roots roots_of(const lower::LoweredProgram* program) {
  Roots roots;
  if (program == nullptr) return roots;
  for (const lower::LoweredFlight& flight : program->flights) {
    for (const lower::LoweredRoot& root : flight.roots) roots[root.id] = {&flight, &root};
  }
  return roots;
}

Roots by_state(const Roots& roots) {
  Roots by;
  for (const auto& [id, at] : roots) {
    if (std::string key = state_key(at); !key.empty()) by.emplace(std::move(key), at);
  }
  return by;
}

}  // namespace

std::vector<Pair> pair_roots(const lower::LoweredProgram* before,
                             const lower::LoweredProgram* now) {
  const Roots old_roots = roots_of(before), new_roots = roots_of(now);
  const Roots old_states = by_state(old_roots), new_states = by_state(new_roots);
  std::vector<Pair> pairs;
  std::set<std::string> taken;
  for (const auto& [id, at] : new_roots) {
    Pair pair{{}, at};
    const std::string key = state_key(at);
    const auto same_state = old_states.find(key);
    const auto same_name = old_roots.find(id);
    if (!key.empty() && same_state != old_states.end()) {
      pair.before = same_state->second;
    } else if (same_name != old_roots.end()) {
      // Its backend changed; unless its state went to another root.
      const std::string old_key = state_key(same_name->second);
      if (old_key.empty() || !new_states.contains(old_key)) pair.before = same_name->second;
    }
    if (pair.before.root != nullptr) taken.insert(pair.before.root->id);
    pairs.push_back(pair);
  }
  for (const auto& [id, at] : old_roots) {
    if (!taken.contains(id)) pairs.push_back({at, {}});
  }
  return pairs;
}

}  // namespace space::compare
