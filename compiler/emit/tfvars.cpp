// terraform.tfvars: this environment's values, each variable that takes one from there, defaults
// too: so that two environments along a promotion have the same keys.
#include <variant>

#include "compiler/emit/artefacts.h"
#include "core/values/render.h"

namespace space::emit {

FileText terraform_tfvars(const lower::LoweredRoot& root, Formatter& formatter) {
  FileText file(root.origin, root.from);
  std::vector<lower::Assignment> lines;
  for (const lower::LoweredVariable& variable : root.variables) {
    if (const auto* given = std::get_if<runplan::FromValues>(&variable.source)) {
      lines.push_back(assignment(variable.name, values::to_hcl(given->value), variable.from));
    }
  }
  if (lines.empty()) return file;
  ChunkWriter out;
  out.assignments(lines, 0);
  file.add(formatter.format(out.take()));
  return file;
}

}  // namespace space::emit
