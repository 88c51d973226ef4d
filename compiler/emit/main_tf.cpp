// main.tf: locals, the module that the procedure calls, and blocks in place as they stand in the
// source.
#include "compiler/emit/artefacts.h"

namespace space::emit {

FileText main_tf(const lower::LoweredRoot& root, Formatter& formatter) {
  FileText file(root.origin, root.from);
  if (!root.locals.empty()) {
    ChunkWriter out;
    out.raw("locals {\n");
    out.assignments(root.locals, 2);
    out.raw("}\n");
    file.add(formatter.format(out.take()));
  }
  for (const lower::LoweredBlock& call : root.calls) file.add(formatted_block(call, formatter));
  if (!root.body.empty()) {
    ChunkWriter out;
    out.body(root.body);
    file.add(formatter.format(out.take()));
  }
  return file;
}

}  // namespace space::emit
