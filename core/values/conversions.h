// Which types convert to which, without a look at a value: the ground under convert and unify. For
// this room alone.
#pragma once

#include "core/values/convert.h"
#include "core/values/type.h"

namespace space::values {

bool is_convertible(const Type& from, const Type& wanted, UnifyBy by);

// Whether two types are one but for refinements, as tofu sees them.
bool same_for_tofu(const Type& a, const Type& b);

// Why `from` does not convert to `wanted`; the path leads to the part that is to blame.
ConversionError explain_mismatch(const Type& from, const Type& wanted);

}  // namespace space::values
