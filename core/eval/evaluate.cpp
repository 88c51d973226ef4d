#include "core/eval/evaluate.h"

#include "core/base/check.h"
#include "core/diagnostics/catalogue.h"
#include "core/diagnostics/fixes.h"
#include "core/eval/access.h"
#include "core/eval/evaluator.h"
#include "core/values/convert.h"

namespace space::eval {

using values::Marks;
using values::Type;
using values::TypeKind;
using values::Value;

Value evaluate(const ExprTree& tree, ExprId id, const Scope& scope,
               const FunctionContext& functions, diagnostics::DiagnosticSink& sink) {
  return Evaluator(tree, scope, functions, sink).evaluate(id);
}

std::optional<ScopeAnswer> MapScope::resolve(const Traversal& reference) const {
  const auto found = values_.find(reference.root);
  if (found == values_.end()) return std::nullopt;
  return ScopeAnswer{found->second, 0};
}

Value Evaluator::fail(source::Span span, std::string message, std::string help,
                      std::source_location origin) {
  ++failures_;
  sink_->report(diagnostics::evaluation_failed, {span, origin}, message).help(std::move(help));
  return Value::unknown();
}

Value Evaluator::fail_null(source::Span span, std::string_view what, std::source_location origin) {
  ++failures_;
  sink_->report(diagnostics::null_value, {span, origin}, what);
  return Value::unknown();
}

Evaluator::Held Evaluator::hold(ExprId id) {
  diagnostics::CollectingSink collected;
  diagnostics::DiagnosticSink* outer = std::exchange(sink_, &collected);
  const std::size_t before = failures_;
  Held held;
  ++held_;
  held.value = evaluate(id);
  --held_;
  held.failed = failures_ != before;
  failures_ = before;
  held.reports = collected.all();
  sink_ = outer;
  return held;
}

void Evaluator::release(Held& held) {
  for (diagnostics::Diagnostic& report : held.reports) sink_->add(std::move(report));
  held.reports.clear();
  if (held.failed) ++failures_;
}

Value Evaluator::evaluate(ExprId id) {
  const Expr& expr = tree_[id];
  switch (expr.kind) {
    case ExprKind::Invalid:
      ++failures_;  // reported when it was parsed
      return Value::unknown();
    case ExprKind::Literal:
      return expr.literal;
    case ExprKind::Template:
      return text(id);
    case ExprKind::Wrap:
    case ExprKind::Parens:
      return evaluate(tree_.child(id, 0));
    case ExprKind::TemplateIf:
      return text_if(id);
    case ExprKind::TemplateFor:
      return text_for(id);
    case ExprKind::Variable:
    case ExprKind::GetAttr:
    case ExprKind::Index:
      return reference(id);
    case ExprKind::Splat:
      return splat(id);
    case ExprKind::SplatItem:
      SPACE_CHECK(!splat_items_.empty(), "a splat's item outside of a splat");
      return splat_items_.back();
    case ExprKind::Call:
      return call(id);
    case ExprKind::Unary:
      return unary(id);
    case ExprKind::Binary:
      return binary(id);
    case ExprKind::Conditional:
      return conditional(id);
    case ExprKind::Tuple:
      return tuple(id);
    case ExprKind::Object:
      return object(id);
    case ExprKind::ForTuple:
      return for_tuple(id, tree_.child(id, 1),
                       expr.has_condition ? std::optional(tree_.child(id, 2)) : std::nullopt);
    case ExprKind::ForObject:
      return for_object(id);
  }
  SPACE_CHECK(false, "an expression of no kind");
  return Value::unknown();
}

const Value* Evaluator::bound(std::string_view name) const {
  for (auto binding = bindings_.rbegin(); binding != bindings_.rend(); ++binding) {
    if (binding->name == name) return &binding->value;
  }
  return nullptr;
}

// One `.name` or `[key]` further.
Value Evaluator::step(const Value& value, const Expr& by, source::Span span, const Value* key) {
  Access access = key ? get_element(value, *key) : get_attribute(value, by.name);
  switch (access.failure) {
    case Access::Failure::None:
      return std::move(access.value);
    case Access::Failure::MissingAttribute: {
      ++failures_;
      const std::string name =
          key && key->is_known() && key->kind() == TypeKind::String ? key->as_string() : by.name;
      const bool hidden = key && key->marks() != Marks{};
      if (hidden || name.empty())
        return --failures_, fail(span, access.message + " has no such attribute");
      auto report = sink_->report(diagnostics::unknown_attribute, span, access.message, name);
      report.help(access.help);
      if (key == nullptr && !access.meant.empty())
        report.fix(diagnostics::replacement(std::move(access.help), span, "." + access.meant));
      return Value::unknown();
    }
    default:
      return fail(span, std::move(access.message), std::move(access.help));
  }
}

Value Evaluator::reference(ExprId id) {
  ExprId head = id;
  while (tree_[head].kind == ExprKind::GetAttr || tree_[head].kind == ExprKind::Index) {
    head = tree_.child(head, 0);
  }
  const bool free = tree_[head].kind == ExprKind::Variable && bound(tree_[head].name) == nullptr;
  if (!free) {
    const Expr& expr = tree_[id];
    if (expr.kind == ExprKind::Variable) return *bound(expr.name);
    const ExprId operand = tree_.child(id, 0);
    const Value value = evaluate(operand);
    const source::Span span{expr.span.file, tree_[operand].span.end, expr.span.end};
    if (expr.kind == ExprKind::GetAttr) return step(value, expr, span, nullptr);
    const Value key = evaluate(tree_.child(id, 1));
    return step(value, expr, span, &key);
  }
  const std::optional<Traversal> traversal = as_traversal(tree_, id);
  std::optional<ScopeAnswer> answer = scope_.resolve(*traversal);
  if (!answer) {
    ++failures_;
    return Value::unknown();
  }
  Value value = std::move(answer->value);
  for (std::size_t i = answer->consumed; i < traversal->steps.size(); ++i) {
    const TraversalStep& next = traversal->steps[i];
    const std::size_t mark = failures_;
    if (next.kind == TraversalStep::Kind::Attribute) {
      value = step(value, tree_[next.expr], next.span, nullptr);
    } else {
      const Value key = evaluate(next.key);
      value = step(value, tree_[next.expr], next.span, &key);
    }
    if (failed_since(mark)) return Value::unknown();
  }
  return value;
}

Value Evaluator::tuple(ExprId id) {
  values::ValueList elements;
  elements.reserve(tree_[id].child_count);
  for (const ExprId child : tree_.children(id)) elements.push_back(evaluate(child));
  return Value::tuple(std::move(elements));
}

Value Evaluator::object(ExprId id) {
  values::ValueMap attributes;
  Marks marks;
  bool known = true;
  const auto children = tree_.children(id);
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    const std::size_t mark = failures_;
    const Value key = evaluate(children[i]);
    const bool key_failed = failed_since(mark);
    Value value = evaluate(children[i + 1]);
    if (key_failed) {
      known = false;
      continue;
    }
    if (key.is_null()) {
      fail_null(tree_[children[i]].span, "the key of an object");
      known = false;
      continue;
    }
    marks = marks | key.marks();
    const values::Conversion name = values::convert(key.without_marks(), Type::string());
    if (!name.value) {
      fail(tree_[children[i]].span, "this cannot be a key: " + name.error.message);
      known = false;
    } else if (!name.value->is_known()) {
      known = false;
    } else {
      attributes.insert_or_assign(name.value->as_string(), std::move(value));
    }
  }
  if (!known) return Value::unknown();
  return Value::object(std::move(attributes)).with_marks(marks);
}

}  // namespace space::eval
