// Leaves: where two values of a plan differ, place by place, in the form that is shown. In: a
// change's values, with tofu's marks of what is unknown and what is sensitive. Out: places in
// order, without any sensitive value. Lists are compared element by element where both have as
// many; plan JSON does not tell them from sets.
#pragma once

#include <string>
#include <vector>

#include "core/runplan/preview.h"
#include "core/values/value.h"
#include "runner/plans/plan_document.h"

namespace space::plans {

// What differs; of a new object all that is set, of one that goes nothing.
std::vector<runplan::PreviewLeaf> differences(const Change& change);

// A value as a whole, before and after: of an output.
runplan::PreviewValue whole_before(const Values& values);
runplan::PreviewValue whole_after(const Values& values);

// ["input","tags",0] -> "input.tags[0]"
std::string path_text(const values::Value& path);

}  // namespace space::plans
