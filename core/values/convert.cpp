#include "core/values/convert.h"

#include <utility>
#include <variant>

#include "core/base/strings.h"
#include "core/values/conversions.h"
#include "core/values/render.h"

namespace space::values {

namespace {

using Answer = std::variant<Value, ConversionError>;

Answer convert_part(const Value& value, const Type& wanted);

Answer failed(std::string message) {
  return ConversionError{"", std::move(message), ConversionError::Kind::Type, Refinement::None};
}

// `out` with every `any` in it replaced by what stands there in `in`: the type of a null or unknown
// result.
Type fill_any(const Type& in, const Type& out) {
  if (in.kind() == TypeKind::Any || !out.has_any()) return out;
  switch (out.kind()) {
    case TypeKind::Any:
      return in;
    case TypeKind::Map: {
      if (in.kind() == TypeKind::Map) return Type::map(fill_any(in.element(), out.element()));
      if (in.kind() != TypeKind::Object) return out;
      std::vector<Type> parts;
      for (const auto& [name, attribute] : in.attributes()) parts.push_back(attribute.type);
      const std::optional<Type> common = unify(parts);
      return Type::map(fill_any(common.value_or(Type::any()), out.element()));
    }
    case TypeKind::List:
    case TypeKind::Set: {
      Type element = out.element();
      if (in.kind() == TypeKind::List || in.kind() == TypeKind::Set) {
        element = fill_any(in.element(), element);
      } else if (in.kind() == TypeKind::Tuple) {
        element = fill_any(unify(in.elements()).value_or(Type::any()), element);
      } else {
        return out;
      }
      return out.kind() == TypeKind::List ? Type::list(std::move(element))
                                          : Type::set(std::move(element));
    }
    case TypeKind::Object: {
      std::map<std::string, ObjectAttribute> attributes = out.attributes();
      for (auto& [name, attribute] : attributes) {
        if (in.kind() == TypeKind::Map) {
          attribute.type = fill_any(in.element(), attribute.type);
        } else if (in.kind() == TypeKind::Object) {
          const auto found = in.attributes().find(name);
          if (found != in.attributes().end()) {
            attribute.type = fill_any(found->second.type, attribute.type);
          }
        }
      }
      return Type::object(std::move(attributes));
    }
    case TypeKind::Tuple: {
      std::vector<Type> elements = out.elements();
      for (std::size_t i = 0; i < elements.size() && i < in.elements().size(); ++i) {
        elements[i] = fill_any(in.elements()[i], elements[i]);
      }
      return Type::tuple(std::move(elements));
    }
    default:
      return out;
  }
}

Answer string_to_bool(const std::string& text) {
  if (text == "true" || text == "1") return Value::boolean(true);
  if (text == "false" || text == "0") return Value::boolean(false);
  const std::string lower = base::to_lower_ascii(text);
  if (lower == "true" || lower == "false") {
    return failed("a bool is required, and this is " + quote_hcl(text) + ": write `" + lower + "`");
  }
  return failed("a bool is required, and this is " + quote_hcl(text));
}

Answer convert_primitive(const Value& value, const Type& wanted) {
  if (value.kind() == wanted.kind()) return value;
  if (wanted.kind() == TypeKind::String) {
    if (value.kind() == TypeKind::Bool) return Value::string(value.as_bool() ? "true" : "false");
    return Value::string(value.as_number().to_string());
  }
  const std::string& text = value.as_string();
  if (wanted.kind() == TypeKind::Bool) return string_to_bool(text);
  std::optional<Number> number = Number::parse(text);
  if (!number) return failed("a number is required, and this is " + quote_hcl(text));
  return Value::number(std::move(*number));
}

ConversionError under(std::string path, ConversionError inner) {
  inner.path.insert(0, path);
  return inner;
}

std::string attribute_step(const std::string& name) {
  return is_identifier(name) ? "." + name : "[" + quote_hcl(name) + "]";
}

// The element type that a collection of these has where `any` was asked for, and the elements
// converted to it.
std::optional<Type> common_type(const std::vector<const Value*>& values) {
  std::vector<Type> types;
  types.reserve(values.size());
  for (const Value* value : values) types.push_back(value->type());
  return unify(types);
}

// Where `any` stands in the common type, a collection takes the type of its elements, if there is
// only one but for bare nulls and what is not known yet.
std::optional<Type> type_of_all(const std::vector<const Value*>& values) {
  Type found;
  for (const Value* value : values) {
    if (value->kind() == TypeKind::Any || (!value->is_known() && value->type().has_any())) continue;
    if (found.kind() == TypeKind::Any) {
      found = value->type();
    } else if (!(value->type() == found)) {
      return std::nullopt;
    }
  }
  return found;
}

// Sets and lists side by side, and one of nothing in particular: tofu makes a list of them, and no
// set.
bool mixes_open_kinds(const std::vector<const Value*>& values) {
  bool sets = false, lists = false, open = false;
  for (const Value* value : values) {
    sets = sets || value->kind() == TypeKind::Set;
    lists = lists || value->kind() == TypeKind::List;
    open = open || value->type().has_any();
  }
  return sets && lists && open;
}

Answer to_sequence(const Value& value, const Type& wanted) {
  const bool set = wanted.kind() == TypeKind::Set;
  const ValueList& from = value.as_list();
  // An unknown element may turn out to be a repeat: how long the list is, nobody knows.
  if (!set && value.kind() == TypeKind::Set) {
    for (const Value& element : from) {
      if (!element.is_known()) return Value::unknown(Type::list(value.type().element()));
    }
  }
  Type element_type = wanted.element();
  if (from.empty()) {
    if (element_type.kind() == TypeKind::Any && value.kind() != TypeKind::Tuple) {
      element_type = value.type().element();
    }
    return set ? Value::set(element_type, {}) : Value::list(element_type, {});
  }
  if (element_type.kind() == TypeKind::Any) {
    std::vector<const Value*> parts;
    parts.reserve(from.size());
    for (const Value& element : from) parts.push_back(&element);
    if (set && mixes_open_kinds(parts)) return failed("the elements have no type in common");
    element_type = common_type(parts).value_or(Type::any());
  }
  ValueList converted;
  converted.reserve(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
    Answer part = convert_part(from[i], element_type);
    if (auto* error = std::get_if<ConversionError>(&part)) {
      return under("[" + std::to_string(i) + "]", std::move(*error));
    }
    converted.push_back(std::get<Value>(std::move(part)));
  }
  if (element_type.has_any()) {
    // Elements of an object type with `any` in it may have become different types: find the common
    // one.
    std::vector<const Value*> parts;
    for (const Value& element : converted) parts.push_back(&element);
    const std::optional<Type> common = common_type(parts);
    if (!common) return failed("the elements have no type in common");
    element_type = *common;
    for (Value& element : converted) {
      Answer part = convert_part(element, element_type);
      if (auto* error = std::get_if<ConversionError>(&part)) return std::move(*error);
      element = std::get<Value>(std::move(part));
    }
    const std::optional<Type> only = type_of_all(parts);
    if (!only) return failed("the elements have no type in common");
    if (only->kind() != TypeKind::Any) element_type = *only;
  }
  return set ? Value::set(std::move(element_type), std::move(converted))
             : Value::list(std::move(element_type), std::move(converted));
}

Answer to_map(const Value& value, const Type& wanted) {
  const ValueMap& from = value.as_map();
  Type element_type = wanted.element();
  if (from.empty()) {
    if (element_type.kind() == TypeKind::Any && value.kind() == TypeKind::Map) {
      element_type = value.type().element();
    }
    return Value::map(element_type, {});
  }
  if (element_type.kind() == TypeKind::Any) {
    std::vector<const Value*> parts;
    for (const auto& [key, entry] : from) parts.push_back(&entry);
    element_type = common_type(parts).value_or(Type::any());
  }
  ValueMap converted;
  for (const auto& [key, entry] : from) {
    Answer part = convert_part(entry, element_type);
    if (auto* error = std::get_if<ConversionError>(&part)) {
      return under("[" + quote_hcl(key) + "]", std::move(*error));
    }
    converted.emplace_hint(converted.end(), key, std::get<Value>(std::move(part)));
  }
  if (element_type.has_any()) {
    std::vector<const Value*> parts;
    for (const auto& [key, entry] : converted) parts.push_back(&entry);
    const std::optional<Type> common = common_type(parts);
    if (!common) return failed("the elements have no type in common");
    element_type = *common;
    for (auto& [key, entry] : converted) {
      Answer part = convert_part(entry, element_type);
      if (auto* error = std::get_if<ConversionError>(&part)) return std::move(*error);
      entry = std::get<Value>(std::move(part));
    }
    const std::optional<Type> only = type_of_all(parts);
    if (!only) return failed("the elements have no type in common");
    if (only->kind() != TypeKind::Any) element_type = *only;
  }
  return Value::map(std::move(element_type), std::move(converted));
}

Answer to_object(const Value& value, const Type& wanted) {
  const ValueMap& from = value.as_map();
  const bool from_map = value.kind() == TypeKind::Map;
  ValueMap converted;
  for (const auto& [name, attribute] : wanted.attributes()) {
    const auto found = from.find(name);
    const bool given = found != from.end();
    if (!given && !attribute.optional) {
      return failed((from_map ? "the map has no key `" : "attribute `") + name +
                    (from_map ? "`, which is required" : "` is required"));
    }
    const bool take_default = attribute.default_value && (!given || found->second.is_null());
    if (!given && !take_default) {
      converted.emplace_hint(converted.end(), name, Value::null(attribute.type));
      continue;
    }
    const Value& source = take_default ? *attribute.default_value : found->second;
    if (!is_convertible(source.type(), attribute.type, UnifyBy::AllConversions)) {
      return under(attribute_step(name), explain_mismatch(source.type(), attribute.type));
    }
    Answer part = convert_part(source, attribute.type);
    if (auto* error = std::get_if<ConversionError>(&part)) {
      return under(attribute_step(name), std::move(*error));
    }
    Value made = std::get<Value>(std::move(part));
    if (take_default && given) made = made.with_marks(found->second.marks());
    converted.emplace_hint(converted.end(), name, std::move(made));
  }
  return Value::object(std::move(converted));
}

Answer to_tuple(const Value& value, const Type& wanted) {
  ValueList converted;
  const ValueList& from = value.as_list();
  converted.reserve(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
    Answer part = convert_part(from[i], wanted.elements()[i]);
    if (auto* error = std::get_if<ConversionError>(&part)) {
      return under("[" + std::to_string(i) + "]", std::move(*error));
    }
    converted.push_back(std::get<Value>(std::move(part)));
  }
  return Value::tuple(std::move(converted));
}

Answer convert_known(const Value& value, const Type& wanted) {
  switch (wanted.kind()) {
    case TypeKind::List:
    case TypeKind::Set:
      return to_sequence(value, wanted);
    case TypeKind::Map:
      return to_map(value, wanted);
    case TypeKind::Object:
      return to_object(value, wanted);
    case TypeKind::Tuple:
      return to_tuple(value, wanted);
    default: {
      Answer answer = convert_primitive(value, wanted);
      if (wanted.refinement() == Refinement::None) return answer;
      if (const auto* made = std::get_if<Value>(&answer)) {
        if (auto broken = check_refinement(wanted.refinement(), *made))
          return ConversionError{"", std::move(*broken), ConversionError::Kind::Refinement,
                                 wanted.refinement()};
      }
      return answer;
    }
  }
}

// The types are known to convert.
Answer convert_part(const Value& value, const Type& wanted) {
  if (wanted.kind() == TypeKind::Any) return value;
  if (value.marks() != Marks{}) {
    Answer answer = convert_part(value.without_marks(), wanted);
    if (auto* made = std::get_if<Value>(&answer)) *made = made->with_marks(value.marks());
    return answer;
  }
  if (!value.is_known() || value.is_null()) {
    Type type = fill_any(value.type(), wanted.without_refinements().without_optionals());
    return value.is_null() ? Value::null(std::move(type)) : Value::unknown(std::move(type));
  }
  if (!wanted.has_any() && !wanted.has_optional() && !wanted.has_refinement() &&
      value.type() == wanted) {
    return value;
  }
  return convert_known(value, wanted);
}

}  // namespace

Conversion convert(const Value& value, const Type& wanted) {
  if (wanted.kind() == TypeKind::Any) return {value, {}};
  const Type& from = value.type();
  if (!same_for_tofu(from, wanted) && !is_convertible(from, wanted, UnifyBy::AllConversions)) {
    return {std::nullopt, explain_mismatch(from, wanted)};
  }
  Answer answer = convert_part(value, wanted);
  if (auto* error = std::get_if<ConversionError>(&answer)) return {std::nullopt, std::move(*error)};
  return {std::get<Value>(std::move(answer)), {}};
}

}  // namespace space::values
