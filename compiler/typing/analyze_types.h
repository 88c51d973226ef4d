// analyze_types: the types of a resolved program. What is declared becomes a Type; every expression
// that stands in an input, a body, an output, an export or a provider configuration is evaluated
// once with unknown values of the declared types, so that functions, operators and conversions are
// checked as tofu would; values are converted to their variables' types. In: the program, the
// interfaces of its modules, the schemas of its providers. Out: Types, whole even after errors
// (`any`).
#pragma once

#include "compiler/model/checked_program.h"
#include "compiler/model/schema.h"
#include "core/diagnostics/sink.h"
#include "core/source/source_set.h"

namespace space::typing {

model::Types analyze_types(const model::ResolvedProgram& program, const model::Modules& modules,
                           const model::Schemas& schemas, const source::SourceSet& sources,
                           diagnostics::DiagnosticSink& sink);

}  // namespace space::typing
