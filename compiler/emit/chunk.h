// Chunk: one piece of a generated file (a block, a list of assignments, a body) as text, with marks
// that say which bytes came from where. In: what was lowered. Out: text laid out as `tofu fmt`
// would, and whether it still has to go through the formatter because it holds text of the user's
// own whose layout is not known. No disk, no formatter here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/lower/lowered_roots.h"

namespace space::emit {

// Bytes [begin, end) of a generated text and the source they came from.
struct Mark {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  source::Span from;
  runplan::MappingKind kind = runplan::MappingKind::Synthetic;
};

struct Chunk {
  std::string text;
  std::vector<Mark> marks;  // outer before inner
  bool needs_format = false;
};

// True where `tofu fmt` surely leaves a one-line expression as it is: names, numbers, strings,
// calls, lists, no more. False says nothing.
bool is_plainly_formatted(std::string_view expression);

class ChunkWriter {
 public:
  void raw(std::string_view text) { chunk_.text += text; }
  void text(const lower::Text& text, std::size_t indent);  // an expression, after its `=`
  void body(const lower::Text& text);  // whole blocks of the user's, always to be formatted
  // Assignments one a line, `=` aligned over neighbouring one-line ones.
  void assignments(const std::vector<lower::Assignment>& list, std::size_t indent);
  void block(const lower::LoweredBlock& block, std::size_t indent);
  void header(std::string_view type, const std::vector<std::string>& labels, std::size_t indent);

  std::size_t begin_mark(source::Span from, runplan::MappingKind kind);
  void end_mark(std::size_t mark) {
    chunk_.marks[mark].end = static_cast<std::uint32_t>(chunk_.text.size());
  }

  Chunk take() { return std::move(chunk_); }

 private:
  void piece(const lower::Piece& piece);

  Chunk chunk_;
};

// `name = text` where the text is ours.
lower::Assignment assignment(std::string name, std::string text, source::Span from = {});

}  // namespace space::emit
