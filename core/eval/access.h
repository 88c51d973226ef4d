// Attributes and elements: what `.name` and `[key]` mean, with tofu's rules for null, unknown and
// marked values. In: a value and a step. Out: the value there, or why there is none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/values/value.h"

namespace space::eval {

struct Access {
  enum class Failure { None, Null, MissingAttribute, Other };
  values::Value value;
  Failure failure = Failure::None;
  std::string
      message;       // a whole one; of a missing attribute, what it is that lacks it: "this object"
  std::string help;  // what would work; may be empty
  std::string meant;  // of a missing attribute: the one that was, where no other is as near

  static Access of(values::Value value) { return {std::move(value), Failure::None, {}, {}, {}}; }
  static Access failed(Failure failure, std::string message, std::string help = {}) {
    return {values::Value::unknown(), failure, std::move(message), std::move(help), {}};
  }
};

Access get_attribute(const values::Value& object, std::string_view name);
Access get_element(const values::Value& collection, const values::Value& key);

}  // namespace space::eval
