#include "compiler/names/entity_lists.h"

namespace space::names {

namespace {

constexpr int k_max_hops = 16;  // locals that lead to locals

void wrong_kind(Context& context, model::ExprId expr, std::string_view wanted,
                std::source_location origin = std::source_location::current()) {
  const source::Span span = context.program.expressions[expr].span;
  context.sink.report(diagnostics::wrong_reference_kind, {span, origin}, context.sources.text(span),
                      wanted);
}

void collect(Context& context, model::ExprId expr, model::RefKind kind, std::string_view wanted,
             int hops, std::vector<EntityRef>& out) {
  const eval::ExprTree& tree = context.program.expressions;
  const eval::Expr& node = tree[expr];
  if (node.kind == eval::ExprKind::Invalid) return;
  if (node.kind == eval::ExprKind::Parens)
    return collect(context, tree.child(expr, 0), kind, wanted, hops, out);
  if (node.kind == eval::ExprKind::Tuple) {
    for (const model::ExprId item : tree.children(expr))
      collect(context, item, kind, wanted, hops, out);
    return;
  }
  const auto traversal = eval::as_traversal(tree, expr);
  if (!traversal) return wrong_kind(context, expr, wanted);
  const model::Reference* reference = context.resolved.reference(traversal->head);
  if (reference == nullptr || reference->kind == model::RefKind::Unknown) return;  // reported
  if (reference->kind == kind && reference->consumed == traversal->steps.size()) {
    out.push_back({reference->entity, traversal->span});
    return;
  }
  if (hops < k_max_hops && reference->consumed == traversal->steps.size()) {
    if (reference->kind == model::RefKind::TopLocal) {
      return collect(context, context.program.locals[reference->index].value, kind, wanted,
                     hops + 1, out);
    }
    if (reference->kind == model::RefKind::MissionLocal) {
      const auto& local = context.resolved[reference->mission].decl->locals[reference->index];
      return collect(context, local.value, kind, wanted, hops + 1, out);
    }
  }
  wrong_kind(context, expr, wanted);
}

}  // namespace

std::vector<EntityRef> entity_list(Context& context, model::ExprId expr, model::RefKind kind,
                                   std::string_view wanted) {
  std::vector<EntityRef> refs;
  if (expr.valid()) collect(context, expr, kind, wanted, 0, refs);
  return refs;
}

std::optional<EntityRef> entity(Context& context, model::ExprId expr, model::RefKind kind,
                                std::string_view wanted) {
  if (!expr.valid()) return std::nullopt;
  const eval::ExprKind node = context.program.expressions[expr].kind;
  if (node == eval::ExprKind::Tuple) {
    wrong_kind(context, expr, wanted);
    return std::nullopt;
  }
  const auto refs = entity_list(context, expr, kind, wanted);
  return refs.empty() ? std::nullopt : std::optional(refs.front());
}

}  // namespace space::names
