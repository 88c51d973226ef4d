// setintersection setproduct setsubtract setunion.
#include <algorithm>

#include "core/eval/function_families.h"
#include "core/values/convert.h"
#include "core/values/order.h"

namespace space::eval {

using values::Marks;
using values::Type;
using values::TypeKind;
using values::Value;
using values::ValueList;

namespace {

// The element type that all sets convert to; an empty set of nothing in particular has no say.
std::optional<Type> common_element(Arguments sets) {
  std::vector<Type> types;
  for (const Value& set : sets) {
    const Type& element = set.type().element();
    if (set.is_known() && set.as_list().empty() && element.kind() == TypeKind::Any) continue;
    types.push_back(element);
  }
  if (types.empty()) return Type::any();
  return values::unify(types);
}

Type set_type(ArgumentTypes types) {
  std::vector<Type> elements;
  for (const Type& type : types) {
    elements.push_back(type.kind() == TypeKind::Set ? type.element() : Type::any());
  }
  return Type::set(values::unify(elements).value_or(Type::any()));
}

std::optional<FunctionError> check_sets(Arguments sets) {
  const bool all = std::all_of(sets.begin(), sets.end(),
                               [](const Value& set) { return set.kind() == TypeKind::Set; });
  if (!all || common_element(sets)) return std::nullopt;
  return FunctionError{FunctionError::k_call, "the elements of the sets have no type in common"};
}

// Whether a row is of the first one's type, where that can be said.
bool is_like(const Value& first, const Value& row) {
  const auto& a = first.as_list();
  const auto& b = row.as_list();
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto is_open = [](const Value& cell) {
      return cell.kind() == TypeKind::Any || (!cell.is_known() && cell.type().has_any());
    };
    if (!is_open(a[i]) && !is_open(b[i]) && !(a[i].type() == b[i].type())) return false;
  }
  return true;
}

bool holds(const Value& set, const Value& member) {
  return std::any_of(set.as_list().begin(), set.as_list().end(), [&](const Value& other) {
    return values::equal(other, member).value_or(false);
  });
}

enum class Operation { Union, Intersection, Difference };

FunctionResult combine(Arguments sets, Operation operation) {
  const std::optional<Type> element = common_element(sets);
  if (!element) return refuse_call("the elements of the sets have no type in common");
  const Type type = Type::set(*element);
  std::optional<Value> result;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const values::Conversion converted = values::convert(sets[i], type);
    if (!converted.value) return refuse(i, converted.error.message);
    const Value& set = *converted.value;
    if (operation != Operation::Union && !set.is_wholly_known()) return give(Value::unknown(type));
    if (!result) {
      result = set;
      continue;
    }
    ValueList members;
    if (operation == Operation::Union) {
      members = result->as_list();
      members.insert(members.end(), set.as_list().begin(), set.as_list().end());
    } else {
      for (const Value& member : result->as_list()) {
        if (holds(set, member) == (operation == Operation::Intersection)) members.push_back(member);
      }
    }
    result = Value::set(*element, std::move(members));
  }
  return give(std::move(*result));
}

FunctionResult set_union(Arguments arguments, const FunctionContext&) {
  return combine(arguments, Operation::Union);
}
FunctionResult set_intersection(Arguments arguments, const FunctionContext&) {
  return combine(arguments, Operation::Intersection);
}
FunctionResult set_subtract(Arguments arguments, const FunctionContext&) {
  return combine(arguments, Operation::Difference);
}

constexpr std::size_t k_largest_product = 1'000'000;

FunctionResult set_product(Arguments arguments, const FunctionContext&) {
  if (arguments.size() < 2) return refuse_call("at least two arguments are required");
  std::vector<Type> elements;
  bool lists = true, known = true;
  Marks marks;
  std::size_t total = 1;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Value& value = arguments[i];
    marks = marks | value.marks();
    switch (value.kind()) {
      case TypeKind::Set:
        lists = false;
        elements.push_back(value.type().element());
        break;
      case TypeKind::List:
        elements.push_back(value.type().element());
        break;
      case TypeKind::Tuple: {
        const auto& parts = value.type().elements();
        const std::optional<Type> common = parts.empty() ? Type::any() : values::unify(parts);
        if (!common) return refuse(i, "its elements have no type in common");
        elements.push_back(*common);
        break;
      }
      case TypeKind::Any:
        return give(Value::unknown().with_marks(marks));
      default:
        return refuse(i,
                      "a set or a list is required, and this is " + values::describe(value.type()));
    }
    bool sized = value.is_known();
    if (sized && value.kind() == TypeKind::Set) {
      sized = std::all_of(value.as_list().begin(), value.as_list().end(),
                          [](const Value& member) { return member.is_known(); });
    }
    known = known && sized;
    if (sized) total *= value.as_list().size();
    if (total > k_largest_product) return refuse_call("the product has too many elements");
  }
  const Type row_type = Type::tuple(elements);
  const Type type = lists ? Type::list(row_type) : Type::set(row_type);
  if (!known) return give(Value::unknown(type).with_marks(marks));
  ValueList rows;
  rows.reserve(total);
  std::vector<std::size_t> at(arguments.size());
  for (std::size_t row = 0; row < total; ++row) {
    ValueList cells;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const values::Conversion cell = values::convert(arguments[i].as_list()[at[i]], elements[i]);
      if (!cell.value) return refuse(i, cell.error.message);
      cells.push_back(*cell.value);
    }
    rows.push_back(Value::tuple(std::move(cells)));
    if (row_type.has_any() && !is_like(rows.front(), rows.back()))
      return refuse_call("the elements have no type in common");
    for (std::size_t i = at.size(); i-- > 0;) {
      if (++at[i] < arguments[i].as_list().size()) break;
      at[i] = 0;
    }
  }
  return give(
      (lists ? Value::list(row_type, std::move(rows)) : Value::set(row_type, std::move(rows)))
          .with_marks(marks));
}

constexpr Behaviour k_functions[] = {
    {"setunion", set_union, k_no_parameter, k_no_parameter, set_type, check_sets},
    {"setintersection", set_intersection, k_no_parameter, k_no_parameter, set_type, check_sets},
    {"setsubtract", set_subtract, k_no_parameter, k_no_parameter, set_type, check_sets},
    {"setproduct", set_product, k_every_parameter, k_every_parameter},
};

}  // namespace

std::span<const Behaviour> set_functions() { return k_functions; }

}  // namespace space::eval
