#include "support.h"

#include <fmt/core.h>

#include "core/diagnostics/sink.h"

using namespace space;

Read read(const Files& files, const std::string& path, const std::set<std::string>& executable) {
  Read result;
  base::MemoryFileSystem disk;
  for (const auto& [name, bytes] : files) {
    disk.add("project/" + name, bytes,
             executable.contains(name) ? base::FileMode::Executable : base::FileMode::Plain);
  }
  const source::FileId user = result.sources.add("main.space", "source = \"./modules/a\"\n");
  diagnostics::CollectingSink sink;
  result.module = modules::read_module(disk, "project", path, {user, 9, 22}, result.sources, sink);
  for (const diagnostics::Diagnostic& diagnostic : sink.finish(result.sources)) {
    const source::SourceFile& file = result.sources.file(diagnostic.primary.span.file);
    const source::Position at = file.position(diagnostic.primary.span.begin);
    std::string line = fmt::format("{}:{}:{} {} {}", file.path(), at.line, at.column,
                                   diagnostic.descriptor->code, diagnostic.message);
    for (const diagnostics::Label& label : diagnostic.related) {
      if (label.span.file == user) line += " (used)";
    }
    result.diagnostics.push_back(std::move(line));
  }
  return result;
}
