// `condition ? yes : no`, and what else takes one of two: both are evaluated, one is reported.
#include <algorithm>

#include "core/eval/evaluator.h"
#include "core/values/convert.h"

namespace space::eval {

using values::Marks;
using values::Type;
using values::TypeKind;
using values::Value;

namespace {

// Whether the parts of an object or a tuple are all of one type, but for bare nulls. (Those of a
// collection are.)
bool has_one_type(const Value& value) {
  if (!value.is_known() || value.is_null()) return true;
  std::optional<Type> found;
  const auto fits = [&](const Value& part) {
    if (part.kind() == TypeKind::Any) return true;
    if (!found) found = part.type();
    return *found == part.type();
  };
  if (value.kind() == TypeKind::Object) {
    return std::all_of(value.as_map().begin(), value.as_map().end(),
                       [&](const auto& entry) { return fits(entry.second); });
  }
  return value.kind() != TypeKind::Tuple ||
         std::all_of(value.as_list().begin(), value.as_list().end(), fits);
}

// What is known of a result whichever is taken: a number that both are, and how long a collection
// is.
Value either_way(const Value& yes, const Value& no, const Type& result) {
  const auto is_plain = [&](const Value& value) {
    return value.is_known() && !value.is_null() && value.kind() == result.kind();
  };
  if (!is_plain(yes) || !is_plain(no)) return Value::unknown(result);
  switch (result.kind()) {
    case TypeKind::Number:
      return yes.as_number() == no.as_number() ? yes.without_marks() : Value::unknown(result);
    case TypeKind::List: {
      const std::size_t size = yes.as_list().size();
      if (size != no.as_list().size()) return Value::unknown(result);
      return Value::list(result.element(),
                         values::ValueList(size, Value::unknown(result.element())));
    }
    case TypeKind::Set:
      return yes.as_list().empty() && no.as_list().empty() ? Value::set(result.element(), {})
                                                           : Value::unknown(result);
    case TypeKind::Map:
      return yes.as_map().empty() && no.as_map().empty() ? Value::map(result.element(), {})
                                                         : Value::unknown(result);
    default:
      return Value::unknown(result);
  }
}

}  // namespace

Value Evaluator::conditional(ExprId id) {
  const ExprId yes = tree_.child(id, 1), no = tree_.child(id, 2);
  Held held_yes = hold(yes);
  Held held_no = hold(no);
  return choose(tree_.child(id, 0), std::move(held_yes), std::move(held_no), tree_[yes].span,
                tree_[no].span);
}

Value Evaluator::choose(ExprId condition_id, Held yes, Held no, source::Span yes_span,
                        source::Span no_span) {
  const auto is_bare_null = [](const Value& value) {
    return value.is_null() && value.kind() == TypeKind::Any && value.marks() == Marks{};
  };
  Type result = Type::any();
  bool undecided = false;
  if (is_bare_null(yes.value)) {
    result = no.value.type();
  } else if (is_bare_null(no.value)) {
    result = yes.value.type();
  } else if (yes.value.kind() != TypeKind::Any && no.value.kind() != TypeKind::Any) {
    const Type types[] = {yes.value.type(), no.value.type()};
    const std::optional<Type> common = values::unify(types);
    if (!common) {
      return fail(source::join(yes_span, no_span),
                  "both results of a conditional must have one type: the first is " +
                      values::describe(types[0]) + ", the second " + values::describe(types[1]));
    }
    result = *common;
    undecided = result.kind() == TypeKind::Any;
  }
  const std::size_t mark = failures_;
  Value condition = evaluate(condition_id);
  if (condition.is_null()) {
    fail_null(tree_[condition_id].span, "a condition");
    return Value::unknown(result);
  }
  const Marks marks = condition.marks() | yes.value.marks() | no.value.marks();
  condition = condition.without_marks();
  if (!condition.is_known()) {
    if (failed_since(mark)) return Value::unknown(result).with_marks(marks);
    if (yes.value.is_null() && no.value.is_null()) return Value::null(result).with_marks(marks);
    return either_way(yes.value, no.value, result).with_marks(marks);
  }
  const values::Conversion decision = values::convert(condition, Type::boolean());
  if (!decision.value) {
    fail(tree_[condition_id].span,
         "a condition must be a bool, and is " + values::describe(condition.type()));
    return Value::unknown(result);
  }
  const bool taken = decision.value->as_bool();
  Held& chosen = taken ? yes : no;
  release(chosen);
  if (chosen.failed) return Value::unknown(result).with_marks(marks);
  if (undecided) return Value::unknown().with_marks(marks);
  values::Conversion converted = values::convert(chosen.value, result);
  // tofu gives up on a structure beside a collection of nothing in particular, unless its parts are
  // of one type already.
  const TypeKind beside = (taken ? no : yes).value.kind();
  const bool collection_beside = beside == TypeKind::Map || beside == TypeKind::List;
  if (converted.value && collection_beside && result.is_collection() &&
      result.element().kind() == TypeKind::Any && !has_one_type(chosen.value)) {
    converted = {std::nullopt, {"", "its elements are of different types"}};
  }
  if (!converted.value) {
    fail(taken ? yes_span : no_span,
         "this result of the conditional has the wrong type: " + converted.error.message);
    return Value::unknown(result).with_marks(marks);
  }
  return converted.value->with_marks(marks);
}

}  // namespace space::eval
