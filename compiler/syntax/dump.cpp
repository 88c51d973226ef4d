#include "compiler/syntax/dump.h"

#include <cstdint>
#include <vector>

#include "core/base/escapes.h"

namespace space::syntax {
namespace {

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (const char letter = base::escape_letter(c); letter != '\0') {
      out += '\\';
      out += letter;
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\x";
      base::append_hex(out, byte);
    } else {
      out += c;
    }
  }
  out += '"';
}

}  // namespace

std::string dump(const SyntaxTree& tree, Trivia trivia) {
  std::string out;
  std::vector<std::uint32_t> ends;  // where the open subtrees end
  const auto& nodes = tree.nodes();
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    while (!ends.empty() && i >= ends.back()) ends.pop_back();
    const NodeData& node = nodes[i];
    const bool leaf = node.next == i + 1;
    if (trivia == Trivia::Show || !is_trivia(node.kind)) {
      out.append(ends.size() * 2, ' ');
      out += name_of(node.kind);
      if (leaf && node.begin != node.end) {
        out += ' ';
        append_quoted(out, tree.text().substr(node.begin, node.end - node.begin));
      }
      out += '\n';
    }
    if (!leaf) ends.push_back(node.next);
  }
  return out;
}

}  // namespace space::syntax
