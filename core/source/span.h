// Span: a piece of one source file, as two byte offsets. Lines and columns are made at the edge, by
// LineTable.
#pragma once

#include <compare>
#include <cstdint>

#include "core/base/ids.h"

namespace space::source {

struct FileTag;
using FileId = base::Id<FileTag>;

struct Span {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  // exclusive

  bool valid() const { return file.valid(); }
  std::uint32_t size() const { return end - begin; }
  bool contains(Span other) const {
    return file == other.file && begin <= other.begin && other.end <= end;
  }
  friend auto operator<=>(const Span&, const Span&) = default;
};

inline Span join(Span first, Span last) { return {first.file, first.begin, last.end}; }

}  // namespace space::source
