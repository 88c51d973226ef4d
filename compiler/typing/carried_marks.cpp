// Outputs of modules that are sensitive by what the module is given: tofu's marks go through a
// variable that does not say so, and out of the module again. Such an output is sensitive in the
// root, or tofu refuses its plan.
#include <algorithm>

#include "compiler/model/queries.h"
#include "compiler/typing/context.h"

namespace space::typing {

namespace {

// An input that is sensitive and that this output carries out; invalid where there is none.
model::ExprId carried_input(Context& context, const model::Procedure& procedure, Standing standing,
                            const model::ModuleOutput& output) {
  const eval::ExprTree& tree = context.tree();
  const model::ExprId inputs = procedure.decl->inputs;
  if (!inputs.valid() || tree[inputs].kind != eval::ExprKind::Object) return {};
  const auto children = tree.children(inputs);
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    const auto name = eval::literal_string(tree, children[i]);
    if (name && std::ranges::find(output.carries, *name) != output.carries.end() &&
        quiet_value(context, children[i + 1], standing).marks_deep().sensitive)
      return children[i + 1];
  }
  return {};
}

// True where an output is now known to be sensitive.
bool carry(Context& context, model::ProcedureId id) {
  const model::Procedure& procedure = context.program[id];
  const model::ModuleInterface* module = module_of(context, procedure);
  if (module == nullptr) return false;
  bool changed = false;
  auto& types = context.types.outputs[id.index()];
  for (std::size_t i = 0; i < types.size(); ++i) {
    const model::OutputDecl& decl = procedure.decl->outputs[i];
    const model::ModuleOutput* output = find_module_output(*module, decl.name.text);
    if (types[i].sensitive || output == nullptr) continue;
    const model::ExprId input =
        carried_input(context, procedure, Standing(procedure.mission, id), *output);
    if (!input.valid()) continue;
    types[i].sensitive = changed = true;
    if (!decl.sensitive.valid()) continue;
    const std::string help =
        "write `true`, or leave it out: an output of a module is what the module says";
    const source::Span span = context.tree()[decl.sensitive].span;
    context.sink
        .report(diagnostics::undeclared_sensitive, span, fmt::format("output `{}`", decl.name.text))
        .related(context.tree()[input].span, "the module is given what is sensitive")
        .related(output->span, fmt::format("and its `{}` brings it out", output->name))
        .help(help)
        .fix(diagnostics::replacement(help, span, "true"));
  }
  return changed;
}

}  // namespace

void carry_marks(Context& context) {
  bool changed = true;
  while (changed) {  // each round makes one more output sensitive, or is the last
    changed = false;
    for (std::size_t id = 0; id < context.program.procedures.size(); ++id)
      changed = carry(context, model::ProcedureId(id)) || changed;
    context.locals.clear();  // they may read what has changed
    context.body_locals.clear();
  }
}

}  // namespace space::typing
