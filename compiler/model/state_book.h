// StateBook: the states of a program and those of `spaces.lock`, led to each other by `moved` and
// `removed`. Made by compiler/check (law 10) and part of a CheckedProgram: where a root keeps its
// state is written here once, and asked by lower and by the next lock alike.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/model/resolved_program.h"
#include "compiler/model/state_lock.h"

namespace space::model {

struct ProgramState {
  StateName name;
  FlightId flight;
  ProcedureId procedure;
  std::string address;                // the lock's, where it holds one
  std::string backend;                // where states of its flight are kept
  std::optional<std::size_t> locked;  // into StateLock::states: established before
};

// A state that leaves: its root is remote and providers alone, so that tofu destroys what is in it.
struct Farewell {
  std::size_t locked = 0;  // into StateLock::states
  StateName name;          // after `moved`
  const RemovedDecl* removed = nullptr;
  const Flight* like = nullptr;  // whose remote and providers it has: its own, or a past one
};

struct StateBook {
  StateLock lock;
  std::vector<ProgramState> states;    // by name
  std::vector<Farewell> farewells;     // by name
  std::vector<std::size_t> forgotten;  // into StateLock::states: `destroy = false`
};

}  // namespace space::model
