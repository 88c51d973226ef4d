// alltrue anytrue chunklist coalesce coalescelist compact concat contains distinct element flatten
// index length matchkeys one reverse slice sort.
#include <algorithm>

#include "core/eval/function_families.h"
#include "core/values/convert.h"
#include "core/values/order.h"
#include "core/values/render.h"
#include "core/values/text.h"

namespace space::eval {

using values::Marks;
using values::Type;
using values::TypeKind;
using values::Value;
using values::ValueList;

namespace {

bool is_sequence_kind(TypeKind kind) {
  return kind == TypeKind::List || kind == TypeKind::Set || kind == TypeKind::Tuple;
}

// A set with an unknown element may have fewer elements than it shows.
bool has_known_length(const Value& value) {
  if (!value.is_known()) return false;
  if (value.kind() != TypeKind::Set) return true;
  return std::all_of(value.as_list().begin(), value.as_list().end(),
                     [](const Value& element) { return element.is_known(); });
}

std::string wanted(std::string_view what, const Value& value) {
  return std::string(what) + " is required, and this is " + values::describe(value.type());
}

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

FunctionResult chunk_list(Arguments arguments, const FunctionContext&) {
  const Marks marks = arguments[0].marks() | arguments[1].marks();
  const Value list = arguments[0].without_marks();
  const auto size = arguments[1].without_marks().as_number().to_int64();
  if (!size || *size < 0) return refuse(1, "a whole number that is not negative is required");
  ValueList chunks;
  const ValueList& elements = list.as_list();
  if (*size == 0 && !elements.empty()) chunks.push_back(list);
  for (std::size_t at = 0; *size > 0 && at < elements.size();) {
    const std::size_t count =
        std::min<std::size_t>(static_cast<std::size_t>(*size), elements.size() - at);
    const auto begin = elements.begin() + static_cast<std::ptrdiff_t>(at);
    chunks.push_back(Value::list(list.type().element(),
                                 ValueList(begin, begin + static_cast<std::ptrdiff_t>(count))));
    at += count;
  }
  return give(Value::list(list.type(), std::move(chunks)).with_marks(marks));
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
    if (!converted.value) return refuse(i, converted.error.message);
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

FunctionResult compact(Arguments arguments, const FunctionContext&) {
  if (!arguments[0].is_wholly_known()) return give(Value::unknown(Type::list(Type::string())));
  ValueList kept;
  for (const Value& element : arguments[0].as_list()) {
    if (!element.is_null() && !element.as_string().empty()) kept.push_back(element);
  }
  return give(Value::list(Type::string(), std::move(kept)));
}

// A list where all arguments are lists, else a tuple.
std::optional<Type> concat_list_type(ArgumentTypes types) {
  if (types.empty()) return std::nullopt;
  for (const Type& type : types) {
    if (type.kind() != TypeKind::List) return std::nullopt;
  }
  return values::unify(types);
}

Type concat_type(ArgumentTypes types) {
  if (const auto list = concat_list_type(types)) return *list;
  std::vector<Type> elements;
  for (const Type& type : types) {
    if (type.kind() != TypeKind::Tuple) return Type::any();
    elements.insert(elements.end(), type.elements().begin(), type.elements().end());
  }
  return Type::tuple(std::move(elements));
}

FunctionResult concat(Arguments arguments, const FunctionContext&) {
  if (arguments.empty()) return refuse_call("at least one argument is required");
  std::vector<Type> types;
  for (const Value& value : arguments) types.push_back(value.type());
  const std::optional<Type> list = concat_list_type(types);
  ValueList all;
  Marks marks;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const TypeKind kind = arguments[i].kind();
    if (kind != TypeKind::List && kind != TypeKind::Tuple)
      return refuse(i, wanted("a list or a tuple", arguments[i]));
    Value part = arguments[i];
    if (list && list->kind() == TypeKind::List) {
      values::Conversion converted = values::convert(part, *list);
      if (!converted.value) return refuse(i, converted.error.message);
      part = std::move(*converted.value);
    }
    marks = marks | part.marks();
    all.insert(all.end(), part.as_list().begin(), part.as_list().end());
  }
  if (list && list->kind() == TypeKind::List)
    return give(Value::list(list->element(), std::move(all)).with_marks(marks));
  return give(Value::tuple(std::move(all)).with_marks(marks));
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

FunctionResult distinct(Arguments arguments, const FunctionContext&) {
  if (!arguments[0].is_wholly_known()) return give(Value::unknown(arguments[0].type()));
  // Strings are the common case, and lists of them may be long.
  ValueList kept;
  std::map<std::string_view, bool> seen;
  for (const Value& element : arguments[0].as_list()) {
    if (element.kind() == TypeKind::String && !element.is_null()) {
      if (seen.emplace(element.as_string(), true).second) kept.push_back(element);
      continue;
    }
    const bool repeat = std::any_of(kept.begin(), kept.end(), [&](const Value& other) {
      return values::equal(other, element).value_or(false);
    });
    if (!repeat) kept.push_back(element);
  }
  return give(Value::list(arguments[0].type().element(), std::move(kept)));
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

// Everything in it that is no sequence, in order; false where that cannot be known yet.
bool flatten_into(const Value& sequence, ValueList& out, Marks& marks) {
  marks = marks | sequence.marks();
  if (!has_known_length(sequence)) return false;
  bool known = true;
  for (const Value& element : sequence.as_list()) {
    if (!element.is_known() && element.kind() == TypeKind::Any) known = false;
    if (element.is_null() || !is_sequence_kind(element.kind())) {
      out.push_back(element);
    } else if (!element.is_known()) {
      known = false;
      marks = marks | element.marks();
    } else {
      known = flatten_into(element, out, marks) && known;
    }
  }
  return known;
}

FunctionResult flatten(Arguments arguments, const FunctionContext&) {
  if (!is_sequence_kind(arguments[0].kind()))
    return refuse(0, wanted("a list, a set or a tuple", arguments[0]));
  ValueList all;
  Marks marks;
  const bool known = flatten_into(arguments[0], all, marks);
  // tofu has no type for the result before all of it is known.
  if (!known) return give(Value::unknown().with_marks(marks));
  return give(Value::tuple(std::move(all)).with_marks(marks));
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

FunctionResult reverse(Arguments arguments, const FunctionContext&) {
  if (!is_sequence_kind(arguments[0].kind()))
    return refuse(0, wanted("a list or a tuple", arguments[0]));
  const Marks marks = arguments[0].marks();
  ValueList reversed(arguments[0].as_list().rbegin(), arguments[0].as_list().rend());
  if (arguments[0].kind() == TypeKind::Tuple)
    return give(Value::tuple(std::move(reversed)).with_marks(marks));
  return give(Value::list(arguments[0].type().element(), std::move(reversed)).with_marks(marks));
}

Type reverse_type(ArgumentTypes types) {
  if (types[0].kind() == TypeKind::Tuple) {
    return Type::tuple(std::vector<Type>(types[0].elements().rbegin(), types[0].elements().rend()));
  }
  return types[0].kind() == TypeKind::List || types[0].kind() == TypeKind::Set
             ? Type::list(types[0].element())
             : Type::any();
}

FunctionResult slice(Arguments arguments, const FunctionContext&) {
  const TypeKind kind = arguments[0].kind();
  if (kind == TypeKind::Set)
    return refuse(0, "elements of a set have no order to cut at; `tolist(…)` gives them one");
  if (kind != TypeKind::List && kind != TypeKind::Tuple)
    return refuse(0, wanted("a list or a tuple", arguments[0]));
  const ValueList& elements = arguments[0].as_list();
  const auto size = static_cast<std::int64_t>(elements.size());
  const auto from = arguments[1].as_number().to_int64(), to = arguments[2].as_number().to_int64();
  if (!from || *from < 0) return refuse(1, "a whole number that is not negative is required");
  if (!to || *to < 0) return refuse(2, "a whole number that is not negative is required");
  if (*from > size)
    return refuse(1, "the start is past the end of the list, which has " + std::to_string(size) +
                         " elements");
  if (*to > size)
    return refuse(
        2, "the end is past the end of the list, which has " + std::to_string(size) + " elements");
  if (*from > *to) return refuse(1, "the start may not be behind the end");
  ValueList cut(elements.begin() + *from, elements.begin() + *to);
  const Marks marks = arguments[0].marks();
  if (kind == TypeKind::Tuple) return give(Value::tuple(std::move(cut)).with_marks(marks));
  return give(Value::list(arguments[0].type().element(), std::move(cut)).with_marks(marks));
}

Type slice_type(ArgumentTypes types) {
  return types[0].kind() == TypeKind::List ? types[0] : Type::any();
}
Type first_type(ArgumentTypes types) { return types[0]; }
Type list_of_first_type(ArgumentTypes types) { return Type::list(types[0]); }

FunctionResult sort(Arguments arguments, const FunctionContext&) {
  if (!arguments[0].is_wholly_known()) return give(Value::unknown(Type::list(Type::string())));
  ValueList sorted = arguments[0].as_list();
  for (const Value& value : sorted) {
    if (value.is_null()) return refuse(0, "an element is null, and null has no order");
  }
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Value& a, const Value& b) { return a.as_string() < b.as_string(); });
  return give(Value::list(Type::string(), std::move(sorted)));
}

constexpr ParameterSet k_first = 1;

constexpr Behaviour k_functions[] = {
    {"length", length, k_every_parameter, k_every_parameter},
    {"alltrue", all_true},
    {"anytrue", any_true},
    {"chunklist", chunk_list, k_no_parameter, k_every_parameter, list_of_first_type},
    {"coalesce", coalesce, k_every_parameter, k_no_parameter, unified},
    {"coalescelist", coalesce_list, k_every_parameter},
    {"compact", compact},
    {"concat", concat, k_no_parameter, k_every_parameter, concat_type},
    {"contains", contains, k_no_parameter, k_no_parameter, bool_result},
    {"distinct", distinct, k_no_parameter, k_no_parameter, first_type},
    {"element", element, k_no_parameter, k_first, element_type},
    {"flatten", flatten, k_no_parameter, k_first},
    {"index", index, k_no_parameter, k_no_parameter, number_result},
    {"matchkeys", match_keys, k_no_parameter, k_no_parameter, first_type},
    {"one", one, k_no_parameter, k_no_parameter, one_type},
    {"reverse", reverse, k_no_parameter, k_first, reverse_type},
    {"slice", slice, k_no_parameter, k_first, slice_type},
    {"sort", sort, k_first},
};

}  // namespace

std::span<const Behaviour> sequence_functions() { return k_functions; }

}  // namespace space::eval
