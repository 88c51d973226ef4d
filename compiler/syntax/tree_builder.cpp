#include "compiler/syntax/tree_builder.h"

#include <algorithm>

namespace space::syntax {

void TreeBuilder::leaf(SyntaxKind kind, std::uint32_t begin, std::uint32_t end) {
  events_.push_back({begin, end, mark(), 1, kind});
}

// A node over the events [first, last), `last` exclusive.
TreeBuilder::Event TreeBuilder::make_node(SyntaxKind kind, std::uint32_t first, std::uint32_t last,
                                          std::uint32_t begin) const {
  std::uint16_t height = 0;
  std::uint32_t end = begin;
  // Children from the last to the first: each tells where the one before it ends.
  for (std::uint32_t at = last; at > first;) {
    const Event& child = events_[at - 1];
    height = std::max(height, child.height);
    end = std::max(end, child.end);
    at = child.first;
  }
  return {begin, end, first, static_cast<std::uint16_t>(height + 1), kind};
}

void TreeBuilder::node(SyntaxKind kind, std::uint32_t first, std::uint32_t begin,
                       std::uint32_t end) {
  Event event = make_node(kind, first, mark(), begin);
  event.end = end;
  events_.push_back(event);
}

bool TreeBuilder::wrap(SyntaxKind kind, std::uint32_t first, std::uint32_t end) {
  // The operand is one node, the last of the events before the postfix: what comes before it in a
  // chain of blanks belongs to somebody else, and there is none, as a chain begins with its
  // operand.
  node(kind, first, events_[first].begin, end);
  return events_.back().height < k_max_height;
}

bool TreeBuilder::climb(Climb& climb, std::uint8_t level) {
  // The events after the right operand: blanks and the operator. They move behind each node that
  // ends before them.
  std::uint32_t tail = mark() - 1;
  while (tail > climb.operand && is_trivia(events_[tail - 1].kind)) --tail;
  bool fits = true;
  while (climb.size != 0 && climb.waiting[climb.size - 1].level >= level) {
    const std::uint32_t left = climb.waiting[--climb.size].left;
    const Event event = make_node(SyntaxKind::BinaryExpr, left, tail, events_[left].begin);
    for (std::uint32_t i = tail; i != mark(); ++i) ++events_[i].first;
    events_.insert(events_.begin() + tail, event);
    ++tail;
    climb.operand = left;
    fits = event.height < k_max_height;
  }
  climb.waiting[climb.size++] = {climb.operand, level};
  climb.operand = mark();  // after blanks: see `operand_begins`
  return fits;
}

void TreeBuilder::climb_down(Climb& climb) {
  while (climb.size != 0) {
    const std::uint32_t left = climb.waiting[--climb.size].left;
    events_.push_back(make_node(SyntaxKind::BinaryExpr, left, mark(), events_[left].begin));
  }
}

void TreeBuilder::make_root_of_all(std::uint32_t size) {
  // The root is the last node that is no trivia and no junk; what comes after it becomes its
  // children.
  std::size_t root = events_.size();
  for (std::uint32_t at = mark(); at > 0;) {
    const Event& event = events_[at - 1];
    if (!is_trivia(event.kind) && event.kind != SyntaxKind::Junk) {
      root = at - 1;
      break;
    }
    at = event.first;
  }
  Event event{0, size, 0, 1, SyntaxKind::Junk};
  if (root != events_.size() && events_[root].kind != SyntaxKind::Missing) {
    event.kind = events_[root].kind;
    event.height = events_[root].height;
    events_.erase(events_.begin() + static_cast<std::ptrdiff_t>(root));
    for (std::size_t i = root; i < events_.size(); ++i) {
      if (events_[i].first >= root) --events_[i].first;
    }
  }
  events_.push_back(event);
}

std::vector<NodeData> TreeBuilder::finish() const {
  std::vector<NodeData> nodes(events_.size());
  struct Open {
    std::uint32_t first;  // the node's first event
    std::uint32_t end;    // where its next child to the left ends in preorder
  };
  std::vector<Open> open;
  for (std::uint32_t i = mark(); i-- > 0;) {
    const Event& event = events_[i];
    const std::uint32_t size = i - event.first + 1;
    while (!open.empty() && i < open.back().first) open.pop_back();
    const std::uint32_t end = open.empty() ? i + 1 : open.back().end;
    const std::uint32_t at = end - size;
    if (!open.empty()) open.back().end = at;
    nodes[at] = {event.kind, event.begin, event.end, end};
    if (event.first != i) open.push_back({event.first, end});
  }
  return nodes;
}

}  // namespace space::syntax
