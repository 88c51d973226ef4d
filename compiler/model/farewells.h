// What the root of a farewell is made of: remote and provider configurations as they stand in the
// code for a flight in the same space and environment. Asked by check, which reports what is not
// there, and by lower, which writes it. Reports nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/model/resolved_program.h"
#include "compiler/model/state_book.h"

namespace space::model {

// A flight that keeps its states where the farewell's state lies, of its own mission where there is
// one. Invalid where there is none.
FlightId flight_like(const ResolvedProgram& program, const LockedState& state,
                     const StateName& name);

struct FarewellProvider {
  const LockedProvider* locked = nullptr;
  ProviderId declared;            // invalid: the code has no such provider any more
  std::string version;            // of its `provider` block, else what the lock holds
  std::vector<ConfigId> configs;  // beside locked->configurations; invalid where it is gone
};
std::vector<FarewellProvider> farewell_providers(const ResolvedProgram& program,
                                                 const StateBook& book, const Farewell& farewell);

}  // namespace space::model
