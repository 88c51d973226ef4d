// Context: what every construct's reader is given: where to put expressions, where to report, and
// the file at hand. Made by build_program; never outlives it.
#pragma once

#include "compiler/model/program.h"
#include "compiler/program/expression_builder.h"
#include "compiler/syntax/syntax_tree.h"
#include "core/diagnostics/sink.h"
#include "core/source/source_set.h"

namespace space::program {

struct Context {
  const source::SourceSet& sources;
  diagnostics::DiagnosticSink& sink;
  ExpressionBuilder& expressions;
  const syntax::SyntaxTree* tree = nullptr;  // of the file being read
  bool standard = false;                     // that file belongs to the standard library
};

}  // namespace space::program
