// build_program: SyntaxTrees to one Program, one file a construct. Reports unknown blocks and
// arguments (with did-you- mean), wrong labels, invalid and doubled names, the rule of one project.
// Each block's expressions go into one ExprTree.
#pragma once

#include <vector>

#include "compiler/model/program.h"
#include "compiler/syntax/syntax_tree.h"
#include "core/diagnostics/sink.h"
#include "core/source/source_set.h"

namespace space::program {

// `trees` in any order; the result does not depend on it. `sources` must outlive nothing but the
// call.
model::Program build_program(const std::vector<syntax::SyntaxTree>& trees,
                             const source::SourceSet& sources, diagnostics::DiagnosticSink& sink);

}  // namespace space::program
