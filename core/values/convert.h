// Conversion and unification, as tofu does them (cty's convert package). convert: a value to a
// type, with the reason and the path where it cannot be. unify: the one type to which all given
// types convert, or nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/values/value.h"

namespace space::values {

struct ConversionError {
  enum class Kind : std::uint8_t {
    Type,        // another type, a text that is none of this type, an attribute that is missing
    Refinement,  // the base type fits, what it says does not: `refinement` is which
  };
  std::string path;     // ".servers[2].name", empty for the value itself
  std::string message;  // "a number is required, and this is a list of string"
  Kind kind = Kind::Type;
  Refinement refinement = Refinement::None;
};

struct Conversion {
  std::optional<Value> value;
  ConversionError error;  // when there is no value
};

Conversion convert(const Value& value,
                   const Type& wanted);  // fills optional attributes with their defaults
std::optional<ConversionError> check_convertible(const Type& from,
                                                 const Type& wanted);  // types alone; `any` passes

// Which conversions unification may count on: those that always work (number to string), or those
// too that depend on the value (string to number).
enum class UnifyBy { AllConversions, SafeConversions };
std::optional<Type> unify(std::span<const Type> types, UnifyBy by = UnifyBy::AllConversions);

// The rule of a refined type for a known value: an explanation when it is broken ("`10.0.0.0/33` is
// no CIDR block: …").
std::optional<std::string> check_refinement(Refinement refinement, const Value& value);

}  // namespace space::values
