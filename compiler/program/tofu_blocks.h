// tofu's own blocks in a procedure, held to what tofu takes of each: labels, arguments, blocks
// inside, addresses, what stands twice, and `each`, `count` and `self` where there is none. In: the
// blocks as they stand, and their expressions. Out: findings; and a misspelt argument or block has
// the name that was meant, so that nothing follows from it. What providers and modules take is for
// others to say.
#pragma once

#include <vector>

#include "compiler/model/program.h"
#include "core/diagnostics/sink.h"

namespace space::program {

void mend_tofu_blocks(std::vector<model::Block>& blocks, const eval::ExprTree& tree,
                      diagnostics::DiagnosticSink& sink);

// `each`, `count` and `self` where there is none, modules that nobody calls.
void check_tofu_names(const model::ProcedureDecl& procedure, const eval::ExprTree& tree,
                      diagnostics::DiagnosticSink& sink);

}  // namespace space::program
