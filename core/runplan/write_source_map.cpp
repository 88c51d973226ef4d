#include <map>

#include "core/runplan/json_writer.h"
#include "core/runplan/source_map.h"

namespace space::runplan {

// {"schema":…,"sources":[…],"files":{"PATH":[[begin,end,source,source_begin,source_end,line,column,kind],…]}}
std::string write_source_map(const SourceMap& map) {
  std::map<std::string_view, std::int64_t> sources;
  for (const auto& [path, mappings] : map.files) {
    for (const Mapping& mapping : mappings) sources.emplace(mapping.file, 0);
  }
  JsonWriter out;
  out.begin_object();
  out.line();
  out.member("schema", "space.source-map/1");
  out.line();
  out.key("sources");
  out.begin_array();
  std::int64_t next = 0;
  for (auto& [file, number] : sources) {
    number = next++;
    out.string(file);
  }
  out.end_array();
  out.line();
  out.key("files");
  out.begin_object();
  for (const auto& [path, mappings] : map.files) {
    out.line();
    out.key(path);
    out.begin_array();
    for (const Mapping& mapping : mappings) {
      out.begin_array();
      out.integer(mapping.begin);
      out.integer(mapping.end);
      out.integer(sources[mapping.file]);
      out.integer(mapping.source_begin);
      out.integer(mapping.source_end);
      out.integer(mapping.line);
      out.integer(mapping.column);
      out.integer(static_cast<std::int64_t>(mapping.kind));
      out.end_array();
    }
    out.end_array();
  }
  if (!map.files.empty()) out.line();
  out.end_object();
  out.line();
  out.end_object();
  std::string text = out.take();
  text += '\n';
  return text;
}

}  // namespace space::runplan
