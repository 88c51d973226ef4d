// What the root of a farewell is made of: remote and provider configurations as they stand in the
// code. Asked by check, which reports what is not there, and by lower, which writes it. Reports
// nothing.
#pragma once

#include <string>
#include <vector>

#include "compiler/model/resolved_program.h"
#include "compiler/model/state_book.h"

namespace space::model {

// The flight that a state of this name is of, now or in the past; null where its environment or its
// space is not in the code.
const Flight* flight_of(const ResolvedProgram& program, const StateName& name);

struct FarewellProvider {
  const LockedProvider* locked = nullptr;
  ProviderId declared;            // invalid: the code has no such provider any more
  std::string version;            // of its `provider` block, else what the lock holds
  std::vector<ConfigId> configs;  // beside locked->configurations; invalid where it is gone
};
std::vector<FarewellProvider> farewell_providers(const ResolvedProgram& program,
                                                 const StateBook& book, const Farewell& farewell);

}  // namespace space::model
