// Two roots, held against each other file by file. Out: the first difference: in which file, what,
// and where each side came from. Not for other rooms.
#pragma once

#include <optional>
#include <string>

#include "compiler/lower/lowered_roots.h"

namespace space::compare {

struct Difference {
  std::string what;  // "`variables.tf`: variable `x` stands in one alone"
  source::Span here, there;
};

std::optional<Difference> first_difference(const lower::LoweredRoot& here,
                                           const lower::LoweredRoot& there);

}  // namespace space::compare
