// The `inputs` of a procedure, as they are written: what the laws ask of each. In: a procedure.
// Out: those with a literal name, in their order; none where `inputs` is no object, which typing
// reports.
#pragma once

#include <string>
#include <vector>

#include "compiler/model/resolved_program.h"

namespace space::check {

struct GivenInput {
  std::string name;
  eval::ExprId value;
};

std::vector<GivenInput> given_inputs(const model::ResolvedProgram& program,
                                     const model::Procedure& procedure);

}  // namespace space::check
