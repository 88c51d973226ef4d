// `source[*].body`: the body for each element, and what comes of what is no list.
#include "core/eval/evaluator.h"

namespace space::eval {

using values::Marks;
using values::Type;
using values::TypeKind;
using values::Value;

Value Evaluator::splat(ExprId id) {
  const ExprId source_id = tree_.child(id, 0), body = tree_.child(id, 1);
  const std::size_t mark = failures_;
  Value source = evaluate(source_id);
  if (failed_since(mark)) return Value::unknown();
  const auto each = [&](const Value& item) {
    splat_items_.push_back(item);
    Value result = evaluate(body);
    splat_items_.pop_back();
    return result;
  };
  const Marks marks = source.marks();
  const TypeKind kind = source.kind();
  const bool sequence = kind == TypeKind::Tuple || kind == TypeKind::List || kind == TypeKind::Set;
  if (source.is_null()) {
    // One value is taken for a list of it, null for an empty one.
    if (!sequence) return Value::tuple({}).with_marks(marks);
    return fail_null(tree_[source_id].span, "what `[*]` goes over");
  }
  if (kind == TypeKind::Any) return Value::unknown().with_marks(marks);
  source = source.without_marks();
  if (!sequence) {
    Value only = each(source);
    // Unknown may become null: then there would be no element.
    if (!source.is_known()) return Value::unknown().with_marks(marks);
    if (failed_since(mark)) return Value::unknown(Type::tuple({only.type()})).with_marks(marks);
    return Value::tuple({std::move(only)}).with_marks(marks);
  }
  if (!source.is_known()) {
    if (kind == TypeKind::Tuple) {
      std::vector<Type> types;
      for (const Type& element : source.type().elements())
        types.push_back(each(Value::unknown(element)).type());
      return Value::unknown(Type::tuple(std::move(types))).with_marks(marks);
    }
    return Value::unknown(Type::list(each(Value::unknown(source.type().element())).type()))
        .with_marks(marks);
  }
  values::ValueList results;
  results.reserve(source.as_list().size());
  for (const Value& item : source.as_list()) results.push_back(each(item));
  if (failed_since(mark)) {
    // A branch that is not taken has a type all the same.
    if (kind != TypeKind::Tuple) return Value::unknown(Type::list(Type::any())).with_marks(marks);
    return Value::unknown(Value::tuple(std::move(results)).type()).with_marks(marks);
  }
  if (kind == TypeKind::Tuple) return Value::tuple(std::move(results)).with_marks(marks);
  if (results.empty()) {
    const Type type = each(Value::unknown(source.type().element())).type();
    return Value::list(type, {}).with_marks(marks);
  }
  Type element;
  for (const Value& result : results) {
    if (element.kind() == TypeKind::Any) {
      element = result.type();
    } else if (result.kind() != TypeKind::Any && !(result.type() == element)) {
      return fail(tree_[body].span, "the elements that this splat makes are of different types",
                  "a `for` expression makes a tuple of them");
    }
  }
  return Value::list(std::move(element), std::move(results)).with_marks(marks);
}

}  // namespace space::eval
