// Unification as cty does it; the order of its attempts decides what comes out, so it is kept.
#include <algorithm>

#include "core/values/conversions.h"
#include "core/values/convert.h"

namespace space::values {

namespace {

std::optional<Type> unify_types(std::vector<Type> types, UnifyBy by);

std::optional<Type> if_all_convert(const std::vector<Type>& types, Type target, UnifyBy by) {
  for (const Type& type : types) {
    if (!(type == target) && !is_convertible(type, target, by)) return std::nullopt;
  }
  return target;
}

std::optional<Type> objects_to_map(const std::vector<Type>& types, UnifyBy by) {
  std::vector<Type> parts;
  for (const Type& type : types) {
    for (const auto& [name, attribute] : type.attributes()) parts.push_back(attribute.type);
  }
  const std::optional<Type> element = unify_types(std::move(parts), by);
  if (!element) return std::nullopt;
  return if_all_convert(types, Type::map(*element), by);
}

std::optional<Type> tuples_to_list(const std::vector<Type>& types, UnifyBy by) {
  std::vector<Type> parts;
  for (const Type& type : types) {
    parts.insert(parts.end(), type.elements().begin(), type.elements().end());
  }
  const std::optional<Type> element = unify_types(std::move(parts), by);
  if (!element) return std::nullopt;
  return if_all_convert(types, Type::list(*element), by);
}

std::optional<Type> unify_objects(const std::vector<Type>& types, UnifyBy by) {
  const auto& first = types.front().attributes();
  for (const Type& type : types) {
    const bool same_names =
        std::equal(first.begin(), first.end(), type.attributes().begin(), type.attributes().end(),
                   [](const auto& a, const auto& b) { return a.first == b.first; });
    if (!same_names) return objects_to_map(types, by);
  }
  std::map<std::string, ObjectAttribute> attributes;
  for (const auto& [name, attribute] : first) {
    std::vector<Type> across;
    across.reserve(types.size());
    for (const Type& type : types) across.push_back(type.attributes().at(name).type);
    const std::optional<Type> common = unify_types(std::move(across), by);
    if (!common) return std::nullopt;
    attributes.emplace_hint(attributes.end(), name, ObjectAttribute{*common, false, nullptr});
  }
  if (auto object = if_all_convert(types, Type::object(std::move(attributes)), by)) return object;
  return objects_to_map(types, by);
}

std::optional<Type> unify_tuples(const std::vector<Type>& types, UnifyBy by) {
  const std::size_t size = types.front().elements().size();
  for (const Type& type : types) {
    if (type.elements().size() != size) return tuples_to_list(types, by);
  }
  std::vector<Type> elements;
  elements.reserve(size);
  for (std::size_t i = 0; i < size; ++i) {
    std::vector<Type> across;
    across.reserve(types.size());
    for (const Type& type : types) across.push_back(type.elements()[i]);
    const std::optional<Type> common = unify_types(std::move(across), by);
    if (!common) return std::nullopt;
    elements.push_back(*common);
  }
  if (auto tuple = if_all_convert(types, Type::tuple(std::move(elements)), by)) return tuple;
  return tuples_to_list(types, by);
}

std::optional<Type> unify_collections(const std::vector<Type>& types, TypeKind kind, UnifyBy by) {
  std::vector<Type> elements;
  elements.reserve(types.size());
  for (const Type& type : types) elements.push_back(type.element());
  const std::optional<Type> element = unify_types(std::move(elements), by);
  if (!element) return std::nullopt;
  Type target = kind == TypeKind::List  ? Type::list(*element)
                : kind == TypeKind::Set ? Type::set(*element)
                                        : Type::map(*element);
  return if_all_convert(types, std::move(target), by);
}

// Structures of the `from` kind are taken for one collection, and unified with the collections
// beside them.
std::optional<Type> with_structures_as(const std::vector<Type>& types, TypeKind from, UnifyBy by) {
  std::vector<Type> structures;
  for (const Type& type : types) {
    if (type.kind() == from) structures.push_back(type);
  }
  const std::optional<Type> collection =
      from == TypeKind::Object ? objects_to_map(structures, by) : tuples_to_list(structures, by);
  if (!collection) return std::nullopt;
  std::vector<Type> replaced = types;
  for (Type& type : replaced) {
    if (type.kind() == from) type = *collection;
  }
  std::optional<Type> common = unify_types(std::move(replaced), by);
  if (common && common->kind() != collection->kind()) return std::nullopt;
  return common;
}

// Below zero: `a` is the more general one.
int compare(const Type& a, const Type& b) {
  const TypeKind x = a.kind(), y = b.kind();
  if (x == TypeKind::Any || y == TypeKind::Any) {
    return x != TypeKind::Any ? -1 : y != TypeKind::Any ? 1 : 0;
  }
  if (a.is_primitive() && b.is_primitive()) {
    if (x == y) return 0;
    return x == TypeKind::String ? -1 : y == TypeKind::String ? 1 : 0;
  }
  if (x == y && a.is_collection()) return compare(a.element(), b.element());
  const auto more_general = [](TypeKind general, TypeKind special) {
    switch (general) {
      case TypeKind::List:
        return special == TypeKind::Tuple || special == TypeKind::Set;
      case TypeKind::Map:
        return special == TypeKind::Object;
      case TypeKind::Tuple:
        return special == TypeKind::Set;
      default:
        return false;
    }
  };
  if (more_general(x, y)) return -1;
  if (more_general(y, x)) return 1;
  const auto compare_parts = [](auto parts_a, auto parts_b, auto end) {
    bool a_wins = false, b_wins = false;
    for (; parts_a != end; ++parts_a, ++parts_b) {
      const int order = compare(*parts_a, *parts_b);
      a_wins = a_wins || order < 0;
      b_wins = b_wins || order > 0;
    }
    return a_wins == b_wins ? 0 : a_wins ? -1 : 1;
  };
  if (x == TypeKind::Tuple && y == TypeKind::Tuple) {
    if (a.elements().size() != b.elements().size()) return 0;
    return compare_parts(a.elements().begin(), b.elements().begin(), a.elements().end());
  }
  if (x == TypeKind::Object && y == TypeKind::Object) {
    if (a.attributes().size() != b.attributes().size()) return 0;
    std::vector<Type> parts_a, parts_b;
    for (const auto& [name, attribute] : a.attributes()) {
      const auto other = b.attributes().find(name);
      if (other == b.attributes().end()) return 0;
      parts_a.push_back(attribute.type);
      parts_b.push_back(other->second.type);
    }
    return compare_parts(parts_a.begin(), parts_b.begin(), parts_a.end());
  }
  return 0;
}

// The most general types first; those that cannot be compared keep their order.
std::vector<std::size_t> by_generality(const std::vector<Type>& types) {
  std::vector<std::vector<std::size_t>> edges(types.size());
  std::vector<std::size_t> incoming(types.size());
  for (std::size_t i = 0; i < types.size(); ++i) {
    for (std::size_t j = i + 1; j < types.size(); ++j) {
      const int order = compare(types[i], types[j]);
      if (order < 0) edges[i].push_back(j), ++incoming[j];
      if (order > 0) edges[j].push_back(i), ++incoming[i];
    }
  }
  std::vector<std::size_t> queue;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (incoming[i] == 0) queue.push_back(i);
  }
  for (std::size_t next = 0; next < queue.size(); ++next) {
    for (const std::size_t j : edges[queue[next]]) {
      if (--incoming[j] == 0) queue.push_back(j);
    }
  }
  return queue;
}

// Equal types count once: a tuple of ten thousand strings is one question.
std::vector<Type> distinct(std::vector<Type> types) {
  std::vector<Type> kept;
  for (Type& type : types) {
    if (std::find(kept.begin(), kept.end(), type) == kept.end()) kept.push_back(std::move(type));
  }
  return kept;
}

std::optional<Type> unify_types(std::vector<Type> types, UnifyBy by) {
  types = distinct(std::move(types));
  if (types.empty()) return std::nullopt;
  if (types.size() == 1 && !types.front().has_any()) return types.front();
  const auto count = [&](TypeKind kind) {
    return static_cast<std::size_t>(std::count_if(
        types.begin(), types.end(), [&](const Type& type) { return type.kind() == kind; }));
  };
  const std::size_t maps = count(TypeKind::Map), lists = count(TypeKind::List),
                    sets = count(TypeKind::Set), objects = count(TypeKind::Object),
                    tuples = count(TypeKind::Tuple), unknown = count(TypeKind::Any);
  const std::size_t all = types.size();
  const auto of_one_kind = [&](auto&& how) -> std::optional<Type> {
    // What an unknown type turns out to be may change the answer.
    if (unknown > 0) return Type::any();
    return how();
  };
  if (maps > 0 && maps + unknown == all) {
    return of_one_kind([&] { return unify_collections(types, TypeKind::Map, by); });
  }
  if (maps > 0 && maps + objects + unknown == all) {
    if (auto common = with_structures_as(types, TypeKind::Object, by)) return common;
  } else if (lists > 0 && lists + unknown == all) {
    return of_one_kind([&] { return unify_collections(types, TypeKind::List, by); });
  } else if (lists > 0 && lists + tuples + unknown == all) {
    if (auto common = with_structures_as(types, TypeKind::Tuple, by)) return common;
  } else if (sets > 0 && sets + unknown == all) {
    return of_one_kind([&] { return unify_collections(types, TypeKind::Set, by); });
  } else if (objects > 0 && objects + unknown == all) {
    return of_one_kind([&] { return unify_objects(types, by); });
  } else if (tuples > 0 && tuples + unknown == all) {
    return of_one_kind([&] { return unify_tuples(types, by); });
  } else if (objects > 0 && tuples > 0) {
    return std::nullopt;
  }
  for (const std::size_t candidate : by_generality(types)) {
    if (auto common = if_all_convert(types, types[candidate], by)) return common;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Type> unify(std::span<const Type> types, UnifyBy by) {
  std::vector<Type> all(types.begin(), types.end());
  all = distinct(std::move(all));
  if (all.size() == 1) return all.front();
  for (Type& type : all) type = type.without_refinements().without_optionals();
  return unify_types(std::move(all), by);
}

}  // namespace space::values
