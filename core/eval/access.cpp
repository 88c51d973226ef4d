#include "core/eval/access.h"

#include <vector>

#include "core/base/strings.h"
#include "core/diagnostics/fixes.h"
#include "core/values/convert.h"
#include "core/values/render.h"

namespace space::eval {

using values::Marks;
using values::Type;
using values::TypeKind;
using values::Value;

namespace {

template <class Map>
std::string suggest(const Map& entries, std::string_view name) {
  std::vector<std::string_view> names;
  names.reserve(entries.size());
  for (const auto& [key, entry] : entries) names.push_back(key);
  if (const auto near = base::closest(name, names)) {
    return "did you mean `" + std::string(*near) + "`?";
  }
  if (names.empty() || names.size() > 12) return {};
  std::vector<std::string> all(names.begin(), names.end());
  return "it has " + base::list_names(all, 12);
}

Access missing(std::string what, std::string help) {
  return Access::failed(Access::Failure::MissingAttribute, std::move(what), std::move(help));
}

template <class Map>
Access missing_of(const Map& attributes, std::string_view name) {
  Access access = missing("this object", suggest(attributes, name));
  std::vector<std::string_view> names;
  for (const auto& [key, attribute] : attributes) names.push_back(key);
  access.meant = diagnostics::only_near(name, std::move(names)).value_or("");
  return access;
}

Access other(std::string message, std::string help = {}) {
  return Access::failed(Access::Failure::Other, std::move(message), std::move(help));
}

// An element of a sequence that is known, by a number that is.
Access sequence_element(const Value& sequence, const Value& key) {
  const values::Number& number = key.as_number();
  const values::ValueList& elements = sequence.as_list();
  if (!number.is_integer()) {
    return other("an index must be a whole number, and this is " + number.to_string(),
                 "`floor(…)` makes it whole");
  }
  if (number.is_negative()) {
    return other("an index may not be negative",
                 elements.empty() ? std::string() : "`xs[length(xs) - 1]` is the last element");
  }
  const auto index = number.to_int64();
  if (!index || static_cast<std::uint64_t>(*index) >= elements.size()) {
    if (elements.empty()) return other("this collection has no elements");
    return other("index " + number.to_string() + " is past the end: there " +
                 (elements.size() == 1 ? "is 1 element"
                                       : "are " + std::to_string(elements.size()) + " elements"));
  }
  return Access::of(elements[static_cast<std::size_t>(*index)]);
}

std::string bad_key(const values::ConversionError& error) {
  return "this key finds no element: " + error.message;
}

}  // namespace

Access get_attribute(const Value& object, std::string_view name) {
  const Marks marks = object.marks();
  if (object.is_null()) {
    return Access::failed(Access::Failure::Null,
                          "this value is null, so it has no attribute `" + std::string(name) + "`");
  }
  switch (object.kind()) {
    case TypeKind::Any:
      return Access::of(Value::unknown().with_marks(marks));
    case TypeKind::Object: {
      if (!object.is_known()) {
        const auto& attributes = object.type().attributes();
        const auto found = attributes.find(std::string(name));
        if (found == attributes.end()) return missing_of(attributes, name);
        return Access::of(Value::unknown(found->second.type).with_marks(marks));
      }
      const auto found = object.as_map().find(std::string(name));
      if (found == object.as_map().end()) return missing_of(object.as_map(), name);
      return Access::of(found->second.with_marks(marks));
    }
    case TypeKind::Map: {
      if (!object.is_known()) {
        return Access::of(Value::unknown(object.type().element()).with_marks(marks));
      }
      const auto found = object.as_map().find(std::string(name));
      if (found == object.as_map().end()) {
        return other("this map has no key `" + std::string(name) + "`",
                     suggest(object.as_map(), name));
      }
      return Access::of(found->second.with_marks(marks));
    }
    case TypeKind::List:
    case TypeKind::Tuple:
      return missing(values::describe(object.type()), "`[0]." + std::string(name) +
                                                          "` reads it of one element, `[*]." +
                                                          std::string(name) + "` of all");
    case TypeKind::Set:
      return missing(values::describe(object.type()),
                     "`[*]." + std::string(name) + "` reads it of all elements");
    default:
      return missing(values::describe(object.type()), {});
  }
}

Access get_element(const Value& collection, const Value& key) {
  if (collection.is_null()) {
    return Access::failed(Access::Failure::Null, "this value is null, so it has no elements");
  }
  if (key.is_null()) return Access::failed(Access::Failure::Null, "an index may not be null");
  const TypeKind kind = collection.kind();
  const Marks marks = collection.marks();
  if (kind == TypeKind::Any || key.kind() == TypeKind::Any)
    return Access::of(Value::unknown().with_marks(marks));
  switch (kind) {
    case TypeKind::List:
    case TypeKind::Tuple: {
      const values::Conversion number = values::convert(key, Type::number());
      if (!number.value) return other(bad_key(number.error));
      const bool tuple = kind == TypeKind::Tuple;
      if (!number.value->is_known() || !collection.is_known()) {
        if (!tuple)
          return Access::of(Value::unknown(collection.type().element()).with_marks(marks));
        const auto& types = collection.type().elements();
        const auto index =
            number.value->is_known() ? number.value->as_number().to_int64() : std::nullopt;
        if (index && *index >= 0 && static_cast<std::uint64_t>(*index) < types.size()) {
          return Access::of(
              Value::unknown(types[static_cast<std::size_t>(*index)]).with_marks(marks));
        }
        return Access::of(Value::unknown().with_marks(marks));
      }
      Access access = sequence_element(collection, *number.value);
      if (access.failure == Access::Failure::None) {
        access.value = access.value.with_marks(marks | number.value->marks());
      }
      return access;
    }
    case TypeKind::Map:
    case TypeKind::Object: {
      const values::Conversion text = values::convert(key, Type::string());
      if (!text.value) return other(bad_key(text.error));
      if (!text.value->is_known()) {
        return Access::of(
            (kind == TypeKind::Map ? Value::unknown(collection.type().element()) : Value::unknown())
                .with_marks(marks));
      }
      if (!collection.is_known() && kind == TypeKind::Object)
        return Access::of(Value::unknown().with_marks(marks));
      Access access = get_attribute(collection, text.value->as_string());
      if (access.failure == Access::Failure::None && kind == TypeKind::Map) {
        access.value = access.value.with_marks(text.value->marks());
      }
      return access;
    }
    case TypeKind::Set:
      return other("elements of a set have no index",
                   "`tolist(…)` gives them one, `for` visits them all");
    default:
      return other(values::describe(collection.type()) + " has no elements");
  }
}

}  // namespace space::eval
