#include "compiler/program/documentation.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "compiler/program/directives.h"
#include "core/base/strings.h"

namespace space::program {

using syntax::NodeData;
using syntax::SyntaxKind;

// Trivia are leaves, so what stands before a block is what stands before it in the flat list of
// nodes.
std::string documentation_before(const syntax::SyntaxTree& tree, syntax::Node block) {
  const std::vector<NodeData>& nodes = tree.nodes();
  const auto text_of = [&](const NodeData& node) {
    return tree.text().substr(node.begin, node.end - node.begin);
  };
  std::vector<std::string_view> lines;
  std::string_view pending;  // a comment whose line must still prove to hold nothing else
  bool has_pending = false;
  int newlines = 0;
  for (std::size_t at = block.index(); at-- > 0;) {
    const NodeData& node = nodes[at];
    if (node.kind == SyntaxKind::Whitespace) continue;
    const bool line_start = node.kind == SyntaxKind::Newline || node.kind == SyntaxKind::File;
    if (has_pending && !line_start) break;
    if (has_pending) lines.push_back(pending);
    has_pending = false;
    if (node.kind == SyntaxKind::Newline) {
      if (++newlines > 1) break;
    } else if (node.kind == SyntaxKind::DocComment) {
      pending = text_of(node);
      has_pending = true;
      newlines = 0;
    } else if (node.kind == SyntaxKind::LineComment && is_directive(text_of(node))) {
      newlines = 0;
    } else {
      break;
    }
  }
  std::reverse(lines.begin(), lines.end());
  std::string documentation;
  for (std::string_view line : lines) {
    line.remove_prefix(3);
    if (line.starts_with(' ')) line.remove_prefix(1);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    if (!documentation.empty()) documentation += '\n';
    documentation += line;
  }
  return documentation;
}

}  // namespace space::program
