#include "compiler/check/object_keys.h"

namespace space::check {

std::optional<std::vector<ObjectKey>> written_keys(const eval::ExprTree& tree, eval::ExprId expr) {
  expr = eval::without_parens(tree, expr);
  if (tree[expr].kind != eval::ExprKind::Object) return std::nullopt;
  std::vector<ObjectKey> keys;
  const auto children = tree.children(expr);
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    eval::ExprId key = children[i];
    if (tree[key].kind == eval::ExprKind::Template && tree[key].child_count == 1)
      key = tree.child(key, 0);
    const eval::Expr& node = tree[key];
    if (node.kind != eval::ExprKind::Literal || node.literal.is_null() ||
        node.literal.kind() != values::TypeKind::String)
      return std::nullopt;
    keys.push_back({{node.literal.as_string(), tree[children[i]].span}, children[i + 1]});
  }
  return keys;
}

}  // namespace space::check
