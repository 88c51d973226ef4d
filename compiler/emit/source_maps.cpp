#include "compiler/emit/source_maps.h"

#include <algorithm>

#include "compiler/emit/artefacts.h"

namespace space::emit {

void SourceMapMaker::add(const std::string& generated_path, std::vector<Mark> marks) {
  std::erase_if(marks,
                [](const Mark& mark) { return !mark.from.valid() || mark.begin >= mark.end; });
  // Outer first; of two that cover the same bytes the one made later is the inner one.
  std::ranges::stable_sort(marks, [](const Mark& a, const Mark& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  if (marks.empty()) return;
  auto& mappings = map_.files[generated_path];
  mappings.reserve(marks.size());
  for (const Mark& mark : marks) {
    const source::SourceFile& file = sources_.file(mark.from.file);
    const source::Position position = file.position(mark.from.begin);
    mappings.push_back({mark.begin, mark.end,
                        std::string(path_in_project(file.path(), project_folder_)), mark.from.begin,
                        mark.from.end, position.line, position.column, mark.kind});
  }
}

std::string SourceMapMaker::take() {
  std::string json = runplan::write_source_map(map_);
  map_ = {};
  return json;
}

}  // namespace space::emit
