// What of a reviewed change was known, and what was not: a real plan may do less only where all
// that makes the difference was unknown (rule 3 of refine.h). In: the values of a change, sealed or
// not. Out: places, as leaves.h writes them. For refine.cpp, and for what a change follows from.
#pragma once

#include <string>
#include <vector>

#include "runner/plans/plan_document.h"

namespace space::plans {

// Where it changes to something known, or its mark alone changes. Of a collection with unknown
// elements: the known ones that were not in it, at whatever place, for it may be a set.
std::vector<std::string> known_changes(const Values& values);
// Or how many elements there are.
bool changes_what_is_known(const Values& values);

std::vector<std::string> unknown_places(const Values& values);

}  // namespace space::plans
