#include "compiler/program/directives.h"

#include <fmt/core.h>

#include <optional>
#include <string>

#include "compiler/program/template_text.h"
#include "core/base/strings.h"

namespace space::program {

namespace {

using syntax::NodeData;
using syntax::SyntaxKind;

constexpr std::string_view k_prefix = "spacec:";
constexpr std::string_view k_form =
    "write `# spacec:allow SPC4102 reason=\"why this is fine here\"`";

std::string_view words_of(std::string_view comment) {
  comment.remove_prefix(comment.starts_with("//") ? 2 : 1);
  return base::trim(comment);
}

std::string_view take_word(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
  const std::string_view word = text.substr(0, end);
  text = base::trim(text.substr(end));
  return word;
}

bool is_code(std::string_view word) {
  if (word.size() != 7 || !word.starts_with("SPC")) return false;
  for (const char c : word.substr(3)) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

// reason="…", to the end of the comment.
std::optional<std::string> read_reason(std::string_view text) {
  if (!text.starts_with("reason")) return std::nullopt;
  text = base::trim(text.substr(6));
  if (!text.starts_with('=')) return std::nullopt;
  text = base::trim(text.substr(1));
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
  const std::string reason = unescape_quoted(text.substr(1, text.size() - 2));
  const std::string_view trimmed = base::trim(reason);
  if (trimmed.empty()) return std::nullopt;
  return std::string(trimmed);
}

// What follows a comment: an argument, a block, an item of an object or a list.
source::Span next_item(const syntax::SyntaxTree& tree, std::size_t comment) {
  const std::vector<NodeData>& nodes = tree.nodes();
  for (std::size_t at = comment + 1; at < nodes.size(); ++at) {
    const NodeData& node = nodes[at];
    if (syntax::is_trivia(node.kind)) continue;
    const bool item = node.kind == SyntaxKind::Attribute || node.kind == SyntaxKind::Block ||
                      node.kind == SyntaxKind::ObjectItem || syntax::is_expression(node.kind);
    return item ? source::Span{tree.file(), node.begin, node.end} : source::Span{};
  }
  return {};
}

}  // namespace

bool is_directive(std::string_view comment) { return words_of(comment).starts_with(k_prefix); }

void read_directives(const syntax::SyntaxTree& tree, std::vector<model::AllowDirective>& allows,
                     diagnostics::DiagnosticSink& sink) {
  const std::vector<NodeData>& nodes = tree.nodes();
  for (std::size_t at = 0; at < nodes.size(); ++at) {
    if (nodes[at].kind != SyntaxKind::LineComment) continue;
    const std::string_view comment =
        tree.text().substr(nodes[at].begin, nodes[at].end - nodes[at].begin);
    if (!is_directive(comment)) continue;
    const source::Span span{tree.file(), nodes[at].begin, nodes[at].end};
    std::string_view rest = words_of(comment).substr(k_prefix.size());
    const std::string_view verb = take_word(rest);
    if (verb != "allow") {
      sink.report(diagnostics::invalid_directive, span,
                  fmt::format("is the only directive there is, and this is `spacec:{}`", verb))
          .help(std::string(k_form));
      continue;
    }
    const std::string_view code = take_word(rest);
    if (!is_code(code)) {
      sink.report(diagnostics::invalid_directive, span,
                  code.empty() ? "names no diagnostic"
                               : fmt::format("takes a code such as `SPC4102`, and not `{}`", code))
          .help(std::string(k_form));
      continue;
    }
    auto reason = read_reason(rest);
    if (!reason) {
      sink.report(diagnostics::invalid_directive, span, "needs a reason").help(std::string(k_form));
      continue;
    }
    const source::Span scope = next_item(tree, at);
    if (!scope.valid()) {
      sink.report(diagnostics::invalid_directive, span, "stands before nothing")
          .help("it silences a code for the item that follows it");
      continue;
    }
    allows.push_back({std::string(code), std::move(*reason), span, scope});
  }
}

}  // namespace space::program
