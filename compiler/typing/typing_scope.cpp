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

eval::FunctionContext functions() {
  eval::FunctionContext functions;
  functions.deferred_calls = eval::DeferredCalls::Unknown;
  return functions;
}

class TypingScope final : public eval::Scope {
 public:
  TypingScope(Context& context, model::ExprId expr, Standing standing)
      : context_(context), expr_(expr), standing_(standing) {}

  std::optional<eval::ScopeAnswer> resolve(const eval::Traversal& traversal) const override {
    const model::Reference* reference = context_.program.reference(traversal.head);
    if (reference == nullptr) return std::nullopt;
    const auto answer = [&](Value value) {
      return eval::ScopeAnswer{std::move(value), reference->consumed};
    };
    const model::Program& program = *context_.program.program;
    switch (reference->kind) {
      case RefKind::Variable:
        if (!standing_.mission.valid()) return std::nullopt;
        return answer(variable(reference->index));
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
      case RefKind::FlightFact: {
        const auto fact = context_.types.facts.find(reference->name);
        return answer(Value::unknown(fact == context_.types.facts.end() ? values::Type::any()
                                                                        : fact->second));
      }
      case RefKind::InstanceValue:
        return answer(instance_value());
      case RefKind::Body:
        return resolve_in_body(context_, standing_, expr_, traversal);
      default:
        return std::nullopt;
    }
  }

 private:
  Value variable(std::size_t index) const {
    const model::VariableDecl& decl = context_.program[standing_.mission].decl->variables[index];
    const values::Type& type = context_.types.variables[standing_.mission.index()][index];
    return Value::unknown(type.without_refinements().without_optionals())
        .with_marks({model::bool_setting(context_.program, decl.sensitive).value_or(false),
                     model::bool_setting(context_.program, decl.ephemeral).value_or(false)});
  }

  Value instance_value() const {
    if (standing_.procedure.valid() && context_.program[standing_.procedure].keyed)
      return common_unknown(context_.program[standing_.procedure].key_values);
    if (!standing_.mission.valid()) return Value::unknown();
    values::ValueList all;
    for (const model::InstanceId id : context_.program[standing_.mission].instances)
      all.push_back(context_.program[id].value);
    return common_unknown(all);
  }

  Value local(const model::LocalDecl& decl) const {
    const bool by_instance =
        standing_.procedure.valid() && context_.program[standing_.procedure].keyed;
    const std::pair key(&decl, by_instance ? standing_ : Standing{standing_.mission});
    if (const auto known = context_.locals.find(key); known != context_.locals.end())
      return known->second;
    if (std::find(in_progress_.begin(), in_progress_.end(), &decl) != in_progress_.end())
      return Value::unknown();
    in_progress_.push_back(&decl);
    diagnostics::NullSink quiet;  // the local's own mistakes are reported where it stands
    Value value = eval::evaluate(context_.tree(), decl.value, *this, functions(), quiet);
    in_progress_.pop_back();
    return context_.locals.emplace(key, std::move(value)).first->second;
  }

  Context& context_;
  model::ExprId expr_;
  Standing standing_;
  mutable std::vector<const model::LocalDecl*> in_progress_;
};

Value value_of(Context& context, model::ExprId expr, Standing standing,
               diagnostics::DiagnosticSink& sink) {
  if (!expr.valid()) return Value::unknown();
  const TypingScope scope(context, expr, standing);
  return eval::evaluate(context.tree(), expr, scope, functions(), sink);
}

}  // namespace

values::Value typed_value(Context& context, model::ExprId expr, Standing standing) {
  return value_of(context, expr, standing, context.sink);
}

values::Value quiet_value(Context& context, model::ExprId expr, Standing standing) {
  diagnostics::NullSink quiet;
  return value_of(context, expr, standing, quiet);
}

}  // namespace space::typing
