// Expression trees as JSON, for policy rules in the run plan: write from spacec, read in space.
// Reading refuses what it does not know, and depth over the parser's bound.
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/base/result.h"
#include "core/eval/expression.h"

namespace space::eval {

nlohmann::json expression_to_json(const ExprTree& tree, ExprId id);
base::Result<ExprId> expression_from_json(const nlohmann::json& json, ExprTree& into);

}  // namespace space::eval
