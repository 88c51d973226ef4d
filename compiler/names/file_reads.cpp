// Literal paths of file functions in text that will be emitted: `templatefile("./cloud-init.yaml",
// …)`. The file is read here, copied to out/modules/ later, and the path rewritten; so the root
// works wherever it lies.
#include <algorithm>

#include "compiler/names/context.h"

namespace space::names {

namespace {

bool reads_a_file(std::string_view function) {
  static constexpr std::string_view names[] = {
      "file",     "filebase64", "filebase64sha256", "filebase64sha512", "filemd5",
      "filesha1", "filesha256", "filesha512",       "templatefile"};
  if (function.starts_with("core::")) function.remove_prefix(6);
  return std::find(std::begin(names), std::end(names), function) != std::end(names);
}

void read(Context& context, model::ExprId path_node, const std::string& written) {
  const source::Span span = context.program.expressions[path_node].span;
  const std::string path = project_path(context, span, written);
  context.resolved.file_paths[path_node] = path;
  if (context.resolved.files.contains(path)) return;
  const auto bytes =
      context.inputs.files->read(base::join_path(context.inputs.project_folder, path));
  if (!bytes) {
    context.sink.report(diagnostics::unreadable_file, span, written, bytes.error().message)
        .help("paths are relative to the `.space` file");
    return;
  }
  context.resolved.files.emplace(path, *bytes);
  context.read_files.insert(path);
}

void visit(Context& context, model::ExprId id) {
  const eval::ExprTree& tree = context.program.expressions;
  const eval::Expr& node = tree[id];
  if (node.kind == eval::ExprKind::Call && node.child_count > 0 && reads_a_file(node.name)) {
    const model::ExprId path = tree.child(id, 0);
    if (const auto written = eval::literal_string(tree, path)) read(context, path, *written);
  }
  for (const model::ExprId child : tree.children(id)) visit(context, child);
}

}  // namespace

void find_file_reads(Context& context) {
  for (const model::Use& use : context.resolved.uses) {
    switch (use.site.kind) {
      case model::SiteKind::ProcedureInput:
      case model::SiteKind::ProcedureBody:
      case model::SiteKind::ProcedureOutputValue:
      case model::SiteKind::ExportValue:
      case model::SiteKind::ProviderConfiguration:
      case model::SiteKind::MissionLocalValue:
      case model::SiteKind::TopLocalValue:
        visit(context, use.expr);
        break;
      default:
        break;
    }
  }
}

}  // namespace space::names
