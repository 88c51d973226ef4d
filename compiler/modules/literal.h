// Literals in a module's files: what an argument says without running anything. In: an expression.
// Out: its value, or nothing where it is no literal.
#pragma once

#include <optional>
#include <string>

#include "core/eval/expression.h"

namespace space::modules {

std::optional<values::Value> literal_of(const eval::ExprTree& tree, eval::ExprId id);
std::optional<std::string> text_of(const eval::ExprTree& tree, eval::ExprId id);
bool says_true(const eval::ExprTree& tree, eval::ExprId id);

}  // namespace space::modules
