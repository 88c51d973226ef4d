// A value that is not of the type that is wanted: what is said of it, in the words of what stands
// there, and how to mend it where one edit does.
#include <algorithm>

#include "compiler/typing/context.h"
#include "core/values/render.h"

namespace space::typing {

namespace {

using eval::ExprKind;
using values::Type;
using values::TypeKind;

bool is_sequence(const Type& type) {
  return type.kind() == TypeKind::List || type.kind() == TypeKind::Set ||
         type.kind() == TypeKind::Tuple;
}

bool fits(const values::Value& value, const Type& type) {
  return values::convert(value, type).value.has_value();
}

// The name of a variable or local of the mission that stands there as a text: `"var.size"`.
std::optional<std::string> quoted_name(const Context& context, model::ExprId expr,
                                       Standing standing) {
  const auto text = eval::literal_string(context.tree(), expr);
  if (!text || !standing.mission.valid()) return std::nullopt;
  const model::MissionDecl& mission = *context.program[standing.mission].decl;
  for (const model::VariableDecl& variable : mission.variables) {
    if (*text == "var." + variable.name.text) return text;
  }
  for (const model::LocalDecl& local : mission.locals) {
    if (*text == "local." + local.name.text) return text;
  }
  return std::nullopt;
}

// What is written instead, and how that is said.
struct Instead {
  std::string text, help;
};

std::optional<Instead> instead_of(Context& context, model::ExprId expr, const values::Value& value,
                                  Standing standing, const Type& wanted) {
  const eval::Expr& node = context.tree()[expr];
  if (const auto name = quoted_name(context, expr, standing))
    return Instead{*name, fmt::format("write `{}`, without quotes", *name)};
  if (node.kind == ExprKind::Tuple && node.child_count == 1 && !is_sequence(wanted)) {
    const model::ExprId only = context.tree().child(expr, 0);
    if (!fits(quiet_value(context, only, standing), wanted)) return std::nullopt;
    std::string text(context.sources.text(context.tree()[only].span));
    return Instead{text, fmt::format("write `{}`, without brackets", text)};
  }
  const bool is_list = wanted.kind() == TypeKind::List || wanted.kind() == TypeKind::Set;
  const bool is_plain = value.kind() == TypeKind::String || value.kind() == TypeKind::Number ||
                        value.kind() == TypeKind::Bool;
  if (is_list && is_plain && fits(value, wanted.element())) {
    std::string text = fmt::format("[{}]", context.sources.text(node.span));
    return Instead{text, fmt::format("write `{}`", text)};
  }
  return std::nullopt;
}

// `[…]` and `{…}` are called what people call them: a tuple is tofu's word for a list that nothing
// has typed, an object for such a map.
std::string written(const Context& context, model::ExprId expr, const values::Value& value,
                    const Type& wanted) {
  const eval::ExprTree& tree = context.tree();
  const ExprKind kind = tree[eval::without_parens(tree, expr)].kind;
  if (kind == ExprKind::Tuple || kind == ExprKind::ForTuple)
    return is_sequence(wanted) ? "a list of something else" : "a list";
  const bool is_object = kind == ExprKind::Object || kind == ExprKind::ForObject;
  if (is_object && wanted.kind() == TypeKind::Map) return "a map of something else";
  return values::describe(value.type());
}

}  // namespace

void report_misfit(Context& context, model::ExprId expr, const values::Value& value,
                   Standing standing, const Wanted& wanted, const values::ConversionError& error) {
  const source::Span span = context.tree()[expr].span;
  const std::string is = written(context, expr, value, wanted.type);
  const std::string name = wanted.what.substr(std::min(wanted.what.find('`'), wanted.what.size()));
  auto report = context.sink.report(diagnostics::type_mismatch, span, wanted.what,
                                    values::describe(wanted.type), is);
  const std::string tail = "this is " + values::describe(value.type());
  std::string why = error.message;
  if (error.path.empty() && why.ends_with(tail))
    why.replace(why.size() - tail.size(), tail.size(), "this is " + is);
  report.label(error.path.empty() ? why : fmt::format("{} at `{}`", why, error.path));
  report.related(wanted.declared, fmt::format("{} is declared here", name));
  const auto instead = instead_of(context, expr, value, standing, wanted.type);
  if (!instead || instead->text.find('\n') != std::string::npos) return;
  report.help(instead->help);
  report.fix(diagnostics::replacement(instead->help, span, instead->text));
}

}  // namespace space::typing
