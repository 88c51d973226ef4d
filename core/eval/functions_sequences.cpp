// alltrue anytrue coalesce coalescelist contains element index length matchkeys one: questions
// about sequences.
#include <algorithm>

#include "core/eval/function_families.h"
#include "core/eval/sequences.h"
#include "core/values/convert.h"
#include "core/values/order.h"
#include "core/values/text.h"

namespace space::eval {

using values::Marks;
using values::Type;
using values::TypeKind;
using values::Value;
using values::ValueList;

namespace {

FunctionResult length(Arguments arguments, const FunctionContext&) {
  const Value& value = arguments[0];
  const Marks marks = value.marks();
  const auto count = [&](std::size_t number) {
    return give(Value::number(static_cast<std::int64_t>(number)).with_marks(marks));
  };
  const auto unknown = [&] { return give(Value::unknown(Type::number()).with_marks(marks)); };
  switch (value.kind()) {
    case TypeKind::Any:
      return unknown();
    case TypeKind::Tuple:
      return count(value.type().elements().size());
    case TypeKind::Object:
      return count(value.is_known() ? value.as_map().size() : value.type().attributes().size());
    case TypeKind::String:
      if (!value.is_known()) return unknown();
      return count(values::count_graphemes(value.as_string()));
    case TypeKind::Map:
      if (!value.is_known()) return unknown();
      return count(value.as_map().size());
    case TypeKind::List:
    case TypeKind::Set:
      if (!has_known_length(value)) return unknown();
      return count(value.as_list().size());
    default:
      return refuse(0, wanted("a string or a collection", value));
  }
}

FunctionResult all_true(Arguments arguments, const FunctionContext&) {
  for (const Value& element : arguments[0].as_list()) {
    if (!element.is_known()) return give(Value::unknown(Type::boolean()));
    if (element.is_null() || !element.as_bool()) return give(Value::boolean(false));
  }
  return give(Value::boolean(true));
}

FunctionResult any_true(Arguments arguments, const FunctionContext&) {
  bool unknown = false;
  for (const Value& element : arguments[0].as_list()) {
    if (!element.is_known()) {
      unknown = true;
    } else if (!element.is_null() && element.as_bool()) {
      return give(Value::boolean(true));
    }
  }
  return give(unknown ? Value::unknown(Type::boolean()) : Value::boolean(false));
}

std::optional<Type> common_type(Arguments arguments) {
  std::vector<Type> types;
  for (const Value& value : arguments) types.push_back(value.type());
  return values::unify(types);
}

Type unified(ArgumentTypes types) { return values::unify(types).value_or(Type::any()); }

FunctionResult coalesce(Arguments arguments, const FunctionContext&) {
  const std::optional<Type> type = common_type(arguments);
  if (!type) return refuse_call("all arguments must have one type");
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const values::Conversion converted = values::convert(arguments[i], *type);
    // As tofu: what turns out not to be of that type after all is passed over.
    if (!converted.value) continue;
    if (!converted.value->is_known()) return give(Value::unknown(*type));
    if (converted.value->is_null()) continue;
    if (type->kind() == TypeKind::String && converted.value->as_string().empty()) continue;
    return give(*converted.value);
  }
  return refuse_call("all arguments are null or empty strings");
}

FunctionResult coalesce_list(Arguments arguments, const FunctionContext&) {
  if (arguments.empty()) return refuse_call("at least one argument is required");
  for (std::size_t i = 0; i < arguments.size() && arguments[i].is_known(); ++i) {
    const TypeKind kind = arguments[i].kind();
    if (kind != TypeKind::List && kind != TypeKind::Tuple)
      return refuse(i, wanted("a list or a tuple", arguments[i]));
  }
  for (const Value& value : arguments) {
    if (!value.is_known()) return give(Value::unknown());
    if (!value.is_null() && !value.as_list().empty()) return give(value);
  }
  return refuse_call("all arguments are null or empty");
}

FunctionResult contains(Arguments arguments, const FunctionContext&) {
  if (!is_sequence_kind(arguments[0].kind()))
    return refuse(0, wanted("a list, a set or a tuple", arguments[0]));
  bool unknown = false;
  for (const Value& element : arguments[0].as_list()) {
    const std::optional<bool> same = values::equal(arguments[1], element);
    if (same && *same) return give(Value::boolean(true));
    unknown = unknown || !same;
  }
  return give(unknown ? Value::unknown(Type::boolean()) : Value::boolean(false));
}

FunctionResult element(Arguments arguments, const FunctionContext&) {
  const TypeKind kind = arguments[0].kind();
  if (kind != TypeKind::List && kind != TypeKind::Tuple)
    return refuse(0, wanted("a list or a tuple", arguments[0]));
  const auto index = arguments[1].as_number().to_int64();
  if (!index) return refuse(1, "a whole number is required");
  const ValueList& elements = arguments[0].as_list();
  if (elements.empty()) return refuse(0, "an empty list has no element");
  const auto size = static_cast<std::int64_t>(elements.size());
  const std::int64_t wrapped = (*index % size + size) % size;
  return give(elements[static_cast<std::size_t>(wrapped)].with_marks(arguments[0].marks()));
}

Type element_type(ArgumentTypes types) {
  if (types[0].kind() == TypeKind::List) return types[0].element();
  return Type::any();
}

FunctionResult index(Arguments arguments, const FunctionContext&) {
  const TypeKind kind = arguments[0].kind();
  if (kind != TypeKind::List && kind != TypeKind::Tuple)
    return refuse(0, wanted("a list or a tuple", arguments[0]));
  std::int64_t position = 0;
  if (arguments[0].as_list().empty()) return refuse(0, "an empty list has no element");
  for (const Value& element : arguments[0].as_list()) {
    const std::optional<bool> same = values::equal(element, arguments[1]);
    if (!same) return give(Value::unknown(Type::number()));
    if (*same) return give(Value::number(position));
    ++position;
  }
  return refuse(1, "the list has no such element");
}

std::optional<FunctionError> check_match_keys(Arguments arguments) {
  std::vector<Type> types;
  for (const Value& list : arguments.subspan(1)) {
    if (list.kind() != TypeKind::List) return std::nullopt;
    if (!list.is_known() || list.is_null() || !list.as_list().empty())
      types.push_back(list.type().element());
  }
  if (types.size() < 2 || values::unify(types)) return std::nullopt;
  return FunctionError{2, "its elements and the keys have no type in common"};
}

FunctionResult match_keys(Arguments arguments, const FunctionContext&) {
  const Type types[] = {arguments[1].type(), arguments[2].type()};
  const std::optional<Type> common = values::unify(types);
  if (!common) return refuse(2, "`keys` and `searchset` must have one type");
  const Value& all = arguments[0];
  if (all.as_list().size() != arguments[1].as_list().size()) {
    return refuse(1, "`values` and `keys` must have the same length");
  }
  const values::Conversion keys = values::convert(arguments[1], *common),
                           searched = values::convert(arguments[2], *common);
  if (!keys.value) return refuse(1, keys.error.message);
  if (!searched.value) return refuse(2, searched.error.message);
  ValueList found;
  if (searched.value->as_list().empty()) return give(Value::list(all.type().element(), {}));
  if (!all.is_wholly_known() || !keys.value->is_wholly_known())
    return give(Value::unknown(all.type()));
  for (std::size_t i = 0; i < all.as_list().size(); ++i) {
    for (const Value& candidate : searched.value->as_list()) {
      const std::optional<bool> same = values::equal(keys.value->as_list()[i], candidate);
      if (!same) return give(Value::list(all.type().element(), {}));
      if (!*same) continue;
      found.push_back(all.as_list()[i]);
      break;
    }
  }
  return give(Value::list(all.type().element(), std::move(found)));
}

FunctionResult one(Arguments arguments, const FunctionContext&) {
  const Value& value = arguments[0];
  if (!is_sequence_kind(value.kind())) return refuse(0, wanted("a list, a set or a tuple", value));
  const bool tuple = value.kind() == TypeKind::Tuple;
  if (!tuple && !has_known_length(value)) return give(Value::unknown(value.type().element()));
  const ValueList& elements = value.as_list();
  if (elements.size() > 1)
    return refuse(
        0, "it has " + std::to_string(elements.size()) + " elements, and `one` takes at most one");
  if (elements.empty()) return give(Value::null(tuple ? Type::any() : value.type().element()));
  return give(elements.front());
}

Type one_type(ArgumentTypes types) {
  if (types[0].is_collection() && types[0].kind() != TypeKind::Map) return types[0].element();
  if (types[0].kind() == TypeKind::Tuple && types[0].elements().size() == 1)
    return types[0].elements().front();
  return Type::any();
}

Type first_type(ArgumentTypes types) { return types[0]; }

constexpr ParameterSet k_first = 1;

constexpr Behaviour k_functions[] = {
    {"length", length, k_every_parameter, k_every_parameter},
    {"alltrue", all_true},
    {"anytrue", any_true},
    {"coalesce", coalesce, k_every_parameter, k_no_parameter, unified},
    {"coalescelist", coalesce_list, k_every_parameter},
    {"contains", contains, k_no_parameter, k_no_parameter, bool_result},
    {"element", element, k_no_parameter, k_first, element_type, check_list_or_tuple},
    {"index", index, k_no_parameter, k_no_parameter, number_result},
    {"matchkeys", match_keys, k_no_parameter, k_no_parameter, first_type, check_match_keys},
    {"one", one, k_no_parameter, k_no_parameter, one_type, check_sequence},
};

}  // namespace

std::span<const Behaviour> sequence_functions() { return k_functions; }

}  // namespace space::eval
