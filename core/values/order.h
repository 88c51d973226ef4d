// The order of a set's elements, cty's: null after values, unknown after known; strings by bytes,
// numbers by size, false before true; anything else by a text that is made of it. And equality as
// sets and `==` mean it.
#pragma once

#include <optional>

#include "core/values/value.h"

namespace space::values {

void sort_and_unique(ValueList& elements);  // without marks inside

Value without_marks_deep(const Value& value);

// Equal as tofu's `==` says of two values without marks: nothing where an unknown part leaves it
// open. Types must agree (no conversion here): 1 and "1" differ.
std::optional<bool> equal(const Value& a, const Value& b);

}  // namespace space::values
