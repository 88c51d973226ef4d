#include "core/eval/expression.h"

#include <algorithm>

namespace space::eval {

namespace {

// The key of an Index when it is written out: "name", 3, ("name").
const values::Value* static_key(const ExprTree& tree, ExprId id) {
  const values::Value* value = literal_value(tree, id);
  if (value == nullptr) return nullptr;
  const bool key =
      value->kind() == values::TypeKind::String || value->kind() == values::TypeKind::Number;
  return key ? value : nullptr;
}

source::Span step_span(const ExprTree& tree, ExprId outer, ExprId operand) {
  const source::Span whole = tree[outer].span, inner = tree[operand].span;
  if (!whole.valid() || !inner.valid()) return whole;
  return {whole.file, inner.end, whole.end};
}

std::string key_name(const values::Value& key) {
  return key.kind() == values::TypeKind::String ? key.as_string() : key.as_number().to_string();
}

// Names that `for` expressions around bind. A handful at most: a vector beats a set.
using Bound = std::vector<std::string_view>;

class References {
 public:
  explicit References(const ExprTree& tree) : tree_(tree) {}

  void visit(ExprId id) {
    for (;;) {
      const Expr& expr = tree_[id];
      switch (expr.kind) {
        case ExprKind::Variable:
        case ExprKind::GetAttr:
        case ExprKind::Index: {
          if (std::optional<Traversal> traversal = as_traversal(tree_, id)) {
            take(std::move(*traversal));
            return;
          }
          if (expr.kind == ExprKind::Index) {
            visit(tree_.child(id, 0));
            id = tree_.child(id, 1);
          } else {
            id = tree_.child(id, 0);
          }
          continue;
        }
        case ExprKind::ForTuple:
        case ExprKind::ForObject:
        case ExprKind::TemplateFor:
          bind(id, expr);
          return;
        default: {
          const auto children = tree_.children(id);
          if (children.empty()) return;
          // The last child is the loop's next turn: a chain to the right costs no stack.
          for (std::size_t i = 0; i + 1 < children.size(); ++i) visit(children[i]);
          id = children.back();
        }
      }
    }
  }

  std::vector<Traversal> take_found() { return std::move(found_); }

 private:
  void take(Traversal traversal) {
    const bool bound = std::find(bound_.begin(), bound_.end(), traversal.root) != bound_.end();
    std::vector<ExprId> keys;
    for (const TraversalStep& step : traversal.steps) {
      if (step.kind == TraversalStep::Kind::DynamicKey) keys.push_back(step.key);
    }
    if (!bound) found_.push_back(std::move(traversal));
    for (const ExprId key : keys) visit(key);
  }

  void bind(ExprId id, const Expr& expr) {
    const auto children = tree_.children(id);
    if (children.empty()) return;
    visit(children[0]);
    const std::size_t before = bound_.size();
    if (!expr.name.empty()) bound_.push_back(expr.name);
    if (!expr.second_name.empty()) bound_.push_back(expr.second_name);
    for (std::size_t i = 1; i < children.size(); ++i) visit(children[i]);
    bound_.resize(before);
  }

  const ExprTree& tree_;
  Bound bound_;
  std::vector<Traversal> found_;
};

}  // namespace

ExprId ExprTree::add(Expr expr, std::span<const ExprId> children) {
  expr.first_child = static_cast<std::uint32_t>(children_.size());
  expr.child_count = static_cast<std::uint32_t>(children.size());
  children_.insert(children_.end(), children.begin(), children.end());
  nodes_.push_back(std::move(expr));
  return ExprId(nodes_.size() - 1);
}

ExprId without_parens(const ExprTree& tree, ExprId id) {
  while (tree[id].kind == ExprKind::Parens) id = tree.child(id, 0);
  return id;
}

const values::Value* literal_value(const ExprTree& tree, ExprId id) {
  if (!id.valid()) return nullptr;
  for (;;) {
    const Expr& expr = tree[id];
    switch (expr.kind) {
      case ExprKind::Parens:
        id = tree.child(id, 0);
        continue;
      case ExprKind::Template:
        if (expr.child_count != 1) return nullptr;
        id = tree.child(id, 0);
        if (tree[id].kind != ExprKind::Literal) return nullptr;
        continue;
      case ExprKind::Literal:
        return expr.literal.is_known() && !expr.literal.is_null() ? &expr.literal : nullptr;
      default:
        return nullptr;
    }
  }
}

bool is_collection(const ExprTree& tree, ExprId id) {
  const ExprKind kind = tree[without_parens(tree, id)].kind;
  return kind == ExprKind::Tuple || kind == ExprKind::Object || kind == ExprKind::ForTuple ||
         kind == ExprKind::ForObject;
}

std::optional<std::string> literal_string(const ExprTree& tree, ExprId id) {
  const values::Value* value = literal_value(tree, id);
  if (value == nullptr || value->kind() != values::TypeKind::String) return std::nullopt;
  return value->as_string();
}

std::vector<std::string> literal_keys(const ExprTree& tree, ExprId object) {
  std::vector<std::string> keys;
  const auto children = tree.children(object);
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    if (auto key = literal_string(tree, children[i])) keys.push_back(std::move(*key));
  }
  return keys;
}

std::optional<bool> literal_bool(const ExprTree& tree, ExprId id) {
  const values::Value* value = literal_value(tree, id);
  if (value == nullptr || value->kind() != values::TypeKind::Bool) return std::nullopt;
  return value->as_bool();
}

std::optional<Traversal> as_traversal(const ExprTree& tree, ExprId id) {
  std::size_t depth = 0;
  ExprId head = id;
  for (; tree[head].kind == ExprKind::GetAttr || tree[head].kind == ExprKind::Index; ++depth) {
    head = tree.child(head, 0);
  }
  if (tree[head].kind != ExprKind::Variable) return std::nullopt;
  Traversal traversal;
  traversal.head = head;
  traversal.expr = id;
  traversal.root = tree[head].name;
  traversal.span = tree[id].span;
  traversal.steps.resize(depth);
  for (ExprId at = id; at != head; at = tree.child(at, 0)) {
    TraversalStep& step = traversal.steps[--depth];
    const Expr& expr = tree[at];
    step.expr = at;
    step.span = step_span(tree, at, tree.child(at, 0));
    if (expr.kind == ExprKind::GetAttr) {
      step.kind = TraversalStep::Kind::Attribute;
      step.name = expr.name;
      continue;
    }
    step.key = tree.child(at, 1);
    const values::Value* key = static_key(tree, step.key);
    step.kind = key ? TraversalStep::Kind::StaticKey : TraversalStep::Kind::DynamicKey;
    if (key) step.name = key_name(*key);
  }
  return traversal;
}

std::vector<Traversal> free_references(const ExprTree& tree, ExprId id) {
  References references(tree);
  references.visit(id);
  return references.take_found();
}

}  // namespace space::eval
