// Pairs: which root of one compilation is which root of another one. By the state that it keeps:
// a root whose name is another and whose state is the same was moved. In: both programs. Out: pairs
// by the id of now, then what is gone. Not for other rooms.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/lower/lowered_roots.h"

namespace space::compare {

struct RootAt {
  const lower::LoweredFlight* flight = nullptr;
  const lower::LoweredRoot* root = nullptr;
};

struct Pair {
  RootAt before, now;  // without a root where there is none on that side
};

std::vector<Pair> pair_roots(const lower::LoweredProgram* before, const lower::LoweredProgram* now);

}  // namespace space::compare
