// The blocks of a `.tf` or `.tofu` file. In: its tree. Out: blocks with their labels and those of
// their arguments that an interface needs, as expressions of `expressions`. Blocks of unknown types
// come without a body, so that whoever merges can say so.
#pragma once

#include <vector>

#include "compiler/model/program.h"
#include "compiler/modules/module_sink.h"
#include "compiler/syntax/syntax_tree.h"

namespace space::modules {

std::vector<model::Block> native_blocks(const syntax::SyntaxTree& file, eval::ExprTree& expressions,
                                        ModuleSink& sink);

}  // namespace space::modules
