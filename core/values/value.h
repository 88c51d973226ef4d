// Value: a value of a Type, as cty has them: known, null or unknown, and marked sensitive or
// ephemeral. Immutable and cheap to copy. Sets keep cty's order of iteration (primitives sorted).
// Strings are UTF-8, NFC-normalised when made from literals and functions.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/number.h"
#include "core/values/type.h"

namespace space::values {

struct Marks {
  bool sensitive = false;
  bool ephemeral = false;
  friend bool operator==(Marks, Marks) = default;
};
inline Marks operator|(Marks a, Marks b) {
  return {a.sensitive || b.sensitive, a.ephemeral || b.ephemeral};
}

using ValueList = std::vector<Value>;
using ValueMap = std::map<std::string, Value>;

class Value {
 public:
  Value();  // null of any
  static Value null(Type type = Type::any());
  static Value unknown(Type type = Type::any());
  static Value string(std::string text);  // normalises to NFC
  static Value number(Number number);
  static Value number(std::int64_t integer) { return number(Number(integer)); }
  static Value boolean(bool value);  // NOLINT: the value itself
  static Value list(Type element, ValueList elements);
  static Value set(Type element, ValueList elements);  // sorts and drops repeats
  static Value map(Type element, ValueMap entries);
  static Value object(ValueMap attributes);
  static Value tuple(ValueList elements);

  const Type& type() const;
  TypeKind kind() const;  // of its type; cheaper than type() for objects and tuples
  bool is_known() const;
  bool is_null() const;
  bool is_wholly_known() const;
  Marks marks() const;                  // of this value itself
  Marks marks_deep() const;             // of this value and all inside
  Value with_marks(Marks marks) const;  // adds
  Value without_marks() const;          // of itself; deep ones stay

  // Known and not null, of the kind asked for; anything else is a bug of the caller.
  const std::string& as_string() const;
  const Number& as_number() const;
  bool as_bool() const;
  const ValueList& as_list() const;  // list, set, tuple
  const ValueMap& as_map() const;    // map, object

  friend bool operator==(
      const Value& a,
      const Value& b);  // type and value; for tests and caches, not the language's ==

 private:
  struct Rep;
  explicit Value(std::shared_ptr<const Rep> rep) : rep_(std::move(rep)) {}
  std::shared_ptr<const Rep> rep_;
};

}  // namespace space::values
