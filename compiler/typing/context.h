// What the steps of analyze_types share. Data only; not for other rooms.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <source_location>
#include <string>
#include <tuple>
#include <utility>

#include "compiler/model/checked_program.h"
#include "compiler/model/schema.h"
#include "core/diagnostics/fixes.h"
#include "core/diagnostics/sink.h"
#include "core/eval/evaluate.h"
#include "core/source/source_set.h"
#include "core/values/convert.h"

namespace space::typing {

// What a body in place declares: its resources by kind, type and name.
using BodyResources =
    std::map<std::tuple<model::SchemaKind, std::string, std::string>, const model::Block*>;

// Where an expression stands: whose variables and whose `instance` it reads. In a body, or an
// output's `value`, the procedure's resources too.
struct Standing {
  Standing(model::MissionId in = {}, model::ProcedureId of = {}) : mission(in), procedure(of) {}
  model::MissionId mission;
  model::ProcedureId procedure;  // invalid where it is the mission's
  friend auto operator<=>(const Standing&, const Standing&) = default;
};

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
  std::map<std::pair<const model::LocalDecl*, Standing>, values::Value> locals;
  std::map<model::ExprId, values::Value> body_locals;
  std::set<model::ExprId> in_progress;  // of body_locals

  const eval::ExprTree& tree() const { return program.tree(); }
};

void declare_types(Context& context);       // type blocks, variables, outputs, exports, facts
void carry_marks(Context& context);         // outputs of modules that are given what is sensitive
void check_interfaces(Context& context);    // defaults, and what implements them
void convert_values(Context& context);      // flights' values to their variables' types
void check_rules(Context& context);         // min, max, pattern, one_of, validation
void check_inputs(Context& context);        // procedures' inputs against modules and interfaces
void check_expressions(Context& context);   // everything else that is emitted
void check_body_modules(Context& context);  // arguments of `module` blocks
void check_body_marks(Context& context);    // what a body may not hold, count or repeat by

// The module that a procedure's source leads to, or null (in place, an interface, not read).
const model::ModuleInterface* module_of(const Context& context, const model::Procedure& procedure);
const model::ModuleOutput* find_module_output(const model::ModuleInterface& module,
                                              std::string_view name);
// Is it sensitive or ephemeral, declared or by what it reads?
values::Marks marks_of(const model::ModuleOutput& output);

// The module that a `module` block in a body calls, or null.
const model::ModuleInterface* called_module(const Context& context,
                                            const model::Procedure& procedure,
                                            const model::Block& block);

// The type that an interface says of an input. Mistakes in it are reported where it is declared.
values::Type input_type(const Context& context, const model::InterfaceInputDecl& input);

// An expression's value where references are unknown values of their types.
values::Value typed_value(Context& context, model::ExprId expr, Standing standing);

// The same, where its mistakes are reported elsewhere.
values::Value quiet_value(Context& context, model::ExprId expr, Standing standing);

// What a body answers itself, of what stands in `expr`: nothing where it is not known.
std::optional<eval::ScopeAnswer> resolve_in_body(Context& context, Standing standing,
                                                 model::ExprId expr,
                                                 const eval::Traversal& reference);
// Of that `local.x`, `module.x`, `each.x`, `count.index` and `self`.
std::optional<eval::ScopeAnswer> resolve_own_name(Context& context, Standing standing,
                                                  const eval::Traversal& reference);

// An unknown value of what all of these are: their type where they have one, part by part, and the
// marks that each of them has.
values::Value common_unknown(const values::ValueList& values);

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
                    Standing standing, const Wanted& wanted);
// Says that it is of another type; `error` is what the conversion says.
void report_misfit(Context& context, model::ExprId expr, const values::Value& value,
                   Standing standing, const Wanted& wanted, const values::ConversionError& error);
// The first half alone.
Verdict check_literals(Context& context, model::ExprId expr, Standing standing,
                       const Wanted& wanted);

// A value that an output gives, against what is declared of it: sensitive only where it says so,
// never ephemeral. `what` reads like "output `token`"; `decl` is where it could be declared so, or
// null.
void check_given_marks(Context& context, model::ExprId expr, const values::Value& value,
                       Standing standing, const std::string& what,
                       const model::OutputType& declared, const model::OutputDecl* decl);
// Reports that `what` cannot hold what the expression gives, with what made it ephemeral;
// `declared` is where it could have been declared to, if somewhere.
void report_ephemeral(Context& context, model::ExprId expr, Standing standing,
                      const std::string& what, source::Span declared,
                      std::source_location origin = std::source_location::current());

}  // namespace space::typing
