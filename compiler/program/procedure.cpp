// `procedure`: a module with inputs, or tofu's blocks in place. Which of the two is right is
// compiler/names' to judge.
#include "compiler/program/block_reader.h"
#include "compiler/program/body.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"
#include "compiler/program/tofu_blocks.h"

namespace space::program {

std::optional<model::ProcedureDecl> read_procedure(Context& context, syntax::Node block) {
  model::ProcedureDecl procedure;
  const bool named = read_header(context, block, "procedure", k_one_name, procedure);
  const Argument arguments[] = {
      {"source", &procedure.source},     {"version", &procedure.version},
      {"inputs", &procedure.inputs},     {"providers", &procedure.providers},
      {"for_each", &procedure.for_each},
  };
  constexpr std::string_view k_blocks[] = {"output", "resource", "data",   "ephemeral", "locals",
                                           "module", "check",    "import", "moved",     "removed"};
  const auto blocks = read_body(context, block, {"procedure", arguments, k_blocks},
                                describe("procedure", procedure.name), procedure.header);
  for (const ChildBlock& child : blocks) {
    if (child.type == 0) {
      take(read_output(context, child.node), procedure.outputs);
    } else {
      procedure.body.push_back(
          read_block_as_it_stands(child.node, context.expressions, context.sink));
      procedure.body.back().type.text = k_blocks[child.type];  // what was meant
    }
  }
  mend_tofu_blocks(procedure.body, context.expressions.tree(), context.sink);
  check_tofu_names(procedure, context.expressions.tree(), context.sink);
  settle_by_name(procedure.outputs, "output", context.sink);
  procedure.body_span = procedure.span;
  if (const syntax::Node body = block.child(syntax::SyntaxKind::Body)) {
    procedure.body_span = body.span();
    if (const auto open = body.child(syntax::SyntaxKind::OpenBrace))
      procedure.body_span.begin = open.span().end;
    if (const auto close = body.child(syntax::SyntaxKind::CloseBrace))
      procedure.body_span.end = close.span().begin;
  }
  if (!named) return std::nullopt;
  check_name(procedure.name, NameRule::Folder, context.sink);
  return procedure;
}

}  // namespace space::program
