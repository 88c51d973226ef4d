// backend.tf: where the state lies and how it is encrypted: all that differs between environments
// but for values.
#include "compiler/emit/artefacts.h"

namespace space::emit {

FileText backend_tf(const lower::LoweredRoot& root, Formatter& formatter) {
  FileText file(root.origin, root.from);
  ChunkWriter out;
  out.raw("terraform {\n");
  out.block(root.backend, 2);
  for (const lower::LoweredBlock& block : root.encryption) {
    out.raw("\n");
    out.block(block, 2);
  }
  out.raw("}\n");
  file.add(formatter.format(out.take()));
  return file;
}

}  // namespace space::emit
