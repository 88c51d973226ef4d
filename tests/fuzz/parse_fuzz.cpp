// libFuzzer target: any bytes through the parser and the formatter. Holds: no crash; the leaves in
// order are the text; every subtree ends inside its parent's; the tree is not high; formatting
// twice is formatting once, and does not make a legal file illegal.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/format/format.h"
#include "compiler/syntax/parse.h"
#include "core/diagnostics/sink.h"

namespace {

using namespace space;

constexpr std::size_t k_highest = 1000 + 4 * syntax::k_max_depth;

void hold(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

void check_tree(const syntax::SyntaxTree& tree, std::string_view text) {
  const auto& nodes = tree.nodes();
  hold(!nodes.empty() && nodes[0].next == nodes.size(), "the first node is the root");
  hold(nodes[0].begin == 0 && nodes[0].end == text.size(), "the root covers the text");
  std::vector<std::uint32_t> open;
  std::uint32_t reached = 0;
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    while (!open.empty() && i >= nodes[open.back()].next) open.pop_back();
    const auto& node = nodes[i];
    hold(node.next > i, "a subtree holds its node");
    hold(open.empty() || node.next <= nodes[open.back()].next,
         "a subtree ends inside its parent's");
    hold(node.begin == reached && node.end >= node.begin,
         "nodes begin where the leaves before them end");
    if (node.next == i + 1) reached = node.end;
    open.push_back(i);
    hold(open.size() < k_highest, "the tree is not high");
  }
  hold(reached == text.size(), "the leaves are the whole text");
}

struct Parsed {
  source::SourceSet sources;
  diagnostics::CollectingSink sink;
  syntax::SyntaxTree tree;
};

void parse_file(Parsed& parsed, std::string text) {
  const auto file = parsed.sources.add("fuzz.space", std::move(text));
  parsed.tree = syntax::parse(parsed.sources, file, syntax::Dialect::Tofu, parsed.sink);
  check_tree(parsed.tree, parsed.sources.file(file).text());
}

void check_format(const Parsed& first) {
  const std::string once = format::format(first.tree);
  if (!first.sink.all().empty()) return;
  Parsed second;
  parse_file(second, once);
  hold(second.sink.all().empty(), "what was legal is legal when formatted");
  hold(format::format(second.tree) == once, "formatting twice is formatting once");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  Parsed file;
  parse_file(file, text);
  const auto all = file.sink.finish(file.sources);
  hold(all.size() <= 210, "faults are bounded");
  check_format(file);

  source::SourceSet sources;
  diagnostics::CollectingSink sink;
  const auto id = sources.add("fuzz", text);
  check_tree(syntax::parse_expression(sources, id, sink), text);
  check_tree(syntax::parse_template(sources, id, sink), text);
  return 0;
}
