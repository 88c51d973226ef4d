#include "compiler/names/entity_lists.h"

#include "core/diagnostics/fixes.h"

namespace space::names {

namespace {

constexpr int k_max_hops = 16;  // locals that lead to locals

// `space.here` for the text `here` or `space.here`, and for `${space.here}`, where there is one.
std::optional<std::string> meant(const Context& context, model::ExprId expr, model::RefKind kind) {
  const eval::ExprTree& tree = context.program.expressions;
  std::string text;
  if (tree[expr].kind == eval::ExprKind::Wrap) {
    text = context.sources.text(tree[tree.child(expr, 0)].span);
  } else if (const auto literal = eval::literal_string(tree, expr)) {
    text = *literal;
  }
  const auto named = [&](std::string_view root,
                         const auto& entities) -> std::optional<std::string> {
    const std::string prefix = std::string(root) + ".";
    const std::string name = text.starts_with(prefix) ? text.substr(prefix.size()) : text;
    if (find_name(entities, name) == k_npos) return std::nullopt;
    return prefix + name;
  };
  const model::ResolvedProgram& resolved = context.resolved;
  if (kind == model::RefKind::Environment) return named("environment", resolved.environments);
  if (kind == model::RefKind::Space) return named("space", resolved.spaces);
  if (kind == model::RefKind::Remote) return named("remote", resolved.remotes);
  if (kind == model::RefKind::Secret) return named("secret", resolved.secrets);
  if (kind == model::RefKind::Mission) return named("mission", resolved.missions);
  return std::nullopt;
}

void wrong_kind(Context& context, model::ExprId expr, model::RefKind kind, std::string_view wanted,
                std::source_location origin = std::source_location::current()) {
  const source::Span span = context.program.expressions[expr].span;
  auto report = context.sink.report(diagnostics::wrong_reference_kind, {span, origin},
                                    context.sources.text(span), wanted);
  const auto reference = meant(context, expr, kind);
  if (!reference) return;
  const std::string help = fmt::format("write `{}`, without quotes", *reference);
  report.help(help);
  report.fix(diagnostics::replacement(help, span, *reference));
}

void collect(Context& context, model::ExprId expr, model::RefKind kind, std::string_view wanted,
             int hops, EntityList& out) {
  const eval::ExprTree& tree = context.program.expressions;
  const eval::Expr& node = tree[expr];
  if (node.kind == eval::ExprKind::Parens)
    return collect(context, tree.child(expr, 0), kind, wanted, hops, out);
  if (node.kind == eval::ExprKind::Tuple) {
    for (const model::ExprId item : tree.children(expr))
      collect(context, item, kind, wanted, hops, out);
    return;
  }
  const auto traversal = eval::as_traversal(tree, expr);
  const model::Reference* reference =
      traversal ? context.resolved.reference(traversal->head) : nullptr;
  const bool is_complete = reference != nullptr && reference->consumed == traversal->steps.size();
  if (is_complete && reference->kind == kind) {
    out.refs.push_back({reference->entity, traversal->span});
    return;
  }
  if (is_complete && hops < k_max_hops) {
    if (reference->kind == model::RefKind::TopLocal) {
      return collect(context, context.program.locals[reference->index].value, kind, wanted,
                     hops + 1, out);
    }
    if (reference->kind == model::RefKind::MissionLocal) {
      const auto& local = context.resolved[reference->mission].decl->locals[reference->index];
      return collect(context, local.value, kind, wanted, hops + 1, out);
    }
  }
  out.is_whole = false;
  const bool was_reported =
      node.kind == eval::ExprKind::Invalid ||
      (traversal && (reference == nullptr || reference->kind == model::RefKind::Unknown));
  if (!was_reported) wrong_kind(context, expr, kind, wanted);
}

}  // namespace

EntityList entity_list(Context& context, model::ExprId expr, model::RefKind kind,
                       std::string_view wanted) {
  EntityList list;
  if (expr.valid()) collect(context, expr, kind, wanted, 0, list);
  return list;
}

std::optional<EntityRef> entity(Context& context, model::ExprId expr, model::RefKind kind,
                                std::string_view wanted) {
  if (!expr.valid()) return std::nullopt;
  const eval::ExprKind node = context.program.expressions[expr].kind;
  if (node == eval::ExprKind::Tuple) {
    wrong_kind(context, expr, kind, wanted);
    return std::nullopt;
  }
  const auto refs = entity_list(context, expr, kind, wanted).refs;
  return refs.empty() ? std::nullopt : std::optional(refs.front());
}

}  // namespace space::names
