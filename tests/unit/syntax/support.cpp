#include "tests/unit/syntax/support.h"

#include <algorithm>

#include <catch2/catch.hpp>

#include "compiler/syntax/dump.h"

namespace space::syntax::test {
namespace {

std::string place(const source::SourceSet& sources, source::Span span) {
  const auto position = sources.file(span.file).position(span.begin);
  return std::to_string(position.line) + ":" + std::to_string(position.column);
}

// Checks the nodes as data, without the accessors.
bool check_nodes(const std::vector<NodeData>& nodes, std::size_t size, std::size_t& height) {
  if (nodes.empty() || nodes[0].next != nodes.size() || nodes[0].begin != 0 || nodes[0].end != size)
    return false;
  std::vector<std::uint32_t> open;
  std::uint32_t reached = 0;  // how far the leaves have come
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    while (!open.empty() && i >= nodes[open.back()].next) open.pop_back();
    const NodeData& node = nodes[i];
    if (node.next <= i || node.next > nodes.size() || node.begin > node.end) return false;
    if (!open.empty()) {
      const NodeData& parent = nodes[open.back()];
      if (node.next > parent.next || node.begin < parent.begin || node.end > parent.end)
        return false;
    }
    if (node.begin != reached) return false;
    if (node.next == i + 1) reached = node.end;
    open.push_back(i);
    height = std::max(height, open.size());
  }
  return reached == size;
}

}  // namespace

Parsed parse_text(std::string_view text, Entry entry) {
  source::SourceSet sources;
  const auto file = sources.add("test.space", std::string(text));
  diagnostics::CollectingSink sink;
  const SyntaxTree tree =
      entry == Entry::Expression ? parse_expression(sources, file, sink)
      : entry == Entry::Template
          ? parse_template(sources, file, sink)
          : parse(sources, file, entry == Entry::File ? Dialect::Space : Dialect::Tofu, sink);
  Parsed parsed;
  parsed.text = std::string(text);
  parsed.tree = dump(tree, Trivia::Hide);
  for (std::uint32_t i = 0; i < tree.nodes().size(); ++i) {
    if (tree.nodes()[i].next == i + 1) parsed.leaves += Node(&tree, i).text();
  }
  parsed.well_formed = check_nodes(tree.nodes(), text.size(), parsed.height);
  for (const auto& diagnostic : sink.finish(sources)) {
    parsed.faults.push_back(std::string(diagnostic.descriptor->code) + " " +
                            place(sources, diagnostic.primary.span) + " " + diagnostic.message);
    for (const auto& help : diagnostic.help) parsed.helps.push_back(help);
    for (const auto& label : diagnostic.related)
      parsed.related.push_back(place(sources, label.span) + " " + label.text);
  }
  return parsed;
}

std::string value_of(std::string_view expression) {
  const Parsed parsed = parse_text("x = " + std::string(expression) + "\n");
  INFO(expression);
  CHECK(parsed.faults == std::vector<std::string>{});
  CHECK(parsed.well_formed);
  // File, Attribute, Identifier, Equals, value.
  std::string out;
  std::size_t line_number = 0;
  for (std::size_t at = 0; at < parsed.tree.size(); ++line_number) {
    const std::size_t end = parsed.tree.find('\n', at);
    if (line_number >= 4) out += parsed.tree.substr(at + 4, end - at - 4) + "\n";
    at = end + 1;
  }
  return out;
}

}  // namespace space::syntax::test
