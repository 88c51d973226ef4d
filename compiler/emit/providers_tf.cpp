// providers.tf and imports.tf: blocks of one kind, each formatted by itself, as the run plan holds
// the same text.
#include "compiler/emit/artefacts.h"

namespace space::emit {

namespace {

FileText file_of(const lower::LoweredRoot& root, const std::vector<Chunk>& blocks) {
  FileText file(root.origin, root.from);
  for (const Chunk& block : blocks) file.add(block);
  return file;
}

}  // namespace

Chunk formatted_block(const lower::LoweredBlock& block, Formatter& formatter) {
  ChunkWriter out;
  out.block(block, 0);
  return formatter.format(out.take());
}

std::vector<Chunk> formatted_blocks(const std::vector<lower::LoweredBlock>& blocks,
                                    Formatter& formatter) {
  std::vector<Chunk> chunks;
  chunks.reserve(blocks.size());
  for (const lower::LoweredBlock& block : blocks)
    chunks.push_back(formatted_block(block, formatter));
  return chunks;
}

FileText providers_tf(const lower::LoweredRoot& root, const std::vector<Chunk>& blocks) {
  return file_of(root, blocks);
}

FileText imports_tf(const lower::LoweredRoot& root, const std::vector<Chunk>& blocks) {
  return file_of(root, blocks);
}

}  // namespace space::emit
