// The values of one change, reviewed and real, place by place (rules 5 to 8 of refine.h). For
// refine.cpp.
#pragma once

#include <functional>
#include <string>

#include "runner/plans/refine.h"

namespace space::plans {

// Updated: what stays must stay. Made: there is nothing before that counts.
enum class Comparing : std::uint8_t { Updated, Made };

struct ValuesToCompare {
  const Values& reviewed;
  const Values& real;
  Comparing comparing = Comparing::Updated;
  Rule rule = Rule::Leaves;  // that a difference breaks
};

// Findings have no address yet.
std::vector<Finding> compare_values(const ValuesToCompare& values, const Seal& seal);

}  // namespace space::plans
