#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"

namespace space::program {

namespace {

bool is_label(std::string_view text) {
  if (text.size() != 3) return false;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

}  // namespace

std::optional<model::StageDecl> read_stage(Context& context, syntax::Node block) {
  constexpr Labels k_labels{1, 1, "one label, three digits such as `010`"};
  model::StageDecl stage;
  const bool named = read_header(context, block, "stage", k_labels, stage);
  constexpr std::string_view k_blocks[] = {"procedure"};
  const auto blocks = read_body(context, block, {"stage", {}, k_blocks},
                                describe("stage", stage.name), stage.header);
  stage.procedures.reserve(blocks.size());
  for (const ChildBlock& child : blocks)
    take(read_procedure(context, child.node), stage.procedures);
  if (!named) return std::nullopt;
  if (!is_label(stage.name.text)) {
    context.sink.report(diagnostics::stage_label, stage.name.span, stage.name.text)
        .label("not three digits")
        .help(
            "stages run in the order of their labels: `000`, `010`, `020`; gaps leave room for "
            "later");
  }
  return stage;
}

}  // namespace space::program
