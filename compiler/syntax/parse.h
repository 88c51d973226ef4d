// parse: text to SyntaxTree. Never throws, never stops at the first error: each error is reported
// to the sink, at most one an offset, and parsing goes on at the next item. The language is HCL's
// native syntax; `Dialect::Space` reports what `.space` files do not take (`a.0`, `a.*`, a reserved
// `@`), `Dialect::Tofu` lets it pass (module files). Nesting deeper than k_max_depth is an error
// (SPC0009), so no input can exhaust the stack.
#pragma once

#include <string_view>

#include "compiler/syntax/syntax_tree.h"
#include "core/diagnostics/sink.h"
#include "core/source/source_set.h"

namespace space::syntax {

inline constexpr int k_max_depth = 256;

enum class Dialect { Space, Tofu };

// `sources` must outlive the tree (it owns the text).
SyntaxTree parse(const source::SourceSet& sources, source::FileId file, Dialect dialect,
                 diagnostics::DiagnosticSink& sink);

// One expression that fills the whole text (`spacec eval`), and one template (`templatefile`): the
// root is the expression, or a TemplateExpr without quotes.
SyntaxTree parse_expression(const source::SourceSet& sources, source::FileId file,
                            diagnostics::DiagnosticSink& sink, Dialect dialect = Dialect::Space);
SyntaxTree parse_template(const source::SourceSet& sources, source::FileId file,
                          diagnostics::DiagnosticSink& sink);

}  // namespace space::syntax
