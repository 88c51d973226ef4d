#include "core/runplan/read_parts.h"

#include <map>
#include <set>

#include "core/base/strings.h"

namespace space::runplan {

namespace {

values::Type read_object_type(JsonReader& in) {
  std::map<std::string, values::ObjectAttribute> attributes;
  std::string name;
  if (!in.next_element() || !in.begin_object()) return {};
  while (in.next_member(name)) {
    values::ObjectAttribute attribute;
    attribute.type = read_type(in);
    if (!attributes.emplace(name, std::move(attribute)).second)
      in.fail("attribute `" + name + "` stands twice");
  }
  if (in.next_element()) {
    if (!in.begin_array()) return {};
    while (in.next_element()) {
      if (!in.read(name)) return {};
      const auto found = attributes.find(name);
      if (found == attributes.end()) {
        in.fail("optional attribute `" + name + "` is not declared");
        return {};
      }
      found->second.optional = true;
    }
    if (!in.failed() && in.next_element()) in.fail("a type with too many parts");
  }
  return values::Type::object(std::move(attributes));
}

values::Type read_compound_type(JsonReader& in) {
  std::string word;
  if (!in.begin_array() || !in.next_element() || !in.read(word)) return {};
  if (word == "object") return read_object_type(in);
  if (!in.next_element()) {
    in.fail("a type without its element");
    return {};
  }
  values::Type type;
  if (word == "tuple") {
    std::vector<values::Type> elements;
    if (in.begin_array()) {
      while (in.next_element()) elements.push_back(read_type(in));
    }
    type = values::Type::tuple(std::move(elements));
  } else if (word == "list") {
    type = values::Type::list(read_type(in));
  } else if (word == "set") {
    type = values::Type::set(read_type(in));
  } else if (word == "map") {
    type = values::Type::map(read_type(in));
  } else {
    in.fail("type `" + word + "` is not known to this version");
    return {};
  }
  if (!in.failed() && in.next_element()) in.fail("a type with too many parts");
  return type;
}

}  // namespace

values::Type read_type(JsonReader& in) {
  if (in.peek() == JsonReader::Kind::Array) return read_compound_type(in);
  std::string word;
  if (!in.read(word)) return {};
  if (word == "string") return values::Type::string();
  if (word == "number") return values::Type::number();
  if (word == "bool") return values::Type::boolean();
  if (word != "dynamic") in.fail("type `" + word + "` is not known to this version");
  return values::Type::any();
}

values::Value read_value(JsonReader& in) {
  switch (in.peek()) {
    case JsonReader::Kind::Null:
      in.read_null();
      return {};
    case JsonReader::Kind::Bool: {
      bool value = false;
      in.read(value);
      return values::Value::boolean(value);
    }
    case JsonReader::Kind::String: {
      std::string text;
      in.read(text);
      return values::Value::string(std::move(text));
    }
    case JsonReader::Kind::Number: {
      std::string_view text;
      if (!in.read_number(text)) return {};
      const auto number = values::Number::parse(text);
      if (!number) {
        in.fail("a number that cannot be held");
        return {};
      }
      return values::Value::number(*number);
    }
    case JsonReader::Kind::Array: {
      values::ValueList elements;
      in.begin_array();
      while (in.next_element()) elements.push_back(read_value(in));
      return values::Value::tuple(std::move(elements));
    }
    case JsonReader::Kind::Object: {
      values::ValueMap attributes;
      std::string name;
      in.begin_object();
      while (in.next_member(name)) {
        values::Value value = read_value(in);
        if (!attributes.emplace(name, std::move(value)).second)
          in.fail("attribute `" + name + "` stands twice");
      }
      return values::Value::object(std::move(attributes));
    }
    case JsonReader::Kind::Nothing:
      in.fail("expected a value");
      break;
  }
  return {};
}

bool has_control(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) return true;
  }
  return false;
}

bool is_inner_path(std::string_view path) {
  if (path.empty() || has_control(path) || path.find('\\') != std::string_view::npos) return false;
  for (const std::string_view part : base::split(path, '/')) {
    if (part.empty() || part == "." || part == "..") return false;
  }
  return true;
}

}  // namespace space::runplan
