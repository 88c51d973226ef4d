// What the steps of analyze_types share. Data only; not for other rooms.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "compiler/model/checked_program.h"
#include "compiler/model/schema.h"
#include "core/diagnostics/sink.h"
#include "core/eval/evaluate.h"
#include "core/source/source_set.h"
#include "core/values/convert.h"

namespace space::typing {

// What a body in place declares: its resources by kind, type and name.
using BodyResources =
    std::map<std::tuple<model::SchemaKind, std::string, std::string>, const model::Block*>;

struct Context {
  const model::ResolvedProgram& program;
  const model::Modules& modules;
  const model::Schemas& schemas;
  const source::SourceSet& sources;
  diagnostics::DiagnosticSink& sink;
  model::Types& types;
  std::map<std::string, values::Type> named;  // `type` blocks
  // Made where they are first asked for.
  std::map<const model::BlockSchema*, values::Value> objects;
  std::map<model::ProcedureId, BodyResources> bodies;

  const eval::ExprTree& tree() const { return program.tree(); }
};

void declare_types(Context& context);      // type blocks, variables, outputs, exports
void convert_values(Context& context);     // flights' values to their variables' types
void check_rules(Context& context);        // min, max, pattern, one_of, validation
void check_inputs(Context& context);       // procedures' inputs against modules and interfaces
void check_expressions(Context& context);  // everything else that is emitted

// The module that a procedure's source leads to, or null (remote, in place, not read).
const model::ModuleInterface* module_of(const Context& context, const model::Procedure& procedure);

// An expression's value where references are unknown values of their types. In a body, or an
// output's `value`, `procedure` says whose resources it reads.
values::Value typed_value(Context& context, model::ExprId expr, model::MissionId mission,
                          model::ProcedureId procedure = {});

// The same, where its mistakes are reported elsewhere.
values::Value quiet_value(Context& context, model::ExprId expr, model::MissionId mission,
                          model::ProcedureId procedure = {});

// What a body answers itself, of what stands in `expr`: nothing where it is not known.
std::optional<eval::ScopeAnswer> resolve_in_body(Context& context, model::ProcedureId procedure,
                                                 model::ExprId expr,
                                                 const eval::Traversal& reference);

// Holds a value against a type: first what its expression writes out (closed object literals,
// refined texts; each mistake at its own place), then the value as a whole, converted. `what` reads
// like "input `cidr`"; `declared` is where the type stands, if somewhere else.
struct Wanted {
  const values::Type& type;
  std::string what;
  source::Span declared;
};
enum class Verdict : std::uint8_t { Fits, Reported };
Verdict check_value(Context& context, model::ExprId expr, const values::Value& value,
                    model::MissionId mission, const Wanted& wanted);
// The first half alone.
Verdict check_literals(Context& context, model::ExprId expr, model::MissionId mission,
                       const Wanted& wanted);

}  // namespace space::typing
