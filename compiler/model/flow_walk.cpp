#include "compiler/model/flow_walk.h"

namespace space::model {

namespace {

bool is_null(const eval::ExprTree& tree, eval::ExprId expr) {
  while (tree[expr].kind == eval::ExprKind::Parens) expr = tree.child(expr, 0);
  return tree[expr].kind == eval::ExprKind::Literal && tree[expr].literal.is_null();
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
