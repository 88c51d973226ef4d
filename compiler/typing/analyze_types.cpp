#include "compiler/typing/analyze_types.h"

#include "compiler/typing/context.h"

namespace space::typing {

model::Types analyze_types(const model::ResolvedProgram& program, const model::Modules& modules,
                           const model::Schemas& schemas, const source::SourceSet& sources,
                           diagnostics::DiagnosticSink& sink) {
  model::Types types;
  Context context{program, modules, schemas, sources, sink, types, {}, {}, {}, {}, {}, {}};
  declare_types(context);
  carry_marks(context);
  check_interfaces(context);
  convert_values(context);
  check_rules(context);
  check_inputs(context);
  check_expressions(context);
  check_body_modules(context);
  check_body_marks(context);
  return types;
}

}  // namespace space::typing
