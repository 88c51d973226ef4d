#include <algorithm>

#include "core/base/strings.h"
#include "core/diagnostics/catalogue.h"
#include "core/diagnostics/fixes.h"
#include "core/eval/evaluator.h"
#include "core/values/convert.h"
#include "core/values/order.h"
#include "core/values/render.h"

namespace space::eval {

using values::Marks;
using values::Type;
using values::TypeKind;
using values::Value;

namespace {

std::string count(std::size_t number) { return base::counted(number, "argument"); }

// What is wrong with the number of arguments, as the words after "function `f` ".
std::string wrong_count(const Function& function, std::size_t given) {
  const std::size_t fixed = function.parameters.size();
  if (given < fixed) {
    return std::string("needs ") + (function.variadic ? "at least " : "") + count(fixed) +
           ", and has " + std::to_string(given) + ": `" +
           std::string(function.parameters[given].name) + "` is missing";
  }
  return "takes " + count(fixed) + ", and has " + std::to_string(given);
}

source::Span name_span(const Expr& expr) {
  return expr.name_span.valid() ? expr.name_span : expr.span;
}

bool is_provider_function(std::string_view name) { return name.starts_with("provider::"); }

}  // namespace

// The arguments' values with the expression of each; nothing where the call cannot be looked at
// further: `instead`.
std::optional<std::vector<std::pair<Value, ExprId>>> Evaluator::arguments(ExprId id,
                                                                          Value& instead) {
  const Expr& expr = tree_[id];
  const auto children = tree_.children(id);
  const std::size_t mark = failures_;
  std::vector<std::pair<Value, ExprId>> values;
  values.reserve(children.size());
  for (std::size_t i = 0; i < children.size(); ++i) {
    Value value = evaluate(children[i]);
    if (!expr.expands_last || i + 1 < children.size()) {
      values.emplace_back(std::move(value), children[i]);
      continue;
    }
    if (failed_since(mark)) break;
    instead = Value::unknown();
    if (value.is_null()) {
      fail_null(tree_[children[i]].span, "what `...` expands");
      return std::nullopt;
    }
    const TypeKind kind = value.kind();
    const bool sequence =
        kind == TypeKind::Tuple || kind == TypeKind::List || kind == TypeKind::Set;
    if (!sequence && kind != TypeKind::Any) {
      fail(tree_[children[i]].span,
           "`...` expands a list, a set or a tuple, and this is " + values::describe(value.type()));
      return std::nullopt;
    }
    if (!value.is_known()) return std::nullopt;
    for (const Value& element : value.as_list()) {
      values.emplace_back(element.with_marks(value.marks()), children[i]);
    }
  }
  if (failed_since(mark)) {
    instead = Value::unknown();
    return std::nullopt;
  }
  return values;
}

// What only tofu can run: a mistake where a value is needed now, else a value not known yet.
Value Evaluator::leave_to_tofu(const Expr& expr, const Type& type) {
  if (functions_.deferred_calls == DeferredCalls::Report) {
    ++failures_;
    sink_->report(diagnostics::deferred_function, name_span(expr), expr.name);
  }
  return Value::unknown(type);
}

Value Evaluator::call(ExprId id) {
  const Expr& expr = tree_[id];
  const Function* function = find_function(expr.name);
  if (!function && !is_provider_function(expr.name)) {
    ++failures_;
    const std::vector<std::string_view> names = function_names();
    auto report = sink_->report(diagnostics::unknown_function, name_span(expr), expr.name);
    const bool at_name = expr.name_span.valid();
    diagnostics::respell(report, {expr.name, name_span(expr), at_name ? expr.name : std::string()},
                         names);
    return Value::unknown();
  }
  const bool deferred = !function || function->phase == FunctionPhase::Deferred;
  if (deferred && functions_.deferred_calls == DeferredCalls::Report)
    return leave_to_tofu(expr, function ? function->result : Type::any());
  if (!function) return Value::unknown();
  if (function->name == "try") return try_call(id);
  if (function->name == "can") return can_call(id);
  Value instead;
  const auto given = arguments(id, instead);
  if (!given) return instead;
  const std::size_t fixed = function->parameters.size();
  if (given->size() < fixed || (given->size() > fixed && !function->variadic)) {
    ++failures_;
    sink_->report(diagnostics::call_arguments, expr.span, expr.name,
                  wrong_count(*function, given->size()));
    return Value::unknown();
  }
  return apply(*function, expr, *given);
}

Value Evaluator::apply(const Function& function, const Expr& expr,
                       std::span<const std::pair<Value, ExprId>> arguments) {
  std::vector<Value> values;
  values.reserve(arguments.size());
  Marks marks;
  bool known = function.phase == FunctionPhase::Static;
  const std::size_t mark = failures_;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Parameter& parameter =
        i < function.parameters.size() ? function.parameters[i] : *function.variadic;
    const source::Span span = tree_[arguments[i].second].span;
    values::Conversion converted = values::convert(arguments[i].first, parameter.type);
    if (!converted.value) {
      fail(span, "argument `" + std::string(parameter.name) + "` of `" + expr.name +
                     "` does not fit: " +
                     (converted.error.path.empty() ? "" : "at `" + converted.error.path + "`, ") +
                     converted.error.message);
      continue;
    }
    Value value = std::move(*converted.value);
    if (value.is_null() && !parameter.allow_null) {
      fail_null(span, "argument `" + std::string(parameter.name) + "` of `" + expr.name + "`");
      continue;
    }
    if (!parameter.allow_marked && value.marks_deep() != Marks{}) {
      marks = marks | value.marks_deep();
      value = values::without_marks_deep(value);
    }
    known = known && (value.is_known() || parameter.allow_unknown);
    values.push_back(std::move(value));
  }
  if (failed_since(mark)) return Value::unknown();
  const auto blame = [&](FunctionError& error) {
    const source::Span span = error.argument < arguments.size()
                                  ? tree_[arguments[error.argument].second].span
                                  : expr.span;
    // Nothing that a secret argument says may stand in a message.
    if (marks.sensitive) error.message = "it does not take this sensitive value";
    fail(span, "`" + expr.name + "` failed: " + error.message);
    return Value::unknown();
  };
  if (!known && function.check) {
    if (auto error = function.check(values)) return blame(*error);
  }
  if (!known) {
    Type type = function.result;
    if (function.result_type) {
      std::vector<Type> types;
      types.reserve(values.size());
      for (const Value& value : values) types.push_back(value.type());
      type = function.result_type(types);
    }
    return Value::unknown(std::move(type)).with_marks(marks);
  }
  FunctionResult result = function.call(values, functions_);
  if (result.value) return result.value->with_marks(marks);
  if (result.error.deferred) return leave_to_tofu(expr, function.result).with_marks(marks);
  return blame(result.error);
}

Value Evaluator::try_call(ExprId id) {
  const auto children = tree_.children(id);
  if (children.empty()) {
    ++failures_;
    sink_->report(diagnostics::call_arguments, tree_[id].span, tree_[id].name,
                  "needs at least 1 argument");
    return Value::unknown();
  }
  std::vector<Held> attempts;
  for (const ExprId child : children) {
    Held held = hold(child);
    if (!held.failed) {
      // What is unknown yet may still fail when it is known.
      if (!held.value.is_wholly_known()) return Value::unknown();
      return std::move(held.value);
    }
    attempts.push_back(std::move(held));
  }
  ++failures_;
  auto report = sink_->report(diagnostics::evaluation_failed, tree_[id].span,
                              std::string_view("`try` failed: no argument could be evaluated"));
  for (const Held& attempt : attempts) {
    for (const diagnostics::Diagnostic& reason : attempt.reports)
      report.related(reason.primary.span, reason.message);
  }
  return Value::unknown();
}

Value Evaluator::can_call(ExprId id) {
  const auto children = tree_.children(id);
  if (children.size() != 1) {
    ++failures_;
    sink_->report(diagnostics::call_arguments, tree_[id].span, tree_[id].name,
                  "takes 1 argument, and has " + std::to_string(children.size()));
    return Value::unknown(Type::boolean());
  }
  const Held held = hold(children[0]);
  if (held.failed) return Value::boolean(false);
  if (!held.value.is_wholly_known()) return Value::unknown(Type::boolean());
  return Value::boolean(true);
}

}  // namespace space::eval
