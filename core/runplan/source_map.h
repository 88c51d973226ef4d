// SourceMap: from bytes of generated files to bytes of `.space` files, one a flight
// (`out/maps/ENV/SPACE/MISSION.json`, `space.source-map/1`). A tofu diagnostic names a generated
// file and a byte range; remap gives the innermost source. verbatim: text passed through, exact to
// the byte; derived: made from that argument; synthetic: made by the compiler for that block.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace space::runplan {

enum class MappingKind : std::uint8_t { Verbatim, Derived, Synthetic };

struct Mapping {
  std::uint32_t begin = 0;  // in the generated file, bytes
  std::uint32_t end = 0;
  std::string file;  // the `.space` file, relative to the project
  std::uint32_t source_begin = 0;
  std::uint32_t source_end = 0;
  std::uint32_t line =
      1;  // of source_begin: 1-based line and column in code points, so the runner needs no text
  std::uint32_t column = 1;
  MappingKind kind = MappingKind::Synthetic;
};

struct SourceMap {
  std::map<std::string, std::vector<Mapping>>
      files;  // generated path relative to out/; mappings sorted by begin, outer first
};

std::string write_source_map(const SourceMap& map);
base::Result<SourceMap> read_source_map(std::string_view json);

// The innermost mapping that covers [begin, end) of a generated file.
const Mapping* remap(const SourceMap& map, std::string_view generated_file, std::uint32_t begin,
                     std::uint32_t end);

}  // namespace space::runplan
