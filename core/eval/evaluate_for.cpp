#include "core/eval/evaluator.h"
#include "core/values/convert.h"
#include "core/values/render.h"

namespace space::eval {

using values::Marks;
using values::Type;
using values::TypeKind;
using values::Value;

Evaluator::Loop Evaluator::begin_loop(ExprId id, std::optional<ExprId> condition) {
  Loop loop;
  loop.instead = Value::unknown();
  const ExprId source = tree_.child(id, 0);
  const Value collection = evaluate(source);
  if (collection.is_null()) {
    loop.instead = fail_null(tree_[source].span, "what `for` goes over");
    return loop;
  }
  if (collection.kind() == TypeKind::Any) {
    loop.instead = Value::unknown();
    return loop;
  }
  loop.marks = collection.marks();
  switch (collection.kind()) {
    case TypeKind::String:
    case TypeKind::Number:
    case TypeKind::Bool:
      loop.instead =
          fail(tree_[source].span, "`for` cannot go over " + values::describe(collection.type()));
      return loop;
    default:
      break;
  }
  if (condition && !check_condition(tree_[id], *condition)) return loop;
  if (!collection.is_known()) {
    loop.instead = Value::unknown().with_marks(loop.marks);
    return loop;
  }
  loop.runs = true;
  switch (collection.kind()) {
    case TypeKind::Map:
    case TypeKind::Object:
      loop.items.reserve(collection.as_map().size());
      for (const auto& [key, value] : collection.as_map())
        loop.items.push_back({Value::string(key), value});
      break;
    case TypeKind::Set:
      loop.items.reserve(collection.as_list().size());
      for (const Value& value : collection.as_list()) loop.items.push_back({value, value});
      break;
    default: {
      std::int64_t index = 0;
      loop.items.reserve(collection.as_list().size());
      for (const Value& value : collection.as_list())
        loop.items.push_back({Value::number(index++), value});
    }
  }
  return loop;
}

// One name is the value's; with two the key's comes first.
void Evaluator::bind(const Expr& expr, const Item& item) {
  if (!expr.name.empty()) bindings_.push_back({expr.name, item.key});
  bindings_.push_back({expr.second_name, item.value});
}

void Evaluator::unbind(const Expr& expr) {
  bindings_.resize(bindings_.size() - (expr.name.empty() ? 1 : 2));
}

// Whether the condition can be one at all, before there is an element: an empty collection hides no
// mistake.
bool Evaluator::check_condition(const Expr& expr, ExprId condition) {
  const std::size_t mark = failures_;
  bind(expr, {Value::unknown(), Value::unknown()});
  const Value value = evaluate(condition);
  unbind(expr);
  if (failed_since(mark)) return false;
  if (value.is_null()) {
    fail_null(tree_[condition].span, "the condition of a `for`");
  } else if (!values::convert(value, Type::boolean()).value) {
    fail(tree_[condition].span,
         "the condition of a `for` must be a bool, and is " + values::describe(value.type()));
  }
  return !failed_since(mark);
}

Evaluator::Include Evaluator::included(const Expr& expr, ExprId condition, Marks& marks) {
  const std::size_t mark = failures_;
  const Value value = evaluate(condition);
  if (failed_since(mark)) return Include::Unknown;
  if (value.is_null()) {
    fail_null(tree_[condition].span, "the condition of a `for`");
    return Include::Unknown;
  }
  marks = marks | value.marks();
  if (!value.is_known() && expr.kind != ExprKind::ForObject) return Include::Unknown;
  const values::Conversion decision = values::convert(value.without_marks(), Type::boolean());
  if (!decision.value) {
    fail(tree_[condition].span,
         "the condition of a `for` must be a bool, and is " + values::describe(value.type()));
    return Include::Unknown;
  }
  if (!decision.value->is_known()) return Include::Unknown;
  return decision.value->as_bool() ? Include::Yes : Include::No;
}

Value Evaluator::for_tuple(ExprId id, ExprId value_id, std::optional<ExprId> condition) {
  const Expr& expr = tree_[id];
  Loop loop = begin_loop(id, condition);
  if (!loop.runs) return loop.instead;
  values::ValueList elements;
  elements.reserve(loop.items.size());
  bool known = true;
  const std::size_t mark = failures_;
  for (const Item& item : loop.items) {
    bind(expr, item);
    const Include include = condition ? included(expr, *condition, loop.marks) : Include::Yes;
    if (include == Include::Yes) elements.push_back(evaluate(value_id));
    known = known && include != Include::Unknown;
    unbind(expr);
    // A mistake in the body repeats for each element: once is enough. Where nobody may ever see it
    // (a branch, an attempt) what there would be still has a form.
    if (!failed_since(mark)) continue;
    if (held_ > 0 && !condition)
      return Value::tuple(values::ValueList(loop.items.size(), Value::unknown()))
          .with_marks(loop.marks);
    return Value::unknown().with_marks(loop.marks);
  }
  if (!known) return Value::unknown().with_marks(loop.marks);
  return Value::tuple(std::move(elements)).with_marks(loop.marks);
}

Value Evaluator::for_object(ExprId id) {
  const Expr& expr = tree_[id];
  const ExprId key_id = tree_.child(id, 1), value_id = tree_.child(id, 2);
  Loop loop = begin_loop(id, expr.has_condition ? std::optional(tree_.child(id, 3)) : std::nullopt);
  if (!loop.runs) return loop.instead;
  values::ValueMap attributes;
  std::map<std::string, values::ValueList> groups;
  bool known = true;
  const std::size_t mark = failures_;
  // As in a tuple: mistakes in values that nobody may ever see leave the form that the keys make.
  std::size_t of_values = 0;
  const auto is_broken = [&] { return failures_ - of_values != mark; };
  const auto add = [&](const Item& item) {
    bind(expr, item);
    const Include include =
        expr.has_condition ? included(expr, tree_.child(id, 3), loop.marks) : Include::Yes;
    if (include == Include::Unknown) known = false;
    if (include == Include::Yes) {
      const Value key = evaluate(key_id);
      if (is_broken()) return unbind(expr);
      loop.marks = loop.marks | key.marks();
      values::Conversion name;
      if (key.is_null()) {
        fail_null(tree_[key_id].span, "the key of an object");
      } else {
        name = values::convert(key.without_marks(), Type::string());
        if (!name.value) fail(tree_[key_id].span, "this cannot be a key: " + name.error.message);
      }
      if (!name.value || !name.value->is_known()) {
        known = false;
        return unbind(expr);
      }
      const std::string& text = name.value->as_string();
      const std::size_t before = failures_;
      Value value = of_values > 0 ? Value::unknown() : evaluate(value_id);
      if (held_ > 0) of_values += failures_ - before;
      if (expr.groups) {
        groups[text].push_back(std::move(value));
      } else if (!attributes.emplace(text, std::move(value)).second) {
        fail(tree_[key_id].span,
             key.marks() == Marks{} ? "two elements have the key " + values::quote_hcl(text)
                                    : std::string("two elements have the same key"),
             "`...` after the value groups the elements of a key");
      }
    }
    unbind(expr);
  };
  for (const Item& item : loop.items) {
    add(item);
    if (is_broken()) return Value::unknown().with_marks(loop.marks);
  }
  if (!known) return Value::unknown().with_marks(loop.marks);
  for (auto& [key, group] : groups) attributes.emplace(key, Value::tuple(std::move(group)));
  return Value::object(std::move(attributes)).with_marks(loop.marks);
}

}  // namespace space::eval
