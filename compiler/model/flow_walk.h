// FlowWalk: what an expression brings along from what it reads, whatever that is: a secret, a value
// that differs, the variables of a module. It knows the forms of expressions: `for` binds names,
// some functions pick, a comparison with null says nothing. In: a tree; by `read`, what a reference
// brings. Out: what the whole brings, and by `decides` the places where something chooses code.
// `Brought` is nothing by default, says `has_any()`, and `add`s another's.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/eval/expression.h"

namespace space::model {

// Where a value decides what code there is.
enum class Deciding : std::uint8_t { Condition, Filter, Index, Comparison };
std::string_view words_of(Deciding how);  // "a condition"

// `x == null`, `null != x`: whether something is there says nothing of what it is.
bool asks_for_null(const eval::ExprTree& tree, eval::ExprId comparison);

template <class Brought>
class FlowWalk {
 public:
  explicit FlowWalk(const eval::ExprTree& tree) : tree_(tree) {}
  virtual ~FlowWalk() = default;
  FlowWalk(const FlowWalk&) = delete;
  FlowWalk& operator=(const FlowWalk&) = delete;

 protected:
  // `whole` is the expression that the reference stands in.
  virtual Brought read(const eval::Traversal& reference, eval::ExprId whole) = 0;
  virtual void decides(Deciding, eval::ExprId, const Brought&) {}
  virtual Brought call(eval::ExprId expr) { return arguments(expr); }
  // A name that a `for` binds, read as `reference`.
  virtual Brought bound(const Brought& brought, const eval::Traversal&) { return brought; }

  // An expression by itself: it does not see what the one around binds.
  Brought walk_alone(eval::ExprId expr) {
    Names around;
    std::swap(around, names_);
    const eval::ExprId before = std::exchange(whole_, expr);
    Brought found = walk(expr);
    whole_ = before;
    std::swap(around, names_);
    return found;
  }

  Brought walk(eval::ExprId expr) {
    using eval::ExprKind;
    const eval::Expr& node = tree_[expr];
    switch (node.kind) {
      case ExprKind::Variable:
      case ExprKind::GetAttr:
      case ExprKind::Index: {
        if (const auto traversal = eval::as_traversal(tree_, expr)) return traverse(*traversal);
        Brought found = walk(tree_.child(expr, 0));
        if (node.kind == ExprKind::Index) found.add(decide(Deciding::Index, tree_.child(expr, 1)));
        return found;
      }
      case ExprKind::Conditional:
      case ExprKind::TemplateIf: {
        Brought found = decide(Deciding::Condition, tree_.child(expr, 0));
        const auto all = tree_.children(expr);
        for (std::size_t i = 1; i < all.size(); ++i) found.add(walk(all[i]));
        return found;
      }
      case ExprKind::Binary:
        return binary(expr);
      case ExprKind::ForTuple:
      case ExprKind::ForObject:
      case ExprKind::TemplateFor:
        return loop(expr);
      case ExprKind::Call:
        return call(expr);
      default: {
        Brought found;
        for (const eval::ExprId child : tree_.children(expr)) found.add(walk(child));
        return found;
      }
    }
  }

  Brought arguments(eval::ExprId expr) {
    const auto all = tree_.children(expr);
    std::string_view name = tree_[expr].name;
    if (name.starts_with("core::")) name.remove_prefix(6);
    // True or false of the mark, not of what is marked.
    if (name == "issensitive") return {};
    const bool picks = name == "lookup" || name == "element" || name == "slice";
    Brought found;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool is_key = picks && i > 0 && !(name == "lookup" && i > 1);
      found.add(is_key ? decide(Deciding::Index, all[i]) : walk(all[i]));
    }
    return found;
  }

  const eval::ExprTree& tree_;

 private:
  using Names = std::vector<std::pair<std::string, Brought>>;

  Brought decide(Deciding how, eval::ExprId operand) {
    Brought found = walk(operand);
    if (found.has_any()) decides(how, operand, found);
    return found;
  }

  Brought binary(eval::ExprId expr) {
    using eval::Operator;
    const Operator op = tree_[expr].op;
    const bool compares = op == Operator::Equal || op == Operator::NotEqual ||
                          op == Operator::Less || op == Operator::Greater ||
                          op == Operator::LessEqual || op == Operator::GreaterEqual;
    Brought found;
    for (const eval::ExprId operand : tree_.children(expr))
      found.add(compares ? decide(Deciding::Comparison, operand) : walk(operand));
    return compares && asks_for_null(tree_, expr) ? Brought() : found;
  }

  Brought loop(eval::ExprId expr) {
    const eval::Expr& node = tree_[expr];
    const auto all = tree_.children(expr);
    Brought found = walk(all[0]);
    const std::size_t outer = names_.size();
    for (const std::string& name : {node.name, node.second_name}) {
      if (!name.empty()) names_.emplace_back(name, found);
    }
    const std::size_t last = all.size() - (node.has_condition ? 1 : 0);
    for (std::size_t i = 1; i < last; ++i) found.add(walk(all[i]));
    if (node.has_condition) found.add(decide(Deciding::Filter, all[last]));
    names_.resize(outer);
    return found;
  }

  Brought traverse(const eval::Traversal& traversal) {
    Brought found;
    const auto name = std::find_if(names_.rbegin(), names_.rend(), [&](const auto& entry) {
      return entry.first == traversal.root;
    });
    found = name != names_.rend() ? bound(name->second, traversal) : read(traversal, whole_);
    for (const eval::TraversalStep& step : traversal.steps) {
      if (step.kind == eval::TraversalStep::Kind::DynamicKey)
        found.add(decide(Deciding::Index, step.key));
    }
    return found;
  }

  Names names_;
  eval::ExprId whole_;
};

}  // namespace space::model
