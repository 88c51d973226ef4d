// Syntax nodes of expressions to eval::Expr. Strings are unescaped, heredocs dedented (`<<-`) and
// trim markers applied, as HCL does; numbers keep full precision. A node with a syntax error inside
// gives ExprKind::Invalid for that part.
#pragma once

#include "compiler/model/program.h"
#include "compiler/syntax/syntax_tree.h"
#include "core/diagnostics/sink.h"
#include "core/eval/expression.h"

namespace space::program {

eval::ExprId build_expression(syntax::Node expression, eval::ExprTree& tree,
                              diagnostics::DiagnosticSink& sink);

// A body as it stands: attributes and nested blocks, in source order.
model::Body build_body(syntax::Node body, eval::ExprTree& tree, diagnostics::DiagnosticSink& sink);
model::Block build_block(syntax::Node block, eval::ExprTree& tree,
                         diagnostics::DiagnosticSink& sink);

}  // namespace space::program
