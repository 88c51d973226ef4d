// SyntaxTree: one file, lossless. A flat vector of nodes in preorder; every byte of the text lies
// in exactly one leaf, so the leaves' texts in order are the file. After errors the tree is still
// whole: what was skipped stands in Junk, what was wanted in Missing. In: made by parse(). Out:
// read through Node, a view that costs nothing to copy.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "core/source/span.h"

namespace space::syntax {

enum class SyntaxKind : std::uint8_t {
#define SPACE_NODE(name) name,
#define SPACE_TOKEN(name) name,
#define SPACE_TRIVIA(name) name,
#include "compiler/syntax/syntax_kind.def"
};

std::string_view name_of(SyntaxKind kind);
bool is_trivia(SyntaxKind kind);
bool is_expression(SyntaxKind kind);

struct NodeData {
  SyntaxKind kind;
  std::uint32_t begin;
  std::uint32_t end;
  std::uint32_t next;  // index of the first node after this one's subtree
};

class SyntaxTree;

class Node {
 public:
  Node() = default;
  Node(const SyntaxTree* tree, std::uint32_t index) : tree_(tree), index_(index) {}

  explicit operator bool() const { return tree_ != nullptr; }
  SyntaxKind kind() const;
  source::Span span() const;
  std::string_view text() const;
  std::uint32_t index() const { return index_; }
  bool is(SyntaxKind wanted) const { return tree_ != nullptr && kind() == wanted; }

  // Children in order. `first_child()` and `next_sibling()` step over trivia; `all_…` do not.
  Node first_child() const;
  Node next_sibling(Node parent) const;
  Node all_first_child() const;
  Node all_next_sibling(Node parent) const;
  Node child(SyntaxKind wanted) const;  // the first of that kind, or an empty Node
  Node expression(
      std::size_t nth = 0) const;      // the nth child that is an expression, or an empty Node
  std::vector<Node> children() const;  // without trivia

 private:
  const SyntaxTree* tree_ = nullptr;
  std::uint32_t index_ = 0;
};

class SyntaxTree {
 public:
  SyntaxTree() = default;
  SyntaxTree(source::FileId file, std::string_view text, std::vector<NodeData> nodes)
      : file_(file), text_(text), nodes_(std::move(nodes)) {}

  Node root() const { return nodes_.empty() ? Node() : Node(this, 0); }
  const std::vector<NodeData>& nodes() const { return nodes_; }
  std::string_view text() const { return text_; }  // borrowed from the SourceSet
  source::FileId file() const { return file_; }

 private:
  source::FileId file_;
  std::string_view text_;
  std::vector<NodeData> nodes_;
};

}  // namespace space::syntax
