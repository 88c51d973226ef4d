#include <nlohmann/json.hpp>

#include "core/values/refined.h"
#include "core/values/render.h"
#include "core/values/type.h"
#include "core/values/value.h"

namespace space::values {

namespace {

std::string_view primitive_name(TypeKind kind) {
  switch (kind) {
    case TypeKind::String:
      return "string";
    case TypeKind::Number:
      return "number";
    case TypeKind::Bool:
      return "bool";
    default:
      return "any";
  }
}

void write(const Type& type, Refinements refinements, std::string& out) {
  const auto wrap = [&](std::string_view name) {
    out += name;
    out += '(';
    write(type.element(), refinements, out);
    out += ')';
  };
  switch (type.kind()) {
    case TypeKind::List:
      return wrap("list");
    case TypeKind::Set:
      return wrap("set");
    case TypeKind::Map:
      return wrap("map");
    case TypeKind::Tuple: {
      out += "tuple([";
      bool first = true;
      for (const Type& element : type.elements()) {
        if (!first) out += ", ";
        first = false;
        write(element, refinements, out);
      }
      out += "])";
      return;
    }
    case TypeKind::Object: {
      if (type.attributes().empty()) {
        out += "object({})";
        return;
      }
      out += "object({ ";
      bool first = true;
      for (const auto& [name, attribute] : type.attributes()) {
        if (!first) out += ", ";
        first = false;
        out += is_identifier(name) ? name : quote_hcl(name);
        out += " = ";
        if (!attribute.optional) {
          write(attribute.type, refinements, out);
          continue;
        }
        out += "optional(";
        write(attribute.type, refinements, out);
        if (attribute.default_value) {
          out += ", ";
          out += to_hcl_line(*attribute.default_value);
        }
        out += ')';
      }
      out += " })";
      return;
    }
    default:
      if (refinements == Refinements::Keep && type.refinement() != Refinement::None) {
        out += name_of(type.refinement());
      } else {
        out += primitive_name(type.kind());
      }
  }
}

nlohmann::json json_of(const Type& type) {
  switch (type.kind()) {
    case TypeKind::Any:
      return "dynamic";
    case TypeKind::List:
      return nlohmann::json::array({"list", json_of(type.element())});
    case TypeKind::Set:
      return nlohmann::json::array({"set", json_of(type.element())});
    case TypeKind::Map:
      return nlohmann::json::array({"map", json_of(type.element())});
    case TypeKind::Tuple: {
      nlohmann::json elements = nlohmann::json::array();
      for (const Type& element : type.elements()) elements.push_back(json_of(element));
      return nlohmann::json::array({"tuple", std::move(elements)});
    }
    case TypeKind::Object: {
      nlohmann::json attributes = nlohmann::json::object();
      nlohmann::json optional = nlohmann::json::array();
      for (const auto& [name, attribute] : type.attributes()) {
        attributes[name] = json_of(attribute.type);
        if (attribute.optional) optional.push_back(name);
      }
      nlohmann::json whole = nlohmann::json::array({"object", std::move(attributes)});
      if (!optional.empty()) whole.push_back(std::move(optional));
      return whole;
    }
    default:
      return std::string(primitive_name(type.kind()));
  }
}

// "list of string": without an article, as a part of a longer phrase.
std::string phrase(const Type& type) {
  switch (type.kind()) {
    case TypeKind::Any:
      return "any type";
    case TypeKind::List:
    case TypeKind::Set:
    case TypeKind::Map: {
      const std::string_view name = type.kind() == TypeKind::List  ? "list"
                                    : type.kind() == TypeKind::Set ? "set"
                                                                   : "map";
      return std::string(name) + " of " + phrase(type.element());
    }
    case TypeKind::Object:
      return "object";
    case TypeKind::Tuple:
      return "tuple";
    default:
      if (type.refinement() != Refinement::None) return std::string(name_of(type.refinement()));
      return std::string(primitive_name(type.kind()));
  }
}

}  // namespace

std::string to_string(const Type& type, Refinements refinements) {
  std::string out;
  write(type, refinements, out);
  return out;
}

std::string to_json(const Type& type) { return json_of(type).dump(); }

std::string_view name_of(Refinement refinement) {
  return refinement == Refinement::None ? std::string_view() : refined_type(refinement).name;
}

std::string describe(const Type& type) {
  if (type.kind() == TypeKind::Any) return "of any type";
  if (type.kind() == TypeKind::Tuple && type.elements().empty()) return "an empty tuple";
  const std::string words = phrase(type);
  const bool vowel = words.starts_with("object") || words.starts_with("ip");
  return (vowel ? "an " : "a ") + words;
}

}  // namespace space::values
