#include "compiler/modules/literal.h"

#include "core/eval/evaluate.h"

namespace space::modules {

namespace {

class NothingInScope final : public eval::Scope {
 public:
  std::optional<eval::ScopeAnswer> resolve(const eval::Traversal&) const override {
    return std::nullopt;
  }
};

}  // namespace

std::optional<values::Value> literal_of(const eval::ExprTree& tree, eval::ExprId id) {
  diagnostics::CollectingSink quiet;
  values::Value value = eval::evaluate(tree, id, NothingInScope(), {}, quiet);
  if (quiet.has_errors() || !value.is_wholly_known()) return std::nullopt;
  return value;
}

std::optional<std::string> text_of(const eval::ExprTree& tree, eval::ExprId id) {
  const auto value = literal_of(tree, id);
  if (!value || value->is_null() || value->kind() != values::TypeKind::String) return std::nullopt;
  return value->as_string();
}

bool says_true(const eval::ExprTree& tree, eval::ExprId id) {
  const auto value = literal_of(tree, id);
  if (!value || value->is_null()) return false;
  if (value->kind() == values::TypeKind::Bool) return value->as_bool();
  return value->kind() == values::TypeKind::String && value->as_string() == "true";
}

}  // namespace space::modules
