// chunklist compact concat distinct flatten reverse slice sort: sequences from sequences.
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

Type first_type(ArgumentTypes types) { return types[0]; }

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

std::optional<FunctionError> check_concat(Arguments arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    // A set is refused once all is known; tofu's types let it pass until then.
    if (auto error = check_sequence(arguments.subspan(i, 1)))
      return FunctionError{i, std::move(error->message)};
  }
  return std::nullopt;
}

// Where the indices are known, they may be wrong whatever the list will be.
std::optional<FunctionError> check_slice(Arguments arguments) {
  if (arguments[0].kind() == TypeKind::Any) return std::nullopt;  // as tofu, which asks no further
  if (auto error = check_list_or_tuple(arguments)) return error;
  const auto index = [&](std::size_t nth) -> std::optional<std::int64_t> {
    if (!arguments[nth].is_known()) return std::nullopt;
    return arguments[nth].as_number().to_int64().value_or(-1);
  };
  const auto from = index(1), to = index(2);
  constexpr std::string_view k_whole = "a whole number that is not negative is required";
  if (from && *from < 0) return FunctionError{1, std::string(k_whole)};
  if (to && *to < 0) return FunctionError{2, std::string(k_whole)};
  if (from && to && *from > *to) return FunctionError{1, "the start may not be behind the end"};
  return std::nullopt;
}

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
    {"chunklist", chunk_list, k_no_parameter, k_every_parameter, list_of_first_type},
    {"compact", compact},
    {"concat", concat, k_no_parameter, k_every_parameter, concat_type, check_concat},
    {"distinct", distinct, k_no_parameter, k_no_parameter, first_type},
    {"flatten", flatten, k_no_parameter, k_first},
    {"reverse", reverse, k_no_parameter, k_first, reverse_type, check_sequence},
    {"slice", slice, k_no_parameter, k_first, slice_type, check_slice},
    {"sort", sort, k_first},
};

}  // namespace

std::span<const Behaviour> list_functions() { return k_functions; }

}  // namespace space::eval
