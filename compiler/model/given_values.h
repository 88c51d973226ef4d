// What a `values` block gives to a variable. In: the block, null where there is none, and the
// variable. Out: the argument; null where it gives none.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/model/program.h"

namespace space::model {

const Attribute* given(const ValuesDecl* decl, std::string_view variable);

// Under a name that no variable of the mission has, and that is nearest to this one's. That the
// name is wrong is reported where it stands.
const Attribute* given_misspelt(const ValuesDecl* decl, std::string_view variable,
                                const std::vector<VariableDecl>& variables);

}  // namespace space::model
