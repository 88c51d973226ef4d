// What an expression means, as text: the same for two that differ in layout, comments, parentheses,
// the spelling of strings and numbers, or the order of an object's attributes alone. In: a tree.
// Out: text to compare, never to show. What differs here may still come to the same value; what is
// equal here never comes to another one.
#pragma once

#include <string>

#include "core/eval/expression.h"

namespace space::eval {

std::string expression_meaning(const ExprTree& tree, ExprId id);

}  // namespace space::eval
