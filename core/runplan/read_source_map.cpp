#include <limits>

#include "core/runplan/read_parts.h"
#include "core/runplan/source_map.h"

namespace space::runplan {

namespace {

std::uint32_t read_u32(JsonReader& in) {
  std::int64_t value = 0;
  if (!in.next_element()) {
    in.fail("a mapping with too few numbers");
    return 0;
  }
  if (in.read(value) && (value < 0 || value > std::numeric_limits<std::uint32_t>::max()))
    in.fail("a number out of range");
  return in.failed() ? 0 : static_cast<std::uint32_t>(value);
}

void read_mapping(JsonReader& in, const std::vector<std::string>& sources, Mapping& mapping) {
  if (!in.begin_array()) return;
  mapping.begin = read_u32(in);
  mapping.end = read_u32(in);
  const std::uint32_t source = read_u32(in);
  mapping.source_begin = read_u32(in);
  mapping.source_end = read_u32(in);
  mapping.line = read_u32(in);
  mapping.column = read_u32(in);
  const std::uint32_t kind = read_u32(in);
  if (in.failed()) return;
  if (source >= sources.size() || kind >= k_mapping_kinds.size()) {
    in.fail("a mapping to nowhere");
    return;
  }
  mapping.file = sources[source];
  mapping.kind = static_cast<MappingKind>(kind);
  while (in.next_element()) in.skip();  // room for what a later version adds
}

}  // namespace

base::Result<SourceMap> read_source_map(std::string_view json) {
  SourceMap map;
  JsonReader in(json);
  std::string key, schema;
  std::vector<std::string> sources;
  if (in.begin_object()) {
    while (in.next_member(key)) {
      if (key == "schema") {
        if (in.read(schema) && schema != "space.source-map/1")
          in.fail("`" + schema + "` is not known to this version");
      } else if (key == "sources") {
        read_strings(in, sources);
      } else if (key == "files") {
        if (!in.begin_object()) break;
        while (in.next_member(key)) {
          read_list(in, map.files[key], [&](JsonReader& from, Mapping& mapping) {
            read_mapping(from, sources, mapping);
          });
        }
      } else {
        in.skip();
      }
    }
  }
  in.finish();
  if (!in.failed() && schema.empty()) in.fail("no `schema`");
  if (in.failed())
    return base::Error{"the source map cannot be read: " + in.error(),
                       "write it again with `spacec build`"};
  return map;
}

// Mappings are sorted by begin, outer ones first, so the last that covers the range is the
// innermost.
const Mapping* remap(const SourceMap& map, std::string_view generated_file, std::uint32_t begin,
                     std::uint32_t end) {
  const auto found = map.files.find(std::string(generated_file));
  if (found == map.files.end()) return nullptr;
  const Mapping* best = nullptr;
  for (const Mapping& mapping : found->second) {
    if (mapping.begin > begin) break;
    if (mapping.end < end) continue;
    if (best == nullptr || mapping.end - mapping.begin <= best->end - best->begin) best = &mapping;
  }
  return best;
}

}  // namespace space::runplan
