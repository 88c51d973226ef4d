// `# spacec:allow SPC4102 reason="…"`: comments that speak to the compiler. In: a file's tree. Out:
// AllowDirectives, each with the item that follows it as its scope. What is malformed is reported
// (SPC1022) and left out; whether the code exists and may be allowed is compiler/check's business.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/model/program.h"
#include "compiler/syntax/syntax_tree.h"
#include "core/diagnostics/sink.h"

namespace space::program {

bool is_directive(std::string_view comment);  // `# spacec:…`, `// spacec:…`

void read_directives(const syntax::SyntaxTree& tree, std::vector<model::AllowDirective>& allows,
                     diagnostics::DiagnosticSink& sink);

}  // namespace space::program
