#include "compiler/syntax/syntax_tree.h"

#include <array>

namespace space::syntax {
namespace {

enum class Class : std::uint8_t { Node, Token, Trivia };

struct Row {
  std::string_view name;
  Class kind_class;
};

constexpr Row k_rows[] = {
#define SPACE_NODE(name) {#name, Class::Node},
#define SPACE_TOKEN(name) {#name, Class::Token},
#define SPACE_TRIVIA(name) {#name, Class::Trivia},
#include "compiler/syntax/syntax_kind.def"
};

const Row& row(SyntaxKind kind) { return k_rows[static_cast<std::size_t>(kind)]; }

}  // namespace

std::string_view name_of(SyntaxKind kind) { return row(kind).name; }

bool is_trivia(SyntaxKind kind) { return row(kind).kind_class == Class::Trivia; }

bool is_expression(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::LiteralExpr:
    case SyntaxKind::TemplateExpr:
    case SyntaxKind::HeredocExpr:
    case SyntaxKind::VariableExpr:
    case SyntaxKind::GetAttrExpr:
    case SyntaxKind::IndexExpr:
    case SyntaxKind::SplatExpr:
    case SyntaxKind::AttrSplatExpr:
    case SyntaxKind::LegacyIndexExpr:
    case SyntaxKind::CallExpr:
    case SyntaxKind::UnaryExpr:
    case SyntaxKind::BinaryExpr:
    case SyntaxKind::ConditionalExpr:
    case SyntaxKind::TupleExpr:
    case SyntaxKind::ObjectExpr:
    case SyntaxKind::ForTupleExpr:
    case SyntaxKind::ForObjectExpr:
    case SyntaxKind::ParenExpr:
      return true;
    default:
      return false;
  }
}

SyntaxKind Node::kind() const { return tree_->nodes()[index_].kind; }

source::Span Node::span() const {
  const NodeData& data = tree_->nodes()[index_];
  return {tree_->file(), data.begin, data.end};
}

std::string_view Node::text() const {
  const NodeData& data = tree_->nodes()[index_];
  return tree_->text().substr(data.begin, data.end - data.begin);
}

Node Node::all_first_child() const {
  const NodeData& data = tree_->nodes()[index_];
  return data.next > index_ + 1 ? Node(tree_, index_ + 1) : Node();
}

Node Node::all_next_sibling(Node parent) const {
  const std::uint32_t next = tree_->nodes()[index_].next;
  return next < tree_->nodes()[parent.index_].next ? Node(tree_, next) : Node();
}

Node Node::first_child() const {
  Node child = all_first_child();
  while (child && is_trivia(child.kind())) child = child.all_next_sibling(*this);
  return child;
}

Node Node::next_sibling(Node parent) const {
  Node sibling = all_next_sibling(parent);
  while (sibling && is_trivia(sibling.kind())) sibling = sibling.all_next_sibling(parent);
  return sibling;
}

Node Node::child(SyntaxKind wanted) const {
  for (Node child = all_first_child(); child; child = child.all_next_sibling(*this)) {
    if (child.kind() == wanted) return child;
  }
  return {};
}

Node Node::expression(std::size_t nth) const {
  for (Node child = all_first_child(); child; child = child.all_next_sibling(*this)) {
    if (is_expression(child.kind()) && nth-- == 0) return child;
  }
  return {};
}

std::vector<Node> Node::children() const {
  std::vector<Node> children;
  for (Node child = first_child(); child; child = child.next_sibling(*this))
    children.push_back(child);
  return children;
}

}  // namespace space::syntax
