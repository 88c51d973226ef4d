#include "compiler/format/format.h"

#include <algorithm>

#include "compiler/format/lines.h"
#include "compiler/format/passes.h"
#include "compiler/format/tokens.h"

namespace space::format {
namespace {

bool has_errors(const syntax::SyntaxTree& tree) {
  return std::any_of(tree.nodes().begin(), tree.nodes().end(), [](const syntax::NodeData& node) {
    return node.kind == syntax::SyntaxKind::Junk || node.kind == syntax::SyntaxKind::Missing;
  });
}

std::string write(const TokenList& list) {
  std::string out;
  for (const Token& token : list.tokens) {
    out.append(token.spaces, ' ');
    out += token.text;
  }
  out.append(list.blanks_at_end, ' ');
  return out;
}

}  // namespace

std::string format(const syntax::SyntaxTree& tree) {
  if (has_errors(tree)) return std::string(tree.text());
  TokenList list = make_tokens(tree);
  std::vector<Line> lines = make_lines(list.tokens);
  indent_lines(lines);
  space_tokens(lines);
  align_cells(lines);
  return write(list);
}

}  // namespace space::format
