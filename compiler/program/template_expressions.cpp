// Templates: quoted strings and heredocs, their interpolations and directives.
#include <string>

#include "compiler/program/expression_builder.h"

namespace space::program {

using eval::Expr;
using eval::ExprId;
using eval::ExprKind;
using syntax::Node;
using syntax::SyntaxKind;

namespace {

bool is_part(SyntaxKind kind) {
  return kind == SyntaxKind::StringText || kind == SyntaxKind::Interpolation ||
         kind == SyntaxKind::TemplateIf || kind == SyntaxKind::TemplateFor;
}

bool is_broken(SyntaxKind kind) { return kind == SyntaxKind::Junk || kind == SyntaxKind::Missing; }

source::Span after(source::Span span) { return {span.file, span.end, span.end}; }

}  // namespace

ExprId ExpressionBuilder::build_template(Node node) {
  std::vector<Node> parts;
  for (Node child = node.first_child(); child; child = child.next_sibling(node)) {
    if (is_broken(child.kind())) return invalid(node.span());
    if (is_part(child.kind())) parts.push_back(child);
  }
  if (parts.empty()) return literal(node.span(), values::Value::string(""));
  // What most strings are: one text without an escape, or `"${x}"`.
  if (parts.size() == 1 && node.is(SyntaxKind::TemplateExpr)) {
    if (parts[0].is(SyntaxKind::StringText)) {
      return literal(node.span(), values::Value::string(unescape_quoted(parts[0].text())));
    }
  }
  if (parts.size() == 1 && parts[0].is(SyntaxKind::Interpolation)) {
    Expr wrap;
    wrap.kind = ExprKind::Wrap;
    wrap.span = node.span();
    return add(std::move(wrap), {build_or_invalid(parts[0].expression(), parts[0].span())});
  }
  const TemplateText text(node);
  if (parts.size() == 1 && parts[0].is(SyntaxKind::StringText)) {
    return literal(node.span(), values::Value::string(text.of(parts[0])));
  }
  return build_parts(parts, text, node.span());
}

ExprId ExpressionBuilder::build_parts(std::span<const Node> parts, const TemplateText& text,
                                      source::Span span) {
  Children children(stack_);
  for (const Node part : parts) children.push(build_part(part, text));
  Expr whole;
  whole.kind = ExprKind::Template;
  whole.span = span;
  return tree_.add(std::move(whole), children.view());
}

ExprId ExpressionBuilder::build_part(Node part, const TemplateText& text) {
  switch (part.kind()) {
    case SyntaxKind::StringText:
      return literal(part.span(), values::Value::string(text.of(part)));
    case SyntaxKind::Interpolation:
      return build_or_invalid(part.expression(), part.span());
    case SyntaxKind::TemplateIf:
      return build_template_if(part, text);
    default:
      return build_template_for(part, text);
  }
}

ExprId ExpressionBuilder::build_template_if(Node node, const TemplateText& text) {
  Node condition;
  source::Span then_place, else_place;
  std::vector<Node> then_parts, else_parts;
  bool has_else = false;
  for (Node child = node.first_child(); child; child = child.next_sibling(node)) {
    if (is_broken(child.kind())) return invalid(node.span());
    if (child.is(SyntaxKind::DirectiveIf)) {
      condition = child.expression();
      then_place = after(child.span());
    } else if (child.is(SyntaxKind::DirectiveElse)) {
      has_else = true;
      else_place = after(child.span());
    } else if (is_part(child.kind())) {
      (has_else ? else_parts : then_parts).push_back(child);
    }
  }
  const auto place = [](const std::vector<Node>& parts, source::Span empty) {
    return parts.empty() ? empty : source::join(parts.front().span(), parts.back().span());
  };
  Children children(stack_);
  children.push(build_or_invalid(condition, node.span()));
  children.push(build_parts(then_parts, text, place(then_parts, then_place)));
  if (has_else) children.push(build_parts(else_parts, text, place(else_parts, else_place)));
  Expr whole;
  whole.kind = ExprKind::TemplateIf;
  whole.span = node.span();
  return tree_.add(std::move(whole), children.view());
}

ExprId ExpressionBuilder::build_template_for(Node node, const TemplateText& text) {
  Node intro;
  std::vector<Node> parts;
  for (Node child = node.first_child(); child; child = child.next_sibling(node)) {
    if (is_broken(child.kind())) return invalid(node.span());
    if (child.is(SyntaxKind::DirectiveFor)) intro = child;
    if (is_part(child.kind())) parts.push_back(child);
  }
  if (!intro) return invalid(node.span());
  Expr whole;
  whole.kind = ExprKind::TemplateFor;
  whole.span = node.span();
  read_loop_names(intro, whole);
  if (whole.second_name.empty()) return invalid(node.span());
  const ExprId collection = build_or_invalid(intro.expression(), intro.span());
  const source::Span place =
      parts.empty() ? after(intro.span()) : source::join(parts.front().span(), parts.back().span());
  return add(std::move(whole), {collection, build_parts(parts, text, place)});
}

}  // namespace space::program
