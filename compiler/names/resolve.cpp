#include "compiler/names/resolve.h"

#include "compiler/names/static_scope.h"

namespace space::names {

model::ResolvedProgram resolve(std::shared_ptr<const model::Program> program,
                               const source::SourceSet& sources, const ResolveInputs& inputs,
                               diagnostics::DiagnosticSink& sink) {
  model::ResolvedProgram resolved;
  resolved.program = program;
  Context context{*program, resolved, sources, inputs, sink, {}};
  declare_entities(context);
  resolve_static_uses(context);
  evaluate_entities(context);
  evaluate_settings(context);
  resolve_deferred_uses(context);
  make_flights(context);
  find_file_reads(context);
  resolved.inputs.assign(context.read_files.begin(), context.read_files.end());
  return resolved;
}

}  // namespace space::names
