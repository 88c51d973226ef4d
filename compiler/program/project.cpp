#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

namespace {

// `lint = { … }`: codes and their levels, in the order in which they are written. A key that is
// computed would make what a program reports depend on what it computes.
std::vector<model::Attribute> read_levels(Context& context, model::ExprId lint) {
  std::vector<model::Attribute> levels;
  if (!lint.valid()) return levels;
  const eval::ExprTree& tree = context.expressions.tree();
  if (tree[lint].kind == eval::ExprKind::Invalid) return levels;
  if (tree[lint].kind != eval::ExprKind::Object) {
    context.sink.report(diagnostics::invalid_value, tree[lint].span, "lint", "must be written out")
        .label("no `{ … }`")
        .help("write `lint = { CODE = \"off\" }`, with \"off\", \"warn\" or \"error\"");
    return levels;
  }
  const auto children = tree.children(lint);
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    const auto code = eval::literal_string(tree, children[i]);
    const source::Span span = tree[children[i]].span;
    if (code) {
      levels.push_back({{*code, span}, children[i + 1], span});
    } else if (tree[children[i]].kind != eval::ExprKind::Invalid) {
      context.sink
          .report(diagnostics::invalid_value, span, "lint", "takes codes that are written out")
          .help("write the code or the name of a diagnostic: `spacec explain` lists them");
    }
  }
  return levels;
}

}  // namespace

std::optional<model::ProjectDecl> read_project(Context& context, syntax::Node block) {
  model::ProjectDecl project;
  model::ExprId lint;
  const bool named = read_header(context, block, "project", k_one_name, project);
  const Argument arguments[] = {
      {"edition", &project.edition, Need::Required, "2026"},
      {"contract", &project.contract, Need::Required, "\"1.0\""},
      {"tofu", &project.tofu, Need::Required, "\"1.12.6\""},
      {"providers", &project.providers},
      {"sources", &project.sources},
      {"lint", &lint},
  };
  const std::string subject = describe("project", project.name);
  read_body(context, block, {"project", arguments, {}}, subject, project.header);
  project.lint = read_levels(context, lint);
  if (!named) return std::nullopt;
  check_name(project.name, NameRule::Folder, context.sink);
  return project;
}

}  // namespace space::program
