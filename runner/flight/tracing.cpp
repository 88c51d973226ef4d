#include "runner/flight/tracing.h"

#include "core/base/strings.h"

namespace space::flight {

namespace {

// The line itself, of a snippet or of a file.
std::string line_of(const std::string& text, std::uint32_t line) {
  const auto lines = base::split(text, '\n');
  return line >= 1 && line <= lines.size() ? std::string(lines[line - 1]) : "";
}

}  // namespace

const runplan::SourceMap& Tracer::map_of(const std::string& flight) {
  const auto known = maps_.find(flight);
  if (known != maps_.end()) return known->second;
  runplan::SourceMap map;
  runplan::Flight wanted;
  wanted.id = flight;
  if (const auto text = files_.read(workspace_.map_file(wanted))) {
    if (auto read = runplan::read_source_map(*text)) map = std::move(*read);
  }
  return maps_.emplace(flight, std::move(map)).first->second;
}

runplan::RunDiagnostic Tracer::trace(const runplan::Root& root,
                                     const runplan::TofuDiagnostic& diagnostic) {
  runplan::RunDiagnostic traced;
  traced.is_error = diagnostic.is_error;
  traced.summary = scrubber_.scrub(diagnostic.summary);
  traced.detail = scrubber_.scrub(diagnostic.detail);
  traced.address = diagnostic.address;
  traced.snippet = scrubber_.scrub(diagnostic.snippet);
  if (diagnostic.file.empty()) return traced;
  traced.generated_file = base::relative_path(
      workspace_.out, base::join_path(workspace_.root_folder(root), diagnostic.file));
  traced.generated_line = diagnostic.line;
  const runplan::Mapping* mapping =
      runplan::remap(map_of(root.flight), traced.generated_file, diagnostic.begin, diagnostic.end);
  if (mapping == nullptr) return traced;
  const std::string source_file = base::join_path(workspace_.project, mapping->file);
  traced.file = workspace_.shown(source_file);
  traced.line = mapping->line;
  traced.column = mapping->column;
  if (const auto source = files_.read(source_file)) {
    const std::string line = line_of(*source, mapping->line);
    if (!line.empty()) traced.snippet = scrubber_.scrub(line);
  }
  return traced;
}

}  // namespace space::flight
