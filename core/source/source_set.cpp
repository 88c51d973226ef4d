#include "core/source/source_set.h"

#include <algorithm>

namespace space::source {

namespace {

constexpr std::uint32_t k_block = 4096;

}  // namespace

const std::vector<std::uint32_t>& SourceFile::line_starts() const {
  std::call_once(lines_once_, [this] {
    line_starts_.push_back(0);
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (text_[i] == '\n') line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
    }
  });
  return line_starts_;
}

SourceFile::Counts SourceFile::count(std::uint32_t begin, std::uint32_t end) const {
  Counts counts;
  for (std::uint32_t i = begin; i < end; ++i) {
    const auto byte = static_cast<unsigned char>(text_[i]);
    if ((byte & 0xC0) == 0x80) continue;  // a continuation byte
    ++counts.points;
    counts.utf16 += byte >= 0xF0 ? 2 : 1;
  }
  return counts;
}

SourceFile::Counts SourceFile::count_before(std::uint32_t offset) const {
  std::call_once(blocks_once_, [this] {
    blocks_.push_back({});
    const auto size = static_cast<std::uint32_t>(text_.size());
    for (std::uint32_t begin = 0; size - begin >= k_block; begin += k_block) {
      const Counts one = count(begin, begin + k_block);
      blocks_.push_back({blocks_.back().points + one.points, blocks_.back().utf16 + one.utf16});
    }
  });
  const std::uint32_t block = offset / k_block;
  const Counts rest = count(block * k_block, offset);
  return {blocks_[block].points + rest.points, blocks_[block].utf16 + rest.utf16};
}

Position SourceFile::position(std::uint32_t offset) const {
  const auto& starts = line_starts();
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - starts.begin());
  const std::uint32_t start = starts[line - 1];
  Counts counts;
  if (offset - start < 2 * k_block) {
    counts = count(start, offset);
  } else {
    const Counts before = count_before(start);
    const Counts up_to = count_before(offset);
    counts = {up_to.points - before.points, up_to.utf16 - before.utf16};
  }
  return {line, counts.points + 1, counts.utf16, offset};
}

std::uint32_t SourceFile::line_start(std::uint32_t line) const { return line_starts()[line - 1]; }

std::uint32_t SourceFile::line_count() const {
  return static_cast<std::uint32_t>(line_starts().size());
}

std::string_view SourceFile::line_text(std::uint32_t line) const {
  const auto& starts = line_starts();
  if (line == 0 || line > starts.size()) return {};
  const std::size_t begin = starts[line - 1];
  std::size_t end = line < starts.size() ? starts[line] - 1 : text_.size();
  if (end > begin && text_[end - 1] == '\r') --end;
  return std::string_view(text_).substr(begin, end - begin);
}

FileId SourceSet::add(std::string path, std::string text) {
  const FileId id(files_.size());
  const SourceFile& file = files_.emplace_back(std::move(path), std::move(text));
  newest_.insert_or_assign(file.path(), id);
  return id;
}

FileId SourceSet::put(std::string_view path, std::string text) {
  const auto id = find(path);
  return id && file(*id).text() == text ? *id : add(std::string(path), std::move(text));
}

std::optional<FileId> SourceSet::find(std::string_view path) const {
  const auto found = newest_.find(path);
  return found == newest_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace space::source
