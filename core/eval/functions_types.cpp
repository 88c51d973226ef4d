// tobool tolist tomap tonumber toset tostring, sensitive nonsensitive issensitive ephemeralasnull.
// (try and can are the evaluator's own.)
#include "core/eval/function_families.h"
#include "core/values/convert.h"
#include "core/values/order.h"
#include "core/values/render.h"

namespace space::eval {

using values::Marks;
using values::Type;
using values::TypeKind;
using values::Value;

namespace {

FunctionResult convert_to(const Value& value, const Type& wanted) {
  values::Conversion converted = values::convert(value, wanted);
  if (converted.value) return give(std::move(*converted.value));
  // What a secret is stays out of the message.
  if (value.marks_deep() != Marks{}) {
    return refuse(0, "this value cannot become " + values::describe(wanted) +
                         ", and is not shown because it is sensitive");
  }
  return refuse(0, (converted.error.path.empty() ? "" : "at `" + converted.error.path + "`: ") +
                       converted.error.message);
}

template <Type (*Wanted)()>
std::optional<FunctionError> check_conversion(Arguments arguments) {
  FunctionResult converted = convert_to(arguments[0], Wanted());
  if (converted.value) return std::nullopt;
  return std::move(converted.error);
}
Type any_list() { return Type::list(Type::any()); }
Type any_set() { return Type::set(Type::any()); }
Type any_map() { return Type::map(Type::any()); }

FunctionResult to_bool(Arguments arguments, const FunctionContext&) {
  return convert_to(arguments[0], Type::boolean());
}
FunctionResult to_number(Arguments arguments, const FunctionContext&) {
  return convert_to(arguments[0], Type::number());
}
FunctionResult to_text(Arguments arguments, const FunctionContext&) {
  return convert_to(arguments[0], Type::string());
}
FunctionResult to_list(Arguments arguments, const FunctionContext&) {
  return convert_to(arguments[0], Type::list(Type::any()));
}
FunctionResult to_set(Arguments arguments, const FunctionContext&) {
  return convert_to(arguments[0], Type::set(Type::any()));
}
FunctionResult to_map(Arguments arguments, const FunctionContext&) {
  return convert_to(arguments[0], Type::map(Type::any()));
}

Type collection_type(ArgumentTypes types, const Type& wanted) {
  return values::convert(Value::unknown(types[0]), wanted)
      .value.value_or(Value::unknown(wanted))
      .type();
}
Type list_type(ArgumentTypes types) { return collection_type(types, Type::list(Type::any())); }
Type set_type(ArgumentTypes types) { return collection_type(types, Type::set(Type::any())); }
Type map_type(ArgumentTypes types) { return collection_type(types, Type::map(Type::any())); }
Type same_type(ArgumentTypes types) { return types[0]; }

FunctionResult sensitive(Arguments arguments, const FunctionContext&) {
  return give(arguments[0].with_marks({true, false}));
}

FunctionResult nonsensitive(Arguments arguments, const FunctionContext&) {
  const Marks marks = arguments[0].marks();
  return give(arguments[0].without_marks().with_marks({false, marks.ephemeral}));
}

FunctionResult is_sensitive(Arguments arguments, const FunctionContext&) {
  if (!arguments[0].is_known()) return give(Value::unknown(Type::boolean()));
  return give(Value::boolean(arguments[0].marks().sensitive));
}

// Every ephemeral value in it becomes null of its type.
Value without_ephemeral(const Value& value) {
  if (!value.marks_deep().ephemeral) return value;
  if (value.marks().ephemeral)
    return Value::null(value.type()).with_marks({value.marks().sensitive, false});
  switch (value.kind()) {
    case TypeKind::Map:
    case TypeKind::Object: {
      values::ValueMap entries = value.as_map();
      for (auto& [key, entry] : entries) entry = without_ephemeral(entry);
      return (value.kind() == TypeKind::Object
                  ? Value::object(std::move(entries))
                  : Value::map(value.type().element(), std::move(entries)))
          .with_marks(value.marks());
    }
    default: {
      values::ValueList elements = value.as_list();
      for (Value& element : elements) element = without_ephemeral(element);
      return (value.kind() == TypeKind::Tuple
                  ? Value::tuple(std::move(elements))
                  : Value::list(value.type().element(), std::move(elements)))
          .with_marks(value.marks());
    }
  }
}

FunctionResult ephemeral_as_null(Arguments arguments, const FunctionContext&) {
  return give(without_ephemeral(arguments[0]));
}

constexpr Behaviour k_functions[] = {
    {"tobool", to_bool, k_no_parameter, k_every_parameter, nullptr,
     check_conversion<Type::boolean>},
    {"tonumber", to_number, k_no_parameter, k_every_parameter, nullptr,
     check_conversion<Type::number>},
    {"tostring", to_text, k_no_parameter, k_every_parameter, nullptr,
     check_conversion<Type::string>},
    {"tolist", to_list, k_no_parameter, k_every_parameter, list_type, check_conversion<any_list>},
    {"toset", to_set, k_no_parameter, k_every_parameter, set_type, check_conversion<any_set>},
    {"tomap", to_map, k_no_parameter, k_every_parameter, map_type, check_conversion<any_map>},
    {"sensitive", sensitive, k_every_parameter, k_every_parameter, same_type},
    {"nonsensitive", nonsensitive, k_every_parameter, k_every_parameter, same_type},
    {"issensitive", is_sensitive, k_every_parameter, k_every_parameter},
    {"ephemeralasnull", ephemeral_as_null, k_every_parameter, k_every_parameter, same_type},
};

}  // namespace

std::span<const Behaviour> type_functions() { return k_functions; }

}  // namespace space::eval
