#include "compiler/driver/find_sources.h"

#include <algorithm>

#include "core/base/strings.h"

namespace space::driver {

namespace {

void search(const base::FileSystem& files, const std::string& folder, const std::string& out,
            diagnostics::DiagnosticSink& sink, std::vector<std::string>& found) {
  const auto entries = files.list(folder);
  if (!entries) {
    sink.report(diagnostics::unreadable_source, source::Span(), folder, entries.error().message)
        .help(entries.error().help);
    return;
  }
  for (const base::DirectoryEntry& entry : *entries) {
    if (entry.name.starts_with(".")) continue;
    const std::string path = base::join_path(folder, entry.name);
    if (entry.kind == base::FileKind::Directory) {
      if (path != out) search(files, path, out, sink, found);
    } else if (entry.name.ends_with(".space") && entry.kind != base::FileKind::Other) {
      found.push_back(path);
    }
  }
}

}  // namespace

std::vector<std::string> find_sources(const base::FileSystem& files,
                                      const std::vector<std::string>& paths, const std::string& out,
                                      diagnostics::DiagnosticSink& sink) {
  std::vector<std::string> found;
  const std::string out_folder = base::normalize_path(out);
  std::size_t unreadable = 0;
  for (const std::string& given : paths) {
    const std::string path = base::normalize_path(given);
    const base::FileKind kind = files.stat(path).kind;
    if (kind == base::FileKind::Missing || kind == base::FileKind::Other) {
      ++unreadable;
      sink.report(diagnostics::unreadable_source, source::Span(), given,
                  kind == base::FileKind::Missing ? "there is no such file or folder"
                                                  : "it is neither a file nor a folder")
          .help("name a `.space` file, or a folder that holds some");
    } else if (kind == base::FileKind::Regular) {
      found.push_back(path);
    } else {
      search(files, path, out_folder, sink, found);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (found.empty() && unreadable == 0) {
    sink.report(diagnostics::no_sources, source::Span(), base::list_names(paths))
        .help("write one: docs/tutorial.md begins with twelve lines");
  }
  return found;
}

}  // namespace space::driver
