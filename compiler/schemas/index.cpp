#include "compiler/schemas/index.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace space::schemas {

namespace {

using model::SchemaKind;

// Up to the next `end`, which is dropped too.
std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return part;
}

std::optional<SchemaKind> kind_of(std::string_view word) {
  const std::size_t found = std::string_view("prde").find(word);
  if (word.size() != 1 || found == std::string_view::npos) return std::nullopt;
  return static_cast<SchemaKind>(found);
}

}  // namespace

base::Result<Index> Index::open(std::string_view text) {
  Index index;
  std::string_view head = take_until(text, '\n');
  if (take_until(head, ' ') != k_index_format) {
    return base::Error{"it is no index of schemas of this version",
                       "`spacec schema add` writes one"};
  }
  index.source_ = take_until(head, ' ');
  index.version_ = head;
  while (!text.empty()) {
    std::string_view line = take_until(text, '\n');
    const auto kind = kind_of(take_until(line, ' '));
    if (!kind) return base::Error{"it has a line that is no schema", ""};
    const std::string_view type = take_until(line, ' ');
    index.lines_.push_back({*kind, type, line});
  }
  std::sort(index.lines_.begin(), index.lines_.end(), [](const Line& a, const Line& b) {
    return std::tie(a.kind, a.type) < std::tie(b.kind, b.type);
  });
  return index;
}

std::vector<std::string> Index::names(SchemaKind kind) const {
  std::vector<std::string> names;
  for (const Line& line : lines_) {
    if (line.kind == kind) names.emplace_back(line.type);
  }
  return names;
}

base::Result<std::shared_ptr<const model::BlockSchema>> Index::find(SchemaKind kind,
                                                                    std::string_view type) const {
  const auto found = std::lower_bound(
      lines_.begin(), lines_.end(), std::tie(kind, type),
      [](const Line& line, const auto& wanted) { return std::tie(line.kind, line.type) < wanted; });
  if (found == lines_.end() || found->kind != kind || found->type != type)
    return std::shared_ptr<const model::BlockSchema>();
  SPACE_TRY(auto block, read_block(found->block));
  return std::make_shared<const model::BlockSchema>(std::move(block));
}

}  // namespace space::schemas
