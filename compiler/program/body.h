// Bodies as they stand: tofu's own blocks, provider configurations, a remote's blocks. Any
// argument, any block; only an argument that is set twice is a mistake. In: a Block node. Out:
// model::Block, in source order.
#pragma once

#include "compiler/model/program.h"
#include "compiler/program/expression_builder.h"

namespace space::program {

model::Block read_block_as_it_stands(syntax::Node block, ExpressionBuilder& expressions,
                                     diagnostics::DiagnosticSink& sink);
model::Body read_body_as_it_stands(syntax::Node body, ExpressionBuilder& expressions,
                                   diagnostics::DiagnosticSink& sink);

void report_doubled_argument(diagnostics::DiagnosticSink& sink, syntax::Node identifier,
                             source::Span first);

}  // namespace space::program
