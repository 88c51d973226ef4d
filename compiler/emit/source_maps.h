// Source maps: marks of generated files as mappings with lines and columns, a map a flight. In:
// marks in bytes and the sources. Out: JSON for out/maps/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/emit/chunk.h"
#include "core/source/source_set.h"

namespace space::emit {

class SourceMapMaker {
 public:
  SourceMapMaker(const source::SourceSet& sources, std::string_view project_folder)
      : sources_(sources), project_folder_(project_folder) {}

  void add(const std::string& generated_path, std::vector<Mark> marks);
  std::string take();  // the map of all that was added since the last one

 private:
  const source::SourceSet& sources_;
  std::string_view project_folder_;
  runplan::SourceMap map_;
};

}  // namespace space::emit
