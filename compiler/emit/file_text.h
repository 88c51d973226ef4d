// FileText: a whole generated file: its first line, then chunks with an empty line between them.
// In: formatted chunks. Out: bytes and marks. A file without a chunk is none and is not written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/emit/chunk.h"

namespace space::emit {

class FileText {
 public:
  // `origin` is the `.space` file that the first line names; `from` stands behind every byte that
  // nothing else claims.
  FileText(std::string_view origin, source::Span from);

  void add(const Chunk& chunk);

  bool empty() const { return chunks_ == 0; }
  const std::string& text() const { return text_; }
  const std::vector<Mark>& marks() const { return marks_; }
  std::string take_text() { return std::move(text_); }
  std::vector<Mark> take_marks() { return std::move(marks_); }

 private:
  std::string text_;
  std::vector<Mark> marks_;
  std::size_t chunks_ = 0;
};

// The words of a generated file's first line, without what makes it a comment.
std::string first_line(std::string_view origin);

}  // namespace space::emit
