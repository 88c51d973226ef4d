#include "compiler/model/flow_walk.h"

namespace space::model {

namespace {

bool is_null(const eval::ExprTree& tree, eval::ExprId expr) {
  const eval::Expr& node = tree[eval::without_parens(tree, expr)];
  return node.kind == eval::ExprKind::Literal && node.literal.is_null();
}

}  // namespace

std::string_view words_of(Deciding how) {
  switch (how) {
    case Deciding::Condition:
      return "a condition";
    case Deciding::Filter:
      return "the `if` of a `for`";
    case Deciding::Index:
      return "an index";
    case Deciding::Comparison:
      return "a comparison";
  }
  return "";
}

bool asks_for_null(const eval::ExprTree& tree, eval::ExprId comparison) {
  const eval::Expr& node = tree[comparison];
  if (node.op != eval::Operator::Equal && node.op != eval::Operator::NotEqual) return false;
  return is_null(tree, tree.child(comparison, 0)) || is_null(tree, tree.child(comparison, 1));
}

}  // namespace space::model
