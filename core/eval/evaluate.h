// The evaluator: static expressions to values, with tofu's semantics (unknown, null and sensitive
// too). In: a tree, an expression, a Scope that answers roots of references, the functions. Out: a
// value; mistakes are reported with their span and evaluate to unknown. Pure but for what the Scope
// and the FileReader do. Depth is bounded by the tree.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/diagnostics/sink.h"
#include "core/eval/expression.h"
#include "core/eval/functions.h"

namespace space::eval {

// Answers references. `root` gets the whole reference because some roots are answered lazily, step
// by step; it returns the value of the first `consumed` steps (0: of the root alone), and the
// evaluator goes on from there. Nothing: the reference is not known here (the Scope has reported
// why, or it was reported before).
struct ScopeAnswer {
  values::Value value;
  std::size_t consumed = 0;
};

class Scope {
 public:
  virtual ~Scope() = default;
  virtual std::optional<ScopeAnswer> resolve(const Traversal& reference) const = 0;
};

// A Scope of plain names: what tests and `spacec eval --var` use.
class MapScope final : public Scope {
 public:
  explicit MapScope(std::map<std::string, values::Value, std::less<>> values)
      : values_(std::move(values)) {}
  std::optional<ScopeAnswer> resolve(const Traversal& reference) const override;

 private:
  std::map<std::string, values::Value, std::less<>> values_;
};

values::Value evaluate(const ExprTree& tree, ExprId id, const Scope& scope,
                       const FunctionContext& functions, diagnostics::DiagnosticSink& sink);

}  // namespace space::eval
