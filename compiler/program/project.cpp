#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

std::optional<model::ProjectDecl> read_project(Context& context, syntax::Node block) {
  model::ProjectDecl project;
  const bool named = read_header(context, block, "project", k_one_name, project);
  const Argument arguments[] = {
      {"edition", &project.edition, Need::Required},
      {"contract", &project.contract, Need::Required},
      {"tofu", &project.tofu, Need::Required},
      {"providers", &project.providers},
      {"sources", &project.sources},
  };
  constexpr std::string_view k_blocks[] = {"lint"};
  const std::string subject = describe("project", project.name);
  const auto blocks =
      read_body(context, block, {"project", arguments, k_blocks}, subject, project.header);
  for (const ChildBlock& child : blocks) {
    if (child.node.index() != blocks.front().node.index()) {
      context.sink.report(diagnostics::duplicate_block, header_of(child.node), subject, "lint")
          .related(header_of(blocks.front().node), "the first one");
      continue;
    }
    read_labels(context, child.node, "lint", k_no_label);
    read_body(context, child.node, {"lint", {}, {}, &project.lint}, "`lint`",
              header_of(child.node));
  }
  sort_by_text(project.lint,
               [](const model::Attribute& level) { return std::string_view(level.name.text); });
  if (!named) return std::nullopt;
  check_name(project.name, NameRule::Folder, context.sink);
  return project;
}

}  // namespace space::program
