// What tofu judges of a variable when it runs: a `validation` for each refined part of its type,
// and for each rule that its declaration gives. In: a variable of a root, with its type. Out:
// blocks for it. A null passes where the variable may be null, what is unknown is judged when it is
// known. Not for other rooms.
#pragma once

#include <string>
#include <vector>

#include "compiler/lower/lowered_roots.h"

namespace space::lower {

// `subject` names the variable for a person: "variable `net`", "output `net` of procedure `core`".
std::vector<LoweredBlock> refined_validations(const LoweredVariable& variable,
                                              const std::string& subject);
std::vector<LoweredBlock> rule_validations(const LoweredVariable& variable,
                                           const model::ResolvedProgram& program,
                                           const model::VariableDecl& decl);

}  // namespace space::lower
