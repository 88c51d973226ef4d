// What law 10 works with, shared by states.cpp (which state is which), addresses.cpp (where they
// are kept) and lost_states.cpp (those that nothing in the code stands for). Not for other rooms.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/check/moves.h"
#include "compiler/model/state_book.h"

namespace space::check {

struct Move {
  const model::MovedDecl* decl = nullptr;
  StatePattern from, to;
  bool has_effect = false;
};

struct Removal {
  const model::RemovedDecl* decl = nullptr;
  StatePattern from;
  bool destroys = false;
  bool has_effect = false;
};

// A state of the lock that the code has under no name.
struct LostState {
  std::size_t locked = 0;  // into StateLock::states
  model::StateName name;   // after the moves
};

// `led_by`: beside StateLock::states, the last move that a state took, or null.
void check_addresses(Context& context, const model::StateBook& book,
                     const std::vector<const Move*>& led_by);
void check_farewells(Context& context, model::StateBook& book);
void report_lost_states(Context& context, const model::StateBook& book,
                        const std::vector<LostState>& lost);

}  // namespace space::check
