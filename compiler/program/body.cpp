#include "compiler/program/body.h"

#include <algorithm>
#include <utility>

#include "compiler/program/block_reader.h"
#include "compiler/program/expressions.h"

namespace space::program {

namespace {

using syntax::Node;
using syntax::SyntaxKind;

// Keeps the first of each name.
void drop_repeats(std::vector<model::Attribute>& attributes, diagnostics::DiagnosticSink& sink) {
  std::vector<std::size_t> order(attributes.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const int names = attributes[a].name.text.compare(attributes[b].name.text);
    return names != 0 ? names < 0 : a < b;
  });
  std::vector<std::size_t> repeats;
  std::size_t first = 0;
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (attributes[order[i]].name.text != attributes[order[first]].name.text) {
      first = i;
      continue;
    }
    sink.report(diagnostics::duplicate_argument, attributes[order[i]].name.span,
                attributes[order[i]].name.text)
        .label("set again here")
        .related(attributes[order[first]].name.span, "first set here");
    repeats.push_back(order[i]);
  }
  std::sort(repeats.rbegin(), repeats.rend());
  for (const std::size_t at : repeats)
    attributes.erase(attributes.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

void report_doubled_argument(diagnostics::DiagnosticSink& sink, Node identifier,
                             source::Span first) {
  sink.report(diagnostics::duplicate_argument, identifier.span(), identifier.text())
      .label("set again here")
      .related(first, "first set here");
}

model::Body read_body_as_it_stands(Node body, ExpressionBuilder& expressions,
                                   diagnostics::DiagnosticSink& sink) {
  model::Body result;
  result.span = body.span();
  const Node open = body.child(SyntaxKind::OpenBrace), close = body.child(SyntaxKind::CloseBrace);
  if (open) result.span.begin = open.span().end;
  if (close) result.span.end = close.span().begin;
  for (Node item = body.first_child(); item; item = item.next_sibling(body)) {
    if (item.is(SyntaxKind::Block))
      result.blocks.push_back(read_block_as_it_stands(item, expressions, sink));
    if (!item.is(SyntaxKind::Attribute)) continue;
    const Node identifier = item.child(SyntaxKind::Identifier);
    if (!identifier) continue;
    const Node value = item.expression();
    const model::ExprId id = value ? expressions.build(value) : expressions.invalid(item.span());
    result.attributes.push_back(
        {{std::string(identifier.text()), identifier.span()}, id, item.span()});
  }
  drop_repeats(result.attributes, sink);
  return result;
}

model::Block read_block_as_it_stands(Node block, ExpressionBuilder& expressions,
                                     diagnostics::DiagnosticSink& sink) {
  model::Block result;
  result.span = block.span();
  result.header = header_of(block);
  if (const Node type = block.child(SyntaxKind::Identifier)) {
    result.type = {std::string(type.text()), type.span()};
  }
  result.labels = labels_of(block);
  if (const Node body = block.child(SyntaxKind::Body)) {
    result.body = read_body_as_it_stands(body, expressions, sink);
  } else {
    result.body.span = {result.span.file, result.span.end, result.span.end};
  }
  return result;
}

eval::ExprId build_expression(Node expression, eval::ExprTree& tree,
                              diagnostics::DiagnosticSink& sink) {
  return ExpressionBuilder(tree, sink).build(expression);
}

model::Body build_body(Node body, eval::ExprTree& tree, diagnostics::DiagnosticSink& sink) {
  ExpressionBuilder expressions(tree, sink);
  return read_body_as_it_stands(body, expressions, sink);
}

model::Block build_block(Node block, eval::ExprTree& tree, diagnostics::DiagnosticSink& sink) {
  ExpressionBuilder expressions(tree, sink);
  return read_block_as_it_stands(block, expressions, sink);
}

}  // namespace space::program
