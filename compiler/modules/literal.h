// Literals in a module's files: what an argument says without running anything. In: an attribute's
// node. Out: its value, or nothing where it is no literal.
#pragma once

#include <optional>
#include <string>

#include "compiler/syntax/syntax_tree.h"
#include "core/values/value.h"

namespace space::modules {

std::optional<values::Value> literal_of(syntax::Node attribute);
std::optional<std::string> text_of(syntax::Node attribute);
bool says_true(syntax::Node attribute);

}  // namespace space::modules
