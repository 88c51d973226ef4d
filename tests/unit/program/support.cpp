#include "support.h"

#include <fmt/core.h>

#include "compiler/syntax/parse.h"
#include "core/values/render.h"

using namespace space;

namespace {

std::string_view operator_text(eval::Operator op) {
  constexpr std::string_view k_texts[] = {
      "none", "||", "&&", "==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "!", "neg"};
  return k_texts[static_cast<std::size_t>(op)];
}

std::string head(const eval::Expr& expr) {
  const std::string names =
      expr.name.empty() ? expr.second_name : fmt::format("{},{}", expr.name, expr.second_name);
  switch (expr.kind) {
    case eval::ExprKind::Invalid:
      return "invalid";
    case eval::ExprKind::Literal:
      return expr.literal.is_null() ? "null" : values::to_json(expr.literal);
    case eval::ExprKind::Template:
      return "template";
    case eval::ExprKind::Wrap:
      return "wrap";
    case eval::ExprKind::TemplateIf:
      return "%if";
    case eval::ExprKind::TemplateFor:
      return "%for " + names;
    case eval::ExprKind::Variable:
      return expr.name;
    case eval::ExprKind::GetAttr:
      return "." + expr.name;
    case eval::ExprKind::Index:
      return "[]";
    case eval::ExprKind::Splat:
      return "[*]";
    case eval::ExprKind::SplatItem:
      return "@";
    case eval::ExprKind::Call:
      return "call " + expr.name + (expr.expands_last ? "..." : "");
    case eval::ExprKind::Unary:
    case eval::ExprKind::Binary:
      return std::string(operator_text(expr.op));
    case eval::ExprKind::Conditional:
      return "?";
    case eval::ExprKind::Tuple:
      return "tuple";
    case eval::ExprKind::Object:
      return "object";
    case eval::ExprKind::ForTuple:
      return "for " + names + (expr.has_condition ? " if" : "");
    case eval::ExprKind::ForObject:
      return "for-object " + names + (expr.has_condition ? " if" : "") +
             (expr.groups ? " ..." : "");
    case eval::ExprKind::Parens:
      return "parens";
  }
  return "?";
}

std::string line_of(const diagnostics::Diagnostic& diagnostic, const source::SourceSet& sources) {
  std::string place = "-";
  if (diagnostic.primary.span.valid()) {
    const source::SourceFile& file = sources.file(diagnostic.primary.span.file);
    const source::Position at = file.position(diagnostic.primary.span.begin);
    place = fmt::format("{}:{}:{}", file.path(), at.line, at.column);
  }
  std::string line =
      fmt::format("{} {} {}", place, diagnostic.descriptor->code, diagnostic.message);
  for (const std::string& help : diagnostic.help) line += " | " + help;
  return line;
}

}  // namespace

std::string show(const eval::ExprTree& tree, eval::ExprId id) {
  if (!id.valid()) return "-";
  std::string text = head(tree[id]);
  const auto children = tree.children(id);
  if (children.empty()) return text;
  text = "(" + text;
  for (const eval::ExprId child : children) text += " " + show(tree, child);
  return text + ")";
}

std::string Built::show(eval::ExprId id) const { return ::show(program.expressions, id); }

Built build(std::vector<std::pair<std::string, std::string>> files) {
  Built built;
  diagnostics::CollectingSink sink;
  std::vector<syntax::SyntaxTree> trees;
  std::vector<source::FileId> ids;
  for (auto& [path, text] : files) ids.push_back(built.sources.add(path, std::move(text)));
  for (const source::FileId id : ids)
    trees.push_back(syntax::parse(built.sources, id, syntax::Dialect::Space, sink));
  built.program = program::build_program(trees, built.sources, sink);
  for (const auto& diagnostic : sink.finish(built.sources))
    built.diagnostics.push_back(line_of(diagnostic, built.sources));
  return built;
}

Built build(std::string text) {
  return build(
      {{"a.space", std::move(text)},
       {"project.space",
        "project \"p\" {\n  edition  = 2026\n  contract = \"1.0\"\n  tofu     = \"1.12.6\"\n}\n"}});
}

std::string show_expression(std::string_view text) {
  const Built built = build(fmt::format("locals {{\n  x = {}\n}}\n", text));
  std::string shown =
      built.program.locals.size() == 1 ? built.show(built.program.locals[0].value) : "no local";
  for (const std::string& line : built.diagnostics) shown += "\n" + line;
  return shown;
}
