// References that a body in place answers itself: its resources and data, its locals, what a
// `dynamic` block binds. What nobody answers is reported here.
#include <algorithm>

#include "compiler/names/resolving.h"
#include "core/base/strings.h"
#include "core/diagnostics/fixes.h"

namespace space::names {

using model::RefKind;
using model::SiteKind;

namespace {

bool body_declares_resource(const model::ProcedureDecl& decl, std::string_view root) {
  return std::any_of(decl.body.begin(), decl.body.end(), [&](const model::Block& block) {
    return block.type.text == "resource" && !block.labels.empty() && block.labels[0].text == root;
  });
}

// `dynamic "rule" { … content { … rule.value } }` binds its label.
bool binds_dynamic(const std::vector<model::Block>& blocks, std::string_view root) {
  for (const model::Block& block : blocks) {
    if (block.type.text == "dynamic") {
      std::string_view iterator =
          block.labels.empty() ? std::string_view() : std::string_view(block.labels[0].text);
      if (iterator == root) return true;
      for (const model::Attribute& attribute : block.body.attributes) {
        if (attribute.name.text == "iterator") return true;
      }
    }
    if (binds_dynamic(block.body.blocks, root)) return true;
  }
  return false;
}

// `taken`: "environment.dev", each that may stand there.
void help_with_taken(diagnostics::DiagnosticSink::Builder& report, std::string_view name,
                     source::Span at, const std::vector<std::string>& taken) {
  std::vector<std::string_view> names;
  for (const std::string& one : taken)
    names.push_back(std::string_view(one).substr(one.find('.') + 1));
  const auto near = diagnostics::only_near(name, names);
  if (!near) {
    report.help(fmt::format("it takes {}", base::list_names(taken)));
    return;
  }
  const std::string& meant =
      taken[static_cast<std::size_t>(std::find(names.begin(), names.end(), *near) - names.begin())];
  const std::string help = fmt::format("did you mean `{}`?", meant);
  report.help(help).fix(diagnostics::replacement(help, at, meant));
}

}  // namespace

bool body_declares_local(const model::ProcedureDecl& decl, std::string_view name) {
  for (const model::Block& block : decl.body) {
    if (block.type.text != "locals") continue;
    for (const model::Attribute& attribute : block.body.attributes) {
      if (attribute.name.text == name) return true;
    }
  }
  return false;
}

void resolve_other(Resolving& r) {
  static constexpr std::string_view body_roots[] = {"data", "module",    "each",    "count",
                                                    "self", "ephemeral", "resource"};
  const std::string_view root = r.traversal.root;
  const bool in_body = r.site.procedure.valid() && (r.site.kind == SiteKind::ProcedureBody ||
                                                    r.site.kind == SiteKind::ProcedureOutputValue);
  if (in_body) {
    const model::ProcedureDecl& decl = *r.context.resolved[r.site.procedure].decl;
    if (std::find(std::begin(body_roots), std::end(body_roots), root) != std::end(body_roots) ||
        body_declares_resource(decl, root) || binds_dynamic(decl.body, root)) {
      return r.take(RefKind::Body, 0);
    }
  }
  if (root == "path" || root == "terraform" || root == "tofu") {
    return not_allowed(
        r, describe(r.site.kind),
        "it differs by where a root lies; file functions take paths relative to the `.space` file");
  }
  if (root == "change" && r.site.kind == SiteKind::PolicyRule) return r.take(RefKind::Change, 0);
  std::vector<std::string> roots = {"common",  "flight",    "instance", "local",
                                    "mission", "procedure", "secret",   "var"};
  if (in_body) {
    for (const model::Block& block : r.context.resolved[r.site.procedure].decl->body) {
      if (block.type.text == "resource" && !block.labels.empty())
        roots.push_back(block.labels[0].text);
    }
  }
  const source::Span at = r.context.program.expressions[r.traversal.head].span;
  auto report = r.context.sink.report(diagnostics::unknown_root, at, root);
  if (const auto meant = references_to(r, root); meant.size() == 1) {
    const std::string help = fmt::format("write `{}`", meant.front());
    report.help(help).fix(diagnostics::replacement(help, at, meant.front()));
  } else if (meant.size() > 1) {
    report.help(fmt::format("there are {}", base::list_names(meant)));
  } else if (const auto taken = taken_there(r); !taken.empty() && r.traversal.steps.empty()) {
    help_with_taken(report, root, at, taken);
  } else if (r.traversal.steps.empty()) {
    report.help(fmt::format("if text was meant, write `\"{}\"`", root));
  } else if (is_procedure(r, r.attribute(0))) {
    const std::string help =
        fmt::format("`{0}` is a procedure: write `procedure.{0}`", r.attribute(0));
    report.help(help).fix(diagnostics::replacement(help, at, "procedure"));
  } else {
    suggest(r.context, report, root, at, roots, "roots of references");
  }
}

}  // namespace space::names
