// SourceSet: every file of one compilation, each with its text and a line table made when first
// asked. Files are added in any order; a FileId is an index into the set, and stays good. A path's
// text may be replaced: the newest is found, the older ones are kept for what was made of them.
// Paths are as the user would write them: relative to the project, forward slashes; the standard
// library's begin with `std/`.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/source/span.h"

namespace space::source {

// Where an offset lies. Lines and columns count from 1; `column` counts code points, `utf16` UTF-16
// code units from 0 (LSP), `byte` is the offset itself.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t utf16 = 0;
  std::uint32_t byte = 0;
};

class SourceFile {
 public:
  SourceFile(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {}

  const std::string& path() const { return path_; }
  std::string_view text() const { return text_; }
  std::string_view text(Span span) const {
    return std::string_view(text_).substr(span.begin, span.end - span.begin);
  }

  Position position(std::uint32_t offset) const;
  std::string_view line_text(std::uint32_t line) const;  // without its newline
  std::uint32_t line_start(std::uint32_t line) const;
  std::uint32_t line_count() const;

 private:
  // How many code points and UTF-16 units lie before an offset.
  struct Counts {
    std::uint32_t points = 0;
    std::uint32_t utf16 = 0;
  };

  const std::vector<std::uint32_t>& line_starts() const;
  Counts count(std::uint32_t begin, std::uint32_t end) const;
  Counts count_before(std::uint32_t offset) const;
  std::string path_;
  std::string text_;
  // Made at the first question, which several threads may ask. Blocks are for lines of megabytes:
  // each position there would cost the whole line.
  mutable std::once_flag lines_once_, blocks_once_;
  mutable std::vector<std::uint32_t> line_starts_;
  mutable std::vector<Counts> blocks_;
};

class SourceSet {
 public:
  FileId add(std::string path, std::string text);
  // The newest file of that path where its text is this one, else a new one.
  FileId put(std::string_view path, std::string text);
  const SourceFile& file(FileId id) const { return files_[id.index()]; }
  std::size_t size() const { return files_.size(); }
  std::string_view text(Span span) const { return file(span.file).text(span); }
  std::optional<FileId> find(std::string_view path) const;  // the newest

 private:
  std::deque<SourceFile> files_;  // stable addresses: string_views into texts stay good
  std::unordered_map<std::string_view, FileId> newest_;  // by their own paths
};

}  // namespace space::source
