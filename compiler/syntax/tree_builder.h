// TreeBuilder: the flat buffer that the grammar's control fills, and the tree made of it. Nodes are
// written when they end, after their children, so that an operand can become the left side of an
// operator that is read later: nothing moves but the few leaves between. finish() turns the order
// round: parents first. Must not know of PEGTL.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/syntax/syntax_tree.h"

namespace space::syntax {

// The operands and operators of one flat `a + b * c`, on the way to a tree. Six levels of
// precedence: never more than six operators wait.
struct Climb {
  struct Waiting {
    std::uint32_t left = 0;  // where the left operand begins
    std::uint8_t level = 0;
  };
  std::array<Waiting, 8> waiting{};
  std::size_t size = 0;
  std::uint32_t operand = 0;  // where the operand being read begins
};

class TreeBuilder {
 public:
  // Chains of operators and postfixes nest to the left without end; consumers go down them by
  // recursion.
  static constexpr std::uint16_t k_max_height = 1000;

  std::uint32_t mark() const { return static_cast<std::uint32_t>(events_.size()); }
  void truncate(std::uint32_t mark) {
    if (mark < events_.size()) events_.erase(events_.begin() + mark, events_.end());
  }
  void reserve(std::size_t bytes) { events_.reserve(bytes); }

  void leaf(SyntaxKind kind, std::uint32_t begin, std::uint32_t end);
  // Everything from `first` on becomes the children of a node.
  void node(SyntaxKind kind, std::uint32_t first, std::uint32_t begin, std::uint32_t end);
  // Likewise, with the operand that begins at `first`. False where the tree has grown to its limit.
  bool wrap(SyntaxKind kind, std::uint32_t first, std::uint32_t end);

  // An operator has been read (its leaf is the last event): nest what binds at least as tightly.
  // False: too tall.
  bool climb(Climb& climb, std::uint8_t level);
  void climb_down(Climb& climb);  // the operation is over

  // The last node becomes the root of all events, blanks around it included.
  void make_root_of_all(std::uint32_t size);

  std::vector<NodeData> finish() const;

 private:
  struct Event {
    std::uint32_t begin;
    std::uint32_t end;
    std::uint32_t first;  // index of the first event of the subtree
    std::uint16_t height;
    SyntaxKind kind;
  };
  Event make_node(SyntaxKind kind, std::uint32_t first, std::uint32_t last,
                  std::uint32_t begin) const;

  std::vector<Event> events_;
};

}  // namespace space::syntax
