#include "core/eval/functions.h"

#include <algorithm>
#include <map>

#include "core/base/check.h"
#include "core/base/strings.h"
#include "core/eval/function_families.h"

namespace space::eval {

using values::Type;

namespace {

// "list(any)": the types that stand in defs/functions.def.
Type parse_type(std::string_view text) {
  text = base::trim(text);
  if (text == "any") return Type::any();
  if (text == "string") return Type::string();
  if (text == "number") return Type::number();
  if (text == "bool") return Type::boolean();
  const std::size_t open = text.find('(');
  SPACE_CHECK(open != std::string_view::npos && text.ends_with(')'), "a type of functions.def");
  const Type element = parse_type(text.substr(open + 1, text.size() - open - 2));
  const std::string_view name = text.substr(0, open);
  if (name == "list") return Type::list(element);
  if (name == "set") return Type::set(element);
  SPACE_CHECK(name == "map", "a type of functions.def");
  return Type::map(element);
}

// "num: number" or "vals: any?".
Parameter parse_parameter(std::string_view text) {
  const std::size_t colon = text.find(':');
  SPACE_CHECK(colon != std::string_view::npos, "a parameter of functions.def");
  Parameter parameter;
  parameter.name = base::trim(text.substr(0, colon));
  std::string_view type = base::trim(text.substr(colon + 1));
  if (type.ends_with('?')) {
    parameter.allow_null = true;
    type.remove_suffix(1);
  }
  parameter.type = parse_type(type);
  return parameter;
}

using Table = std::map<std::string_view, Function, std::less<>>;

void declare(Table& table, std::string_view name, std::string_view result,
             std::string_view parameters, std::string_view variadic) {
  Function function;
  function.name = name;
  function.phase = FunctionPhase::Deferred;
  function.result = parse_type(result);
  if (!parameters.empty()) {
    for (const std::string_view parameter : base::split(parameters, ',')) {
      function.parameters.push_back(parse_parameter(parameter));
    }
  }
  if (!variadic.empty()) function.variadic = parse_parameter(variadic);
  table.emplace(name, std::move(function));
}

void implement(Table& table, std::span<const Behaviour> family) {
  for (const Behaviour& behaviour : family) {
    const auto found = table.find(behaviour.name);
    SPACE_CHECK(found != table.end(), "a function that functions.def does not name");
    Function& function = found->second;
    function.phase = FunctionPhase::Static;
    function.call = behaviour.call;
    if (behaviour.type) function.result_type = behaviour.type;
    if (behaviour.check) function.check = behaviour.check;
    const auto set_flags = [&](Parameter& parameter, std::size_t nth) {
      const ParameterSet bit = ParameterSet{1} << std::min<std::size_t>(nth, 31);
      parameter.allow_unknown = (behaviour.unknown & bit) != 0;
      parameter.allow_marked = (behaviour.marked & bit) != 0;
    };
    for (std::size_t i = 0; i < function.parameters.size(); ++i)
      set_flags(function.parameters[i], i);
    if (function.variadic) set_flags(*function.variadic, function.parameters.size());
  }
}

const Table& table() {
  static const Table* const all = [] {
    auto* made = new Table;
#define SPACE_FUNCTION(name, result, parameters, variadic) \
  declare(*made, name, result, parameters, variadic);
#include "core/eval/defs/functions.def"
#undef SPACE_FUNCTION
    // The evaluator itself runs these two: their arguments may fail.
    made->find("try")->second.phase = FunctionPhase::Static;
    made->find("can")->second.phase = FunctionPhase::Static;
    implement(*made, string_functions());
    implement(*made, regex_functions());
    implement(*made, format_functions());
    implement(*made, encoding_functions());
    implement(*made, yaml_functions());
    implement(*made, sequence_functions());
    implement(*made, list_functions());
    implement(*made, map_functions());
    implement(*made, set_functions());
    implement(*made, number_functions());
    implement(*made, type_functions());
    implement(*made, network_functions());
    implement(*made, file_functions());
    implement(*made, time_functions());
    implement(*made, charset_functions());
    implement(*made, compressed_functions());
    return made;
  }();
  return *all;
}

}  // namespace

const Function* find_function(std::string_view name) {
  constexpr std::string_view k_core = "core::";
  if (name.starts_with(k_core)) name.remove_prefix(k_core.size());
  const auto found = table().find(name);
  return found == table().end() ? nullptr : &found->second;
}

std::vector<std::string_view> function_names() {
  std::vector<std::string_view> names;
  names.reserve(table().size());
  for (const auto& [name, function] : table()) names.push_back(name);
  return names;
}

}  // namespace space::eval
