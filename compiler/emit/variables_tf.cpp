// variables.tf: every variable of the root with its type; values stand in terraform.tfvars or come
// with the run.
#include "compiler/emit/artefacts.h"
#include "core/values/render.h"

namespace space::emit {

namespace {

lower::LoweredBlock block_of(const lower::LoweredVariable& variable) {
  lower::LoweredBlock block;
  block.type = "variable";
  block.labels = {variable.name};
  block.from = variable.from;
  auto& lines = block.assignments;
  lines.push_back(assignment("type", values::to_string(variable.type, values::Refinements::Drop)));
  if (!variable.description.empty()) {
    lines.push_back(assignment("description", values::quote_hcl(variable.description)));
  }
  if (variable.sensitive) lines.push_back(assignment("sensitive", "true"));
  if (variable.ephemeral) lines.push_back(assignment("ephemeral", "true"));
  if (!variable.nullable) lines.push_back(assignment("nullable", "false"));
  block.blocks = variable.validations;
  return block;
}

}  // namespace

FileText variables_tf(const lower::LoweredRoot& root, Formatter& formatter) {
  FileText file(root.origin, root.from);
  for (const lower::LoweredVariable& variable : root.variables)
    file.add(formatted_block(block_of(variable), formatter));
  return file;
}

}  // namespace space::emit
