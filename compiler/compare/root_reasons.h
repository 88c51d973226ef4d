// What one root differs in besides its code: values, wiring, secrets, its state, the policies of
// its environment. In: a pair of roots, what every root is called now. Out: reasons, the variables
// that they give another value, and whether all that the root gives may be another. Not for other
// rooms.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/compare/affected.h"
#include "compiler/compare/pairs.h"

namespace space::compare {

enum class Extent : std::uint8_t { Variables, All };

struct RootReasons {
  std::vector<Reason> reasons;
  std::set<std::string> variables;
  Extent extent = Extent::Variables;
};

using NewNames = std::map<std::string, std::string>;  // of roots: the id before, the id now

RootReasons root_reasons(const Pair& pair, const NewNames& names);

// Rules of policies that are others, by environment; "" for those of all.
std::map<std::string, std::vector<Reason>> policy_reasons(const lower::LoweredProgram* before,
                                                          const lower::LoweredProgram* now);

}  // namespace space::compare
