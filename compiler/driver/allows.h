// allows: `# spacec:allow CODE reason="…"`. Moves what the program's directives silence from
// `found` to `silenced`, and reports directives that silence nothing, name no diagnostic, or name
// one that cannot be allowed.
#pragma once

#include <vector>

#include "compiler/model/program.h"
#include "core/diagnostics/render.h"
#include "core/diagnostics/sink.h"
#include "core/source/source_set.h"

namespace space::driver {

void apply_allows(const model::Program& program, const source::SourceSet& sources,
                  std::vector<diagnostics::Diagnostic>& found,
                  std::vector<diagnostics::Silenced>& silenced, diagnostics::DiagnosticSink& sink);

}  // namespace space::driver
