// References as unknown values of their types.
#include <algorithm>

#include "compiler/model/queries.h"
#include "compiler/typing/context.h"

namespace space::typing {

namespace {

using model::RefKind;
using values::Value;

Value unknown(const model::OutputType& output) {
  const Value value = Value::unknown(output.type.without_refinements().without_optionals());
  return output.sensitive ? value.with_marks({true, false}) : value;
}

Value outputs_object(const Context& context, model::ProcedureId id) {
  const auto& decls = model::outputs_of(context.program, context.program[id]);
  values::ValueMap attributes;
  for (std::size_t i = 0; i < decls.size(); ++i)
    attributes.emplace(decls[i].name.text, unknown(context.types.outputs[id.index()][i]));
  return Value::object(std::move(attributes));
}

Value exports_object(const Context& context, model::MissionId id) {
  const auto& decls = context.program[id].decl->exports;
  values::ValueMap attributes;
  for (std::size_t i = 0; i < decls.size(); ++i)
    attributes.emplace(decls[i].name.text, unknown(context.types.exports[id.index()][i]));
  return Value::object(std::move(attributes));
}

Value by_space(const Context& context, model::MissionId id) {
  values::ValueMap spaces;
  for (const model::SpaceId space : context.program[id].spaces)
    spaces.emplace(context.program[space].name, exports_object(context, id));
  return Value::object(std::move(spaces));
}

class TypingScope final : public eval::Scope {
 public:
  TypingScope(Context& context, model::ExprId expr, model::MissionId mission,
              model::ProcedureId procedure)
      : context_(context), expr_(expr), mission_(mission), procedure_(procedure) {}

  std::optional<eval::ScopeAnswer> resolve(const eval::Traversal& traversal) const override {
    const model::Reference* reference = context_.program.reference(traversal.head);
    if (reference == nullptr) return std::nullopt;
    const auto answer = [&](Value value) {
      return eval::ScopeAnswer{std::move(value), reference->consumed};
    };
    const model::Program& program = *context_.program.program;
    switch (reference->kind) {
      case RefKind::Variable: {
        if (!mission_.valid()) return std::nullopt;
        return answer(Value::unknown(context_.types.variables[mission_.index()][reference->index]
                                         .without_refinements()
                                         .without_optionals()));
      }
      case RefKind::TopLocal:
        return answer(local(program.locals[reference->index]));
      case RefKind::MissionLocal:
        return answer(local(context_.program[reference->mission].decl->locals[reference->index]));
      case RefKind::Secret:
        return answer(Value::unknown(values::Type::string()).with_marks({true, false}));
      case RefKind::FlightMission:
      case RefKind::FlightSpace:
      case RefKind::FlightRegion:
      case RefKind::FlightNamespace:
      case RefKind::FlightEnvironment:
      case RefKind::FlightUnique:
      case RefKind::InstanceKey:
        return answer(Value::unknown(values::Type::string()));
      case RefKind::ProcedureOutput:
        return answer(
            unknown(context_.types.outputs[reference->procedure.index()][reference->index]));
      case RefKind::ProcedureObject: {
        values::ValueMap keys;
        for (const std::string& key : context_.program[reference->procedure].keys)
          keys.emplace(key, outputs_object(context_, reference->procedure));
        return answer(Value::object(std::move(keys)));
      }
      case RefKind::ExportValue:
        return answer(
            unknown(context_.types.exports[reference->mission.index()][reference->index]));
      case RefKind::ExportSpace:
        return answer(exports_object(context_, reference->mission));
      case RefKind::ExportObject: {
        const model::Mission& mission = context_.program[reference->mission];
        if (!mission.keyed || reference->key) return answer(by_space(context_, reference->mission));
        values::ValueMap keys;
        for (const model::InstanceId id : mission.instances)
          keys.emplace(context_.program[id].key, by_space(context_, reference->mission));
        return answer(Value::object(std::move(keys)));
      }
      case RefKind::FlightFact:
      case RefKind::InstanceValue:
        return answer(Value::unknown());
      case RefKind::Body:
        return resolve_in_body(context_, procedure_, expr_, traversal);
      default:
        return std::nullopt;
    }
  }

 private:
  Value local(const model::LocalDecl& decl) const {
    if (std::find(in_progress_.begin(), in_progress_.end(), &decl) != in_progress_.end())
      return Value::unknown();
    in_progress_.push_back(&decl);
    diagnostics::NullSink quiet;  // the local's own mistakes are reported where it stands
    Value value = eval::evaluate(context_.tree(), decl.value, *this, {}, quiet);
    in_progress_.pop_back();
    return value;
  }

  Context& context_;
  model::ExprId expr_;
  model::MissionId mission_;
  model::ProcedureId procedure_;
  mutable std::vector<const model::LocalDecl*> in_progress_;
};

Value value_of(Context& context, model::ExprId expr, model::MissionId mission,
               model::ProcedureId procedure, diagnostics::DiagnosticSink& sink) {
  if (!expr.valid()) return Value::unknown();
  const TypingScope scope(context, expr, mission, procedure);
  eval::FunctionContext functions;
  functions.deferred_calls = eval::DeferredCalls::Unknown;
  return eval::evaluate(context.tree(), expr, scope, functions, sink);
}

}  // namespace

values::Value typed_value(Context& context, model::ExprId expr, model::MissionId mission,
                          model::ProcedureId procedure) {
  return value_of(context, expr, mission, procedure, context.sink);
}

values::Value quiet_value(Context& context, model::ExprId expr, model::MissionId mission,
                          model::ProcedureId procedure) {
  diagnostics::NullSink quiet;
  return value_of(context, expr, mission, procedure, quiet);
}

}  // namespace space::typing
