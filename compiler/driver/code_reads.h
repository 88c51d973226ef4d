// What an expression of tofu's code reads, as addresses of blocks (compare/code.h). In: the tree,
// and where the expression stands. Out: addresses, added.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "core/eval/expression.h"

namespace space::driver {

// In `provider` and `providers` a name is a provider's: `aws.west`.
enum class ReadAs : std::uint8_t { Value, Provider };

void add_reads(const eval::ExprTree& tree, eval::ExprId id, ReadAs as,
               std::set<std::string>& reads);

}  // namespace space::driver
