// What narrows a variable: `min`, `max`, `pattern`, `one_of` and `validation`. A rule that no value
// can keep is reported where it stands, a value that breaks one where the value stands. What is
// known only when tofu runs, tofu judges: lower writes each rule as a `validation`.
#include <algorithm>

#include "compiler/model/queries.h"
#include "compiler/typing/context.h"
#include "core/base/strings.h"
#include "core/values/render.h"

namespace space::typing {

namespace {

using model::RefKind;
using values::Type;
using values::TypeKind;
using values::Value;

// References of a validation's condition: variables have the values of one flight.
class RuleScope final : public eval::Scope {
 public:
  using Values = std::vector<std::optional<Value>>;
  RuleScope(const Context& context, model::MissionId mission, const Values& values)
      : context_(context), mission_(mission), values_(values) {}

  std::optional<eval::ScopeAnswer> resolve(const eval::Traversal& traversal) const override {
    const model::Reference* reference = context_.program.reference(traversal.head);
    if (reference == nullptr) return std::nullopt;
    return eval::ScopeAnswer{value_of(*reference), reference->consumed};
  }

 private:
  Value value_of(const model::Reference& reference) const {
    switch (reference.kind) {
      case RefKind::Variable: {
        const std::optional<Value>& value = values_[reference.index];
        const Type& type = context_.types.variables[mission_.index()][reference.index];
        return value ? *value : Value::unknown(type.without_refinements().without_optionals());
      }
      case RefKind::TopLocal:
        return local(context_.program.program->locals[reference.index]);
      case RefKind::MissionLocal:
        return local(context_.program[reference.mission].decl->locals[reference.index]);
      default:
        return Value::unknown();
    }
  }

  Value local(const model::LocalDecl& decl) const {
    if (std::find(in_progress_.begin(), in_progress_.end(), &decl) != in_progress_.end())
      return Value::unknown();
    in_progress_.push_back(&decl);
    Value value = evaluate_in(*this, context_, decl.value);
    in_progress_.pop_back();
    return value;
  }

 public:
  static Value evaluate_in(const eval::Scope& scope, const Context& context, model::ExprId expr) {
    eval::FunctionContext functions;
    functions.deferred_calls = eval::DeferredCalls::Unknown;
    diagnostics::NullSink quiet;  // reported where the expression stands
    return eval::evaluate(context.tree(), expr, scope, functions, quiet);
  }

 private:
  const Context& context_;
  model::MissionId mission_;
  const Values& values_;
  mutable std::vector<const model::LocalDecl*> in_progress_;
};

bool matches(const std::string& pattern, const std::string& text) {
  const eval::Function* regexall = eval::find_function("regexall");
  const Value arguments[] = {Value::string(pattern), Value::string(text)};
  const eval::FunctionResult result = regexall->call(arguments, {});
  return result.value && !result.value->as_list().empty();
}

// Why a pattern is no regular expression.
std::optional<std::string> pattern_mistake(const std::string& pattern) {
  const eval::Function* regexall = eval::find_function("regexall");
  const Value arguments[] = {Value::string(pattern), Value::string("")};
  const eval::FunctionResult result = regexall->call(arguments, {});
  if (result.value) return std::nullopt;
  const std::string& message = result.error.message;  // "… that can be read: missing ): (a"
  const std::size_t reason = message.find(": ");
  return reason == std::string::npos ? message : message.substr(reason + 2);
}

struct Variable {
  const model::VariableDecl& decl;
  const Type& type;
  model::MissionId mission;
  std::size_t index = 0;
  // The rules that can be held; null where there is none, or where it was reported.
  const Value* min = nullptr;
  const Value* max = nullptr;
  const Value* pattern = nullptr;
  std::vector<Value> one_of;
};

void impossible(Context& context, const Variable& variable, std::string_view rule,
                model::ExprId expr, const std::string& why, const std::string& help,
                std::source_location origin = std::source_location::current()) {
  if (variable.type.has_mistake()) return;
  context.sink
      .report(diagnostics::impossible_rule, {context.tree()[expr].span, origin},
              fmt::format("`{}`", rule), variable.decl.name.text, why)
      .related(variable.decl.header,
               fmt::format("the variable is {}", values::describe(variable.type)))
      .help(help);
}

const Value* rule_for(Context& context, const Variable& variable, std::string_view rule,
                      model::ExprId expr, TypeKind kind) {
  const Value* value = model::setting(context.program, expr);
  if (value == nullptr) return nullptr;
  if (variable.type.kind() == kind) return value;
  impossible(context, variable, rule, expr,
             kind == TypeKind::Number ? "is for numbers" : "is for strings",
             kind == TypeKind::Number ? "declare `type = number`, or write a `validation`"
                                      : "declare `type = string`, or write a `validation`");
  return nullptr;
}

void read_one_of(Context& context, Variable& variable) {
  const model::ExprId expr = variable.decl.one_of;
  const Value* value = model::setting(context.program, expr);
  if (value == nullptr) return;
  if (!variable.type.is_primitive()) {
    return impossible(context, variable, "one_of", expr, "is for strings, numbers and bools",
                      "write a `validation`");
  }
  const bool list = value->kind() == TypeKind::Tuple || value->kind() == TypeKind::List ||
                    value->kind() == TypeKind::Set;
  if (!list || value->as_list().empty()) {
    return impossible(context, variable, "one_of", expr,
                      list ? "names no value" : "is no list of values",
                      "write `one_of = [\"a\", \"b\"]`");
  }
  for (const Value& item : value->as_list()) {
    const values::Conversion conversion = values::convert(item, variable.type);
    if (!conversion.value || item.is_null()) {
      variable.one_of.clear();
      return impossible(context, variable, "one_of", expr,
                        fmt::format("holds {}, which is not {}",
                                    item.is_null() ? "null" : values::to_hcl_line(item),
                                    values::describe(variable.type)),
                        "every item is a value that the variable can have");
    }
    variable.one_of.push_back(conversion.value->without_marks());
  }
}

Variable read_rules(Context& context, model::MissionId mission, std::size_t index) {
  const model::VariableDecl& decl = context.program[mission].decl->variables[index];
  Variable variable{decl,    context.types.variables[mission.index()][index],
                    mission, index,
                    nullptr, nullptr,
                    nullptr, {}};
  variable.min = rule_for(context, variable, "min", decl.min, TypeKind::Number);
  variable.max = rule_for(context, variable, "max", decl.max, TypeKind::Number);
  variable.pattern = rule_for(context, variable, "pattern", decl.pattern, TypeKind::String);
  if (variable.min != nullptr && variable.max != nullptr &&
      variable.min->as_number() > variable.max->as_number()) {
    impossible(context, variable, "min", decl.min,
               fmt::format("is {}, and its `max` is {}", values::to_hcl_line(*variable.min),
                           values::to_hcl_line(*variable.max)),
               "no number is between them: exchange the two");
    variable.min = variable.max = nullptr;
  }
  if (variable.pattern != nullptr) {
    if (const auto why = pattern_mistake(variable.pattern->as_string())) {
      impossible(context, variable, "pattern", decl.pattern,
                 fmt::format("is no regular expression: {}", *why),
                 "it is one as `regex` takes it, not anchored: `^[a-z]+$`");
      variable.pattern = nullptr;
    }
  }
  read_one_of(context, variable);
  for (const model::ValidationDecl& validation : decl.validations) {
    if (!validation.condition.valid()) continue;
    bool reads_itself = false, reported = false;
    for (const eval::Traversal& traversal :
         eval::free_references(context.tree(), validation.condition)) {
      const model::Reference* reference = context.program.reference(traversal.head);
      if (reference == nullptr || reference->kind == RefKind::Unknown) {
        reported = true;
      } else if (reference->kind == RefKind::Variable && reference->index == index) {
        reads_itself = true;
      }
    }
    if (!reads_itself && !reported) {
      impossible(context, variable, "validation", validation.condition,
                 fmt::format("does not read `var.{}`", decl.name.text),
                 "tofu refuses a condition that says nothing of its variable");
    }
  }
  return variable;
}

void check_bounds(Context& context, const Variable& variable, const Value& value,
                  model::ExprId expr) {
  const bool secret = model::bool_setting(context.program, variable.decl.sensitive).value_or(false);
  const auto broken = [&](const std::string& must, model::ExprId rule,
                          std::source_location origin = std::source_location::current()) {
    context.sink
        .report(diagnostics::outside_rule, {context.tree()[expr].span, origin},
                variable.decl.name.text, must, secret ? "not" : values::to_hcl_line(value))
        .related(context.tree()[rule].span, "the rule stands here");
  };
  if (variable.min != nullptr && value.as_number() < variable.min->as_number()) {
    broken("be at least " + values::to_hcl_line(*variable.min), variable.decl.min);
  }
  if (variable.max != nullptr && value.as_number() > variable.max->as_number()) {
    broken("be at most " + values::to_hcl_line(*variable.max), variable.decl.max);
  }
  if (variable.pattern != nullptr && !matches(variable.pattern->as_string(), value.as_string())) {
    broken(fmt::format("match `{}`", variable.pattern->as_string()), variable.decl.pattern);
  }
  const auto same = [&](const Value& item) {
    return values::to_json(item) == values::to_json(value);
  };
  if (!variable.one_of.empty() &&
      std::none_of(variable.one_of.begin(), variable.one_of.end(), same)) {
    std::vector<std::string> names;
    for (const Value& item : variable.one_of)
      names.push_back(item.kind() == TypeKind::String ? item.as_string()
                                                      : values::to_hcl_line(item));
    broken("be one of " + base::list_names(names), variable.decl.one_of);
  }
}

void check_validations(Context& context, const Variable& variable, const RuleScope::Values& values,
                       model::ExprId expr) {
  const RuleScope scope(context, variable.mission, values);
  for (const model::ValidationDecl& validation : variable.decl.validations) {
    if (!validation.condition.valid()) continue;
    const Value holds =
        values::convert(RuleScope::evaluate_in(scope, context, validation.condition),
                        Type::boolean())
            .value.value_or(Value::unknown(Type::boolean()));
    if (!holds.is_known() || holds.is_null() || holds.as_bool()) continue;
    const Value message = validation.error_message.valid()
                              ? RuleScope::evaluate_in(scope, context, validation.error_message)
                              : Value::unknown();
    const bool plain = message.is_known() && !message.is_null() &&
                       message.kind() == TypeKind::String && !message.marks().sensitive;
    context.sink
        .report(diagnostics::validation_failed, context.tree()[expr].span, variable.decl.name.text,
                plain ? message.as_string() : "its condition is false")
        .related(context.tree()[validation.condition].span, "this is false for it");
  }
}

void check_one(Context& context, const Variable& variable, const RuleScope::Values& values,
               model::ExprId expr) {
  const std::optional<Value>& given = values[variable.index];
  if (!given || !expr.valid() || !given->is_wholly_known()) return;
  const Value value = given->without_marks();
  if (!value.is_null() && value.kind() == variable.type.kind())
    check_bounds(context, variable, value, expr);
  check_validations(context, variable, values, expr);
}

bool has_rules(const model::VariableDecl& decl) {
  return decl.min.valid() || decl.max.valid() || decl.pattern.valid() || decl.one_of.valid() ||
         !decl.validations.empty();
}

void check_default(Context& context, const Variable& variable) {
  const model::ExprId expr = variable.decl.default_value;
  if (!expr.valid()) return;
  const Value value = quiet_value(context, expr, variable.mission);
  RuleScope::Values alone(context.program[variable.mission].decl->variables.size());
  alone[variable.index] = values::convert(value, variable.type).value;
  check_one(context, variable, alone, expr);
}

}  // namespace

void check_rules(Context& context) {
  for (std::size_t m = 0; m < context.program.missions.size(); ++m) {
    const model::Mission& mission = context.program.missions[m];
    for (std::size_t i = 0; i < mission.decl->variables.size(); ++i) {
      if (!has_rules(mission.decl->variables[i])) continue;
      const Variable variable = read_rules(context, model::MissionId(m), i);
      check_default(context, variable);
      for (const model::FlightId id : mission.flights) {
        const model::Flight& flight = context.program[id];
        const auto& values = context.types.flight_values[id.index()];
        if (i >= flight.variables.size() || i >= values.size()) continue;
        const model::ExprId given = flight.variables[i].expr;
        check_one(context, variable, values, given.valid() ? given : variable.decl.default_value);
      }
    }
  }
}

}  // namespace space::typing
