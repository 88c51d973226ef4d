#include "compiler/check/given_inputs.h"

namespace space::check {

std::vector<GivenInput> given_inputs(const model::ResolvedProgram& program,
                                     const model::Procedure& procedure) {
  const eval::ExprTree& tree = program.tree();
  const eval::ExprId inputs = procedure.decl->inputs;
  if (!inputs.valid() || tree[inputs].kind != eval::ExprKind::Object) return {};
  const auto items = tree.children(inputs);
  std::vector<GivenInput> given;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    if (auto name = eval::literal_string(tree, items[i]))
      given.push_back({std::string(*name), items[i + 1]});
  }
  return given;
}

}  // namespace space::check
