// Type: the types of the language, tofu's own and the refined ones. A Type is a small handle on an
// immutable node, cheap to copy, compared by shape. Refined types (cidr, ip, …) are strings or
// numbers that say more; to tofu they are their base. Object attributes may be optional with a
// default (`optional(T, d)`).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace space::values {

enum class TypeKind : std::uint8_t { Any, String, Number, Bool, List, Set, Map, Object, Tuple };

enum class Refinement : std::uint8_t {
  None,
  Cidr,
  Ip,
  Hostname,
  Url,
  Port,
  Duration,
  Percent,
  Semver,
  Json
};

class Value;
struct TypeNode;
struct ObjectAttribute;

class Type {
 public:
  Type();  // any

  static Type any();
  static Type mistaken();  // `any`, of which a mistake was reported: nothing more is said of it
  static Type string();
  static Type number();
  static Type boolean();
  static Type refined(Refinement refinement);  // its base kind follows: port and percent are
                                               // numbers, the rest strings
  static Type list(Type element);
  static Type set(Type element);
  static Type map(Type element);
  static Type object(std::map<std::string, ObjectAttribute> attributes);
  static Type tuple(std::vector<Type> elements);

  TypeKind kind() const;
  Refinement refinement() const;
  const Type& element() const;                                       // list, set, map
  const std::map<std::string, ObjectAttribute>& attributes() const;  // object
  const std::vector<Type>& elements() const;                         // tuple

  bool is_primitive() const;    // string, number, bool
  bool is_collection() const;   // list, set, map
  bool has_any() const;         // `any` stands somewhere in it
  bool has_mistake() const;     // a mistaken type does
  bool has_optional() const;    // an optional attribute does
  bool has_refinement() const;  // a refined type does

  Type without_refinements() const;  // what tofu sees
  Type without_optionals() const;    // concrete shape of a converted value
  friend bool operator==(const Type& a, const Type& b);

 private:
  explicit Type(std::shared_ptr<const TypeNode> node) : node_(std::move(node)) {}
  std::shared_ptr<const TypeNode> node_;
};

struct ObjectAttribute {
  Type type;
  bool optional = false;
  std::shared_ptr<const Value> default_value;  // null: none (then a missing one is null)
};

// As written in the language and in tofu: `list(string)`, `object({ a = string, b =
// optional(number, 1) })`, `cidr`. Refinements::Drop prints what tofu takes.
enum class Refinements { Keep, Drop };
std::string to_string(const Type& type, Refinements refinements = Refinements::Keep);

// cty's JSON form: "string", ["list","string"], ["object",{"a":"string"},["b"]] (third part:
// optional names).
std::string to_json(const Type& type);

std::string_view name_of(Refinement refinement);

// For messages: "a string", "a list of string", "an object".
std::string describe(const Type& type);

}  // namespace space::values
