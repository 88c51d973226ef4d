// Sensitive and ephemeral as qualities that flow: what an output or export gives, and what made it
// so. Evaluation carries the marks; here they are held against what is declared.
#include <algorithm>
#include <set>

#include "compiler/model/queries.h"
#include "compiler/typing/context.h"

namespace space::typing {

namespace {

using model::RefKind;

enum class Quality : std::uint8_t { Sensitive, Ephemeral };

bool has(const values::Value& value, Quality quality) {
  const values::Marks marks = value.marks_deep();
  return quality == Quality::Sensitive ? marks.sensitive : marks.ephemeral;
}

// One link of the chain from a value to what made it sensitive or ephemeral.
struct Link {
  source::Span span;
  std::string text;
};

class Source {
 public:
  Source(Context& context, Standing standing, Quality quality)
      : context_(context), standing_(standing), quality_(quality) {}

  // `label` is for the expression itself, `links` are the places behind it.
  void find(model::ExprId expr) {
    for (const eval::Traversal& reference : eval::free_references(context_.tree(), expr)) {
      if (is_hidden(expr, reference.span)) continue;
      if (!has(quiet_value(context_, reference.expr, standing_), quality_)) continue;
      return follow(reference);
    }
    if (quality_ == Quality::Sensitive && calls(expr, "sensitive"))
      say(context_.tree()[expr].span, "`sensitive` makes it so");
  }

  std::string label;
  std::vector<Link> links;

 private:
  std::string_view word() const {
    return quality_ == Quality::Sensitive ? "sensitive" : "ephemeral";
  }

  void say(source::Span span, std::string text) {
    if (label.empty()) {
      label = std::move(text);
    } else {
      links.push_back({span, std::move(text)});
    }
  }

  bool calls(model::ExprId expr, std::string_view function) const {
    const eval::Expr& node = context_.tree()[expr];
    if (node.kind == eval::ExprKind::Call && node.name == function) return true;
    const auto children = context_.tree().children(expr);
    return std::any_of(children.begin(), children.end(),
                       [&](model::ExprId child) { return calls(child, function); });
  }

  // Inside a call that takes the mark off.
  bool is_hidden(model::ExprId expr, source::Span at) const {
    const eval::Expr& node = context_.tree()[expr];
    const bool holds =
        node.span.file == at.file && node.span.begin <= at.begin && at.end <= node.span.end;
    if (!holds) return false;
    if (node.kind == eval::ExprKind::Call &&
        (node.name == "nonsensitive" || node.name == "issensitive"))
      return quality_ == Quality::Sensitive;
    const auto children = context_.tree().children(expr);
    return std::any_of(children.begin(), children.end(),
                       [&](model::ExprId child) { return is_hidden(child, at); });
  }

  void follow(const eval::Traversal& traversal) {
    const std::string text(context_.sources.text(traversal.span));
    const model::Reference* reference = context_.program.reference(traversal.head);
    say(traversal.span, fmt::format("`{}` is {}", text, word()));
    if (reference == nullptr) return;
    const model::ResolvedProgram& program = context_.program;
    switch (reference->kind) {
      case RefKind::TopLocal:
        return follow_local(program.program->locals[reference->index]);
      case RefKind::MissionLocal:
        return follow_local(program[reference->mission].decl->locals[reference->index]);
      case RefKind::Variable: {
        const model::VariableDecl& decl =
            program[standing_.mission].decl->variables[reference->index];
        const model::ExprId says = quality_ == Quality::Sensitive ? decl.sensitive : decl.ephemeral;
        links.push_back({context_.tree()[says].span, "declared here"});
        return;
      }
      case RefKind::Secret:
        links.push_back({program.secrets[reference->entity].decl->header, "a secret is sensitive"});
        return;
      case RefKind::ProcedureOutput: {
        const auto& decls = model::outputs_of(program, program[reference->procedure]);
        links.push_back({decls[reference->index].header, "what it reads is declared here"});
        return;
      }
      case RefKind::ExportValue:
        links.push_back({program[reference->mission].decl->exports[reference->index].header,
                         "what it reads is declared here"});
        return;
      case RefKind::Body:
        return follow_body(traversal);
      default:
        return;
    }
  }

  void follow_local(const model::LocalDecl& decl) {
    if (!seen_.insert(decl.value).second) return;
    links.push_back({decl.name.span, fmt::format("`local.{}` is declared here", decl.name.text)});
    find(decl.value);
  }

  void follow_body(const eval::Traversal& traversal) {
    if (traversal.root != "local" || traversal.steps.empty()) return;
    for (const model::Block& block : context_.program[standing_.procedure].decl->body) {
      if (block.type.text != "locals") continue;
      for (const model::Attribute& attribute : block.body.attributes) {
        if (attribute.name.text != traversal.steps[0].name || !seen_.insert(attribute.value).second)
          continue;
        links.push_back(
            {attribute.name.span, fmt::format("`local.{}` is declared here", attribute.name.text)});
        find(attribute.value);
      }
    }
  }

  Context& context_;
  Standing standing_;
  Quality quality_;
  std::set<model::ExprId> seen_;
};

}  // namespace

void report_ephemeral(Context& context, model::ExprId expr, Standing standing,
                      const std::string& what, source::Span declared, std::source_location origin) {
  Source source(context, standing, Quality::Ephemeral);
  source.find(expr);
  auto report =
      context.sink.report(diagnostics::ephemeral_value, {context.tree()[expr].span, origin}, what);
  report.label(source.label);
  for (const Link& link : source.links) report.related(link.span, link.text);
  report.related(declared, "this is not declared `ephemeral`")
      .help(
          "what is ephemeral is in no state and no plan: it may configure providers, and go into "
          "ephemeral resources, write-only arguments and ephemeral variables of modules");
}

void check_given_marks(Context& context, model::ExprId expr, const values::Value& value,
                       Standing standing, const std::string& what,
                       const model::OutputType& declared, const model::OutputDecl* decl) {
  const values::Marks marks = value.marks_deep();
  if (marks.ephemeral) return report_ephemeral(context, expr, standing, what, {});
  if (!marks.sensitive || declared.sensitive) return;
  Source source(context, standing, Quality::Sensitive);
  source.find(expr);
  auto report =
      context.sink.report(diagnostics::undeclared_sensitive, context.tree()[expr].span, what);
  report.label(source.label);
  for (const Link& link : source.links) report.related(link.span, link.text);
  const std::string help = "add `sensitive = true`, or give what may be read";
  report.help(help);
  if (decl == nullptr || decl->sensitive.valid()) return;
  if (auto fix = diagnostics::with_argument(help, context.sources, decl->span, decl->header,
                                            "sensitive = true"))
    report.fix(std::move(*fix));
}

}  // namespace space::typing
