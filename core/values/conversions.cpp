#include "core/values/conversions.h"

#include <algorithm>

#include "core/values/render.h"

namespace space::values {

namespace {

bool is_sequence(TypeKind kind) { return kind == TypeKind::List || kind == TypeKind::Set; }

// All parts of a tuple or an object to one element type; `any` asks for the type that they have in
// common.
bool parts_convertible(const std::vector<Type>& parts, const Type& element, TypeKind target,
                       UnifyBy by) {
  if (parts.empty()) return true;
  Type wanted = element;
  if (wanted.kind() == TypeKind::Any) {
    const std::optional<Type> common = unify(parts, by);
    if (!common) return false;
    wanted = *common;
    // Only parts that are all of an unknown type make a list of it.
    if (wanted.kind() == TypeKind::Any && target != TypeKind::Map) {
      return std::all_of(parts.begin(), parts.end(),
                         [](const Type& part) { return part.kind() == TypeKind::Any; });
    }
  }
  return std::all_of(parts.begin(), parts.end(), [&](const Type& part) {
    return same_for_tofu(part, wanted) || is_convertible(part, wanted, by);
  });
}

bool object_convertible(const Type& from, const Type& wanted, UnifyBy by) {
  for (const auto& [name, attribute] : wanted.attributes()) {
    const auto found = from.attributes().find(name);
    if (found == from.attributes().end()) {
      if (!attribute.optional) return false;
    } else if (!same_for_tofu(found->second.type, attribute.type) &&
               !is_convertible(found->second.type, attribute.type, by)) {
      return false;
    }
  }
  return true;
}

bool map_to_object_convertible(const Type& from, const Type& wanted, UnifyBy by) {
  if (by == UnifyBy::SafeConversions) return false;  // its keys may be other ones
  for (const auto& [name, attribute] : wanted.attributes()) {
    // An optional attribute may be missing from the map: the value tells.
    if (!same_for_tofu(from.element(), attribute.type) &&
        !is_convertible(from.element(), attribute.type, by) && !attribute.optional) {
      return false;
    }
  }
  return true;
}

std::vector<Type> attribute_types(const Type& object) {
  std::vector<Type> types;
  types.reserve(object.attributes().size());
  for (const auto& [name, attribute] : object.attributes()) types.push_back(attribute.type);
  return types;
}

std::string article(const Type& wanted) { return describe(wanted) + " is required"; }

std::string plain_mismatch(const Type& from, const Type& wanted) {
  return article(wanted) + ", and this is " + describe(from);
}

std::string step(const std::string& name) {
  return is_identifier(name) ? "." + name : "[" + quote_hcl(name) + "]";
}

ConversionError under(std::string path, ConversionError inner) {
  inner.path.insert(0, path);
  return inner;
}

bool converts(const Type& from, const Type& wanted) {
  return same_for_tofu(from, wanted) || is_convertible(from, wanted, UnifyBy::AllConversions);
}

}  // namespace

bool same_for_tofu(const Type& a, const Type& b) {
  if (a.kind() != b.kind()) return false;
  if (!a.has_refinement() && !b.has_refinement()) return a == b;
  return a.without_refinements() == b.without_refinements();
}

bool is_convertible(const Type& from, const Type& wanted, UnifyBy by) {
  const bool all = by == UnifyBy::AllConversions;
  if (wanted.kind() == TypeKind::Any) return true;
  if (from.kind() == TypeKind::Any) return all;
  if (from.is_primitive() && wanted.is_primitive()) {
    if (from.kind() == wanted.kind() || wanted.kind() == TypeKind::String) return true;
    return all && from.kind() == TypeKind::String;
  }
  switch (wanted.kind()) {
    case TypeKind::Object:
      if (from.kind() == TypeKind::Object) return object_convertible(from, wanted, by);
      if (from.kind() == TypeKind::Map) return map_to_object_convertible(from, wanted, by);
      return false;
    case TypeKind::Tuple:
      if (from.kind() != TypeKind::Tuple) return false;
      return std::equal(from.elements().begin(), from.elements().end(), wanted.elements().begin(),
                        wanted.elements().end(), [&](const Type& part, const Type& target) {
                          return same_for_tofu(part, target) || is_convertible(part, target, by);
                        });
    case TypeKind::List:
    case TypeKind::Set:
      if (from.kind() == TypeKind::Tuple) {
        return parts_convertible(from.elements(), wanted.element(), wanted.kind(), by);
      }
      if (!is_sequence(from.kind())) return false;
      // A set forgets order and repeats: never behind the writer's back.
      if (wanted.kind() == TypeKind::Set && from.kind() == TypeKind::List && !all) return false;
      return same_for_tofu(from.element(), wanted.element()) ||
             is_convertible(from.element(), wanted.element(), by);
    case TypeKind::Map:
      if (from.kind() == TypeKind::Object) {
        return parts_convertible(attribute_types(from), wanted.element(), TypeKind::Map, by);
      }
      if (from.kind() != TypeKind::Map) return false;
      return is_convertible(from.element(), wanted.element(), by);
    default:
      return false;
  }
}

ConversionError explain_mismatch(const Type& from, const Type& wanted) {
  if (from.kind() == TypeKind::Object && wanted.kind() == TypeKind::Object) {
    std::vector<std::string> missing;
    for (const auto& [name, attribute] : wanted.attributes()) {
      if (!attribute.optional && !from.attributes().contains(name)) missing.push_back(name);
    }
    if (!missing.empty()) {
      std::string message = missing.size() == 1 ? "attribute `" : "attributes `";
      for (std::size_t i = 0; i < missing.size(); ++i) {
        if (i > 0) message += i + 1 == missing.size() ? "` and `" : "`, `";
        message += missing[i];
      }
      return {"", message + (missing.size() == 1 ? "` is required" : "` are required")};
    }
    for (const auto& [name, attribute] : wanted.attributes()) {
      const auto found = from.attributes().find(name);
      if (found != from.attributes().end() && !converts(found->second.type, attribute.type)) {
        return under(step(name), explain_mismatch(found->second.type, attribute.type));
      }
    }
  }
  if (from.kind() == TypeKind::Object && wanted.kind() == TypeKind::Map) {
    if (wanted.element().kind() == TypeKind::Any) {
      return {"", "all elements of a map must have one type, and these have none in common"};
    }
    for (const auto& [name, attribute] : from.attributes()) {
      if (!converts(attribute.type, wanted.element())) {
        return under(step(name), explain_mismatch(attribute.type, wanted.element()));
      }
    }
  }
  if (from.kind() == TypeKind::Tuple && is_sequence(wanted.kind())) {
    if (wanted.element().kind() == TypeKind::Any) {
      return {"", std::string("all elements of a ") +
                      (wanted.kind() == TypeKind::List ? "list" : "set") +
                      " must have one type, and these have none in common"};
    }
    for (std::size_t i = 0; i < from.elements().size(); ++i) {
      if (!converts(from.elements()[i], wanted.element())) {
        return under("[" + std::to_string(i) + "]",
                     explain_mismatch(from.elements()[i], wanted.element()));
      }
    }
  }
  if (from.kind() == TypeKind::Tuple && wanted.kind() == TypeKind::Tuple) {
    if (from.elements().size() != wanted.elements().size()) {
      return {"", "a tuple of " + std::to_string(wanted.elements().size()) +
                      " elements is required, and this has " +
                      std::to_string(from.elements().size())};
    }
    for (std::size_t i = 0; i < from.elements().size(); ++i) {
      if (!converts(from.elements()[i], wanted.elements()[i])) {
        return under("[" + std::to_string(i) + "]",
                     explain_mismatch(from.elements()[i], wanted.elements()[i]));
      }
    }
  }
  return {"", plain_mismatch(from, wanted)};
}

std::optional<ConversionError> check_convertible(const Type& from, const Type& wanted) {
  if (converts(from, wanted)) return std::nullopt;
  return explain_mismatch(from, wanted);
}

}  // namespace space::values
