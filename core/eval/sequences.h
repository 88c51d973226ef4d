// What the functions over sequences share. For the files functions_*.cpp alone.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "core/eval/function_families.h"
#include "core/values/value.h"

namespace space::eval {

using values::TypeKind;
using values::Value;

inline bool is_sequence_kind(TypeKind kind) {
  return kind == TypeKind::List || kind == TypeKind::Set || kind == TypeKind::Tuple;
}

// A set with an unknown element may have fewer elements than it shows.
inline bool has_known_length(const Value& value) {
  if (!value.is_known()) return false;
  if (value.kind() != TypeKind::Set) return true;
  return std::all_of(value.as_list().begin(), value.as_list().end(),
                     [](const Value& element) { return element.is_known(); });
}

inline std::string wanted(std::string_view what, const Value& value) {
  return std::string(what) + " is required, and this is " + values::describe(value.type());
}

// What the first argument must be, known or not.
inline std::optional<FunctionError> check_sequence(Arguments arguments) {
  const TypeKind kind = arguments[0].kind();
  if (is_sequence_kind(kind) || kind == TypeKind::Any) return std::nullopt;
  return FunctionError{0, wanted("a list, a set or a tuple", arguments[0])};
}
inline std::optional<FunctionError> check_list_or_tuple(Arguments arguments) {
  const TypeKind kind = arguments[0].kind();
  if (kind == TypeKind::List || kind == TypeKind::Tuple || kind == TypeKind::Any)
    return std::nullopt;
  return FunctionError{0, wanted("a list or a tuple", arguments[0])};
}

}  // namespace space::eval
