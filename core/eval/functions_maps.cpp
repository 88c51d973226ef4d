// keys lookup merge transpose values zipmap.
#include <algorithm>

#include "core/eval/function_families.h"
#include "core/values/convert.h"
#include "core/values/render.h"

namespace space::eval {

using values::Marks;
using values::Type;
using values::TypeKind;
using values::Value;
using values::ValueList;
using values::ValueMap;

namespace {

bool is_map_kind(TypeKind kind) { return kind == TypeKind::Map || kind == TypeKind::Object; }

std::string wanted(std::string_view what, const Value& value) {
  return std::string(what) + " is required, and this is " + values::describe(value.type());
}

FunctionResult keys(Arguments arguments, const FunctionContext&) {
  const Value& map = arguments[0];
  const Marks marks = map.marks();
  if (map.kind() == TypeKind::Any) return give(Value::unknown().with_marks(marks));
  if (!is_map_kind(map.kind())) return refuse(0, wanted("a map or an object", map));
  ValueList names;
  if (map.kind() == TypeKind::Object) {
    // Its type knows them, even where it is not known itself.
    for (const auto& [name, attribute] : map.type().attributes()) names.push_back(text(name));
    return give(Value::tuple(std::move(names)).with_marks(marks));
  }
  if (!map.is_known()) return give(Value::unknown(Type::list(Type::string())).with_marks(marks));
  for (const auto& [name, entry] : map.as_map()) names.push_back(text(name));
  return give(Value::list(Type::string(), std::move(names)).with_marks(marks));
}

Type keys_type(ArgumentTypes types) {
  if (types[0].kind() == TypeKind::Map) return Type::list(Type::string());
  if (types[0].kind() != TypeKind::Object) return Type::any();
  return Type::tuple(std::vector<Type>(types[0].attributes().size(), Type::string()));
}

FunctionResult values_of(Arguments arguments, const FunctionContext&) {
  const Value& map = arguments[0];
  if (!is_map_kind(map.kind())) return refuse(0, wanted("a map or an object", map));
  ValueList all;
  for (const auto& [name, entry] : map.as_map()) all.push_back(entry);
  if (map.kind() == TypeKind::Object)
    return give(Value::tuple(std::move(all)).with_marks(map.marks()));
  return give(Value::list(map.type().element(), std::move(all)).with_marks(map.marks()));
}

Type values_type(ArgumentTypes types) {
  if (types[0].kind() == TypeKind::Map) return Type::list(types[0].element());
  if (types[0].kind() != TypeKind::Object) return Type::any();
  std::vector<Type> all;
  for (const auto& [name, attribute] : types[0].attributes()) all.push_back(attribute.type);
  return Type::tuple(std::move(all));
}

std::optional<FunctionError> check_map(Arguments arguments) {
  if (is_map_kind(arguments[0].kind()) || arguments[0].kind() == TypeKind::Any) return std::nullopt;
  return FunctionError{0, wanted("a map or an object", arguments[0])};
}

// Of a map or an object that is not known yet, its type says what will come out.
Value lookup_unknown(const Value& map, const std::string& key,
                     const std::optional<Value>& fallback) {
  if (map.kind() == TypeKind::Map) return Value::unknown(map.type().element());
  const auto found = map.type().attributes().find(key);
  return Value::unknown(found != map.type().attributes().end() ? found->second.type
                                                               : fallback->type());
}

FunctionResult lookup(Arguments arguments, const FunctionContext&) {
  if (arguments.size() > 3) return refuse_call("two or three arguments are required");
  const Value& map = arguments[0];
  if (map.kind() == TypeKind::Any)
    return give(Value::unknown().with_marks(map.marks() | arguments[1].marks()));
  if (!is_map_kind(map.kind())) return refuse(0, wanted("a map", map));
  const Marks marks = map.marks() | arguments[1].marks();
  const std::string& key = text_of(arguments[1]);
  const bool is_map = map.kind() == TypeKind::Map;
  std::optional<Value> fallback;
  if (arguments.size() == 3) {
    values::Conversion converted =
        values::convert(arguments[2], is_map ? map.type().element() : Type::any());
    if (!converted.value)
      return refuse(
          2, "the default must have the type of the map's elements: " + converted.error.message);
    fallback = std::move(*converted.value);
  }
  const bool may_be = is_map || fallback || map.type().attributes().contains(key);
  if (!map.is_known() && may_be) return give(lookup_unknown(map, key, fallback).with_marks(marks));
  const ValueMap none;
  const ValueMap& entries = map.is_known() ? map.as_map() : none;
  const auto found = entries.find(key);
  if (found != entries.end()) return give(found->second.with_marks(marks));
  if (fallback) return give(fallback->with_marks(marks));
  if (marks.sensitive) return refuse(1, "there is no such key");
  return refuse(1, std::string(is_map ? "the map has no key " : "the object has no attribute ") +
                       values::quote_hcl(key));
}

Type lookup_type(ArgumentTypes types) {
  return types[0].kind() == TypeKind::Map ? types[0].element() : Type::any();
}

// What is merged of maps and objects that are not all known: an object where all keys are.
Type partly_known_type(Arguments maps) {
  std::map<std::string, values::ObjectAttribute> attributes;
  for (const Value& map : maps) {
    if (map.is_null()) continue;
    if (map.kind() == TypeKind::Object) {
      for (const auto& [name, attribute] : map.type().attributes())
        attributes.insert_or_assign(name, attribute);
    } else if (map.is_known()) {
      for (const auto& [name, entry] : map.as_map()) {
        attributes.insert_or_assign(name,
                                    values::ObjectAttribute{map.type().element(), false, nullptr});
      }
    } else {
      return Type::any();
    }
  }
  return Type::object(std::move(attributes));
}

FunctionResult merge(Arguments arguments, const FunctionContext&) {
  if (arguments.empty()) return give(Value::object({}));
  ValueMap merged;
  Marks marks;
  bool same = true, known = true, bare = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Value& map = arguments[i];
    same = same && map.type() == arguments[0].type();
    if (!map.is_null()) marks = marks | map.marks();
    known = known && map.is_known();
    if (map.kind() == TypeKind::Any) {
      // A bare null has no type, and adds nothing.
      bare = bare || !map.is_null();
      continue;
    }
    if (!is_map_kind(map.kind())) return refuse(i, wanted("a map or an object", map));
    if (map.is_null() || !map.is_known()) continue;
    for (const auto& [key, entry] : map.as_map()) merged.insert_or_assign(key, entry);
  }
  if (bare) return give(Value::unknown().with_marks(marks));
  const bool is_map = same && arguments[0].kind() == TypeKind::Map;
  if (!known) {
    return give(Value::unknown(same ? arguments[0].type() : partly_known_type(arguments))
                    .with_marks(marks));
  }
  if (is_map) {
    return give(Value::map(arguments[0].type().element(), std::move(merged)).with_marks(marks));
  }
  return give(Value::object(std::move(merged)).with_marks(marks));
}

Type merge_type(ArgumentTypes types) {
  if (types.empty()) return Type::object({});
  std::map<std::string, values::ObjectAttribute> attributes;
  bool objects = true;
  for (const Type& type : types) {
    objects = objects && type.kind() == TypeKind::Object;
    if (!objects) continue;
    for (const auto& [name, attribute] : type.attributes())
      attributes.insert_or_assign(name, attribute);
  }
  const bool same =
      std::all_of(types.begin(), types.end(), [&](const Type& type) { return type == types[0]; });
  if (same && is_map_kind(types[0].kind())) return types[0];
  return objects ? Type::object(std::move(attributes)) : Type::any();
}

FunctionResult transpose(Arguments arguments, const FunctionContext&) {
  const Type type = Type::map(Type::list(Type::string()));
  if (!arguments[0].is_wholly_known()) return give(Value::unknown(type));
  std::map<std::string, std::vector<std::string>> turned;
  for (const auto& [key, list] : arguments[0].as_map()) {
    if (list.is_null()) return refuse(0, "the list of " + values::quote_hcl(key) + " is null");
    for (const Value& element : list.as_list()) {
      if (element.is_null())
        return refuse(0, "an element of the list of " + values::quote_hcl(key) + " is null");
      turned[element.as_string()].push_back(key);
    }
  }
  ValueMap result;
  for (auto& [key, names] : turned) {
    std::sort(names.begin(), names.end());
    ValueList list;
    for (std::string& name : names) list.push_back(text(std::move(name)));
    result.emplace_hint(result.end(), key, Value::list(Type::string(), std::move(list)));
  }
  return give(Value::map(Type::list(Type::string()), std::move(result)));
}

FunctionResult zip_map(Arguments arguments, const FunctionContext&) {
  const Value& names = arguments[0];
  const Value& all = arguments[1];
  Marks marks = names.marks() | all.marks();
  const bool list = all.kind() == TypeKind::List;
  if (all.kind() == TypeKind::Any && !all.is_known())
    return give(Value::unknown().with_marks(marks));
  if (!list && all.kind() != TypeKind::Tuple) return refuse(1, wanted("a list or a tuple", all));
  if (!names.is_wholly_known() || !all.is_known()) {
    return give(
        Value::unknown(list ? Type::map(all.type().element()) : Type::any()).with_marks(marks));
  }
  if (names.as_list().size() != all.as_list().size()) {
    return refuse(1, "there are " + std::to_string(names.as_list().size()) + " keys and " +
                         std::to_string(all.as_list().size()) + " values");
  }
  ValueMap zipped;
  for (std::size_t i = 0; i < all.as_list().size(); ++i) {
    const Value& name = names.as_list()[i];
    if (name.is_null()) return refuse(0, "a key is null");
    marks = marks | name.marks();
    zipped.insert_or_assign(name.as_string(), all.as_list()[i]);
  }
  if (list) return give(Value::map(all.type().element(), std::move(zipped)).with_marks(marks));
  return give(Value::object(std::move(zipped)).with_marks(marks));
}

Type zip_map_type(ArgumentTypes types) {
  return types[1].kind() == TypeKind::List ? Type::map(types[1].element()) : Type::any();
}

constexpr Behaviour k_functions[] = {
    {"keys", keys, k_every_parameter, k_every_parameter, keys_type},
    {"values", values_of, k_no_parameter, k_every_parameter, values_type, check_map},
    {"lookup", lookup, ParameterSet{5}, k_every_parameter, lookup_type, check_map},
    {"merge", merge, k_every_parameter, k_every_parameter, merge_type},
    {"transpose", transpose},
    {"zipmap", zip_map, k_every_parameter, k_every_parameter, zip_map_type},
};

}  // namespace

std::span<const Behaviour> map_functions() { return k_functions; }

}  // namespace space::eval
