// outputs.tf: what later stages and other missions may read.
#include "compiler/emit/artefacts.h"
#include "core/values/render.h"

namespace space::emit {

namespace {

lower::LoweredBlock block_of(const lower::LoweredOutput& output) {
  lower::LoweredBlock block;
  block.type = "output";
  block.labels = {output.name};
  block.from = output.from;
  auto& lines = block.assignments;
  lower::Assignment value;
  value.name = "value";
  value.text = output.value;
  value.from = output.from;
  lines.push_back(std::move(value));
  if (!output.description.empty())
    lines.push_back(assignment("description", values::quote_hcl(output.description)));
  if (output.sensitive) lines.push_back(assignment("sensitive", "true"));
  return block;
}

}  // namespace

FileText outputs_tf(const lower::LoweredRoot& root, Formatter& formatter) {
  FileText file(root.origin, root.from);
  for (const lower::LoweredOutput& output : root.outputs)
    file.add(formatted_block(block_of(output), formatter));
  return file;
}

}  // namespace space::emit
