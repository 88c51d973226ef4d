// What a family of functions gives to the table in functions.cpp: the code behind a name of
// defs/functions.def. For the files functions*.cpp alone. A call sees converted arguments, without
// null where the signature says so, without unknown and without marks unless it asks for them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/eval/functions.h"

namespace space::eval {

using Arguments = std::span<const values::Value>;
using ArgumentTypes = std::span<const values::Type>;

// Which parameters: one bit each, the variadic one's after the last fixed one's.
using ParameterSet = std::uint32_t;
inline constexpr ParameterSet k_no_parameter = 0;
inline constexpr ParameterSet k_every_parameter = ~ParameterSet{0};

struct Behaviour {
  std::string_view name;
  FunctionResult (*call)(Arguments, const FunctionContext&);
  ParameterSet unknown = k_no_parameter;  // these may be unknown, and the call deals with it
  ParameterSet marked = k_no_parameter;   // these keep their marks, and the call passes them on
  values::Type (*type)(ArgumentTypes) = nullptr;
  std::optional<FunctionError> (*check)(Arguments) = nullptr;  // of arguments not all known
};

std::span<const Behaviour> string_functions();
std::span<const Behaviour> regex_functions();
std::span<const Behaviour> format_functions();
std::span<const Behaviour> encoding_functions();
std::span<const Behaviour> yaml_functions();
std::span<const Behaviour> sequence_functions();
std::span<const Behaviour> list_functions();
std::span<const Behaviour> map_functions();
std::span<const Behaviour> set_functions();
std::span<const Behaviour> number_functions();
std::span<const Behaviour> type_functions();
std::span<const Behaviour> network_functions();
std::span<const Behaviour> file_functions();
std::span<const Behaviour> time_functions();
std::span<const Behaviour> charset_functions();
std::span<const Behaviour> compressed_functions();

// For functions whose result has one type, which tofu's table of signatures does not say.
inline values::Type number_result(ArgumentTypes) { return values::Type::number(); }
inline values::Type bool_result(ArgumentTypes) { return values::Type::boolean(); }

inline FunctionResult give(values::Value value) { return {std::move(value), {}}; }
inline FunctionResult refuse(std::size_t argument, std::string message) {
  return {std::nullopt, {argument, std::move(message), false}};
}
// The charset, the algorithm or the like is one that only tofu has.
inline FunctionResult leave_to_tofu() { return {std::nullopt, {FunctionError::k_call, {}, true}}; }
inline FunctionResult refuse_call(std::string message) {
  return refuse(FunctionError::k_call, std::move(message));
}

inline values::Value text(std::string value) { return values::Value::string(std::move(value)); }
inline const std::string& text_of(const values::Value& value) { return value.as_string(); }

}  // namespace space::eval
