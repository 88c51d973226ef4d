// The keys of an object that stands in the source as it is, each with its place. In: an expression.
// Out: keys and values in source order; nothing where it is no such object, or a key is computed.
// Not for other rooms.
#pragma once

#include <optional>
#include <vector>

#include "compiler/model/program.h"

namespace space::check {

struct ObjectKey {
  model::Name name;
  eval::ExprId value;
};

std::optional<std::vector<ObjectKey>> written_keys(const eval::ExprTree& tree, eval::ExprId expr);

}  // namespace space::check
