// A type as it is written to a Type: `list(type.subnet)`, `object({ a = optional(string, "x") })`,
// `cidr`. Named types are looked up by `named`; a mistake is reported and gives a mistaken type.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "core/diagnostics/sink.h"
#include "core/eval/expression.h"
#include "core/values/type.h"

namespace space::typing {

using NamedType = std::function<std::optional<values::Type>(std::string_view name)>;

values::Type type_from_expression(const eval::ExprTree& tree, eval::ExprId id,
                                  const NamedType& named, diagnostics::DiagnosticSink& sink);

// An attribute of an object type (or of a `type` block), where `optional(T, default)` may stand.
values::ObjectAttribute attribute_from_expression(const eval::ExprTree& tree, eval::ExprId id,
                                                  const NamedType& named,
                                                  diagnostics::DiagnosticSink& sink);

}  // namespace space::typing
