#include "compiler/modules/read_module.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <vector>

#include "compiler/modules/copied_files.h"
#include "compiler/modules/folder.h"
#include "compiler/modules/interface.h"
#include "compiler/modules/literal.h"
#include "compiler/modules/providers.h"

namespace space::modules {

namespace {

bool is_local(std::string_view source) {
  return source.starts_with("./") || source.starts_with("../") || source == "." || source == "..";
}
bool escapes(std::string_view path) {
  return path == ".." || path.starts_with("../") || path.starts_with('/');
}

bool is_exact_version(std::string_view version) {
  if (version.starts_with('=')) version.remove_prefix(1);
  while (version.starts_with(' ')) version.remove_prefix(1);
  return !version.empty() && version.find_first_not_of("0123456789.") == std::string_view::npos &&
         std::count(version.begin(), version.end(), '.') == 2;
}

bool is_commit(std::string_view ref) {
  return ref.size() == 40 && ref.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Does this address always give the same bytes? A registry's exact version, a commit of git, an OCI
// digest.
bool is_pinned(const std::string& source, const std::string& version) {
  if (!version.empty()) return is_exact_version(version);
  const std::size_t ref = source.find("?ref=");
  if (ref != std::string::npos)
    return is_commit(std::string_view(source).substr(ref + 5, source.find('&', ref) - ref - 5));
  return source.find("digest=sha256:") != std::string::npos;
}

class ModuleReader {
 public:
  ModuleReader(const base::FileSystem& files, const std::string& project_folder,
               source::Span used_at, source::SourceSet& sources, ModuleSink& sink)
      : files_(files),
        project_folder_(project_folder),
        used_at_(used_at),
        sources_(sources),
        sink_(sink) {}

  model::ModuleInterface read(const std::string& path) {
    visit(path, used_at_);
    for (std::size_t next = 0; next < waiting_.size(); ++next) {
      const Waiting at = waiting_[next];
      ReadFolder& read = folders_[at.path];
      read.folder =
          read_folder(files_, project_folder_, at.path, at.path, at.used_at, sources_, sink_);
      read.variables = read_variables(read.folder, at.path, sink_);
      add_providers(read.folder, next == 0 ? Role::Entry : Role::Inner, interface_.providers);
      for (const NamedBlock& call : read.folder.calls) follow(read.folder, call);
    }
    read_interface(folders_[path], folders_, interface_);
    sort_providers(interface_.providers);
    std::sort(interface_.floating.begin(), interface_.floating.end());
    if (sink_.failed()) return {};
    std::vector<std::string> folders;
    for (const Waiting& at : waiting_) folders.push_back(at.path);
    collect_files(files_, project_folder_, std::move(folders), used_at_, interface_, sink_);
    return std::move(interface_);
  }

 private:
  struct Waiting {
    std::string path;
    source::Span used_at;  // the `source` that led there
  };

  void visit(const std::string& path, source::Span used_at) {
    if (seen_.insert(path).second) waiting_.push_back({path, used_at});
  }

  void follow(const ModuleFolder& in, const NamedBlock& call) {
    const std::string& folder = in.path;
    const Argument* argument = call.find("source");
    if (argument == nullptr) {
      sink_.report(diagnostics::module_syntax, call.header, folder,
                   fmt::format("module `{}` has no `source`", call.name));
      return;
    }
    const auto source = text_of(in.expressions, argument->value);
    if (!source) {
      interface_.floating.push_back(
          fmt::format("the source of module `{}` in `{}` is no literal", call.name, folder));
      return;
    }
    const source::Span written = in.expressions[argument->value].span;
    if (!is_local(*source) && !source->starts_with('/')) {
      const Argument* wanted = call.find("version");
      const std::string version =
          wanted == nullptr ? "" : text_of(in.expressions, wanted->value).value_or("");
      if (!is_pinned(*source, version)) {
        interface_.floating.push_back(
            fmt::format("module `{}` in `{}` comes from `{}`, which is not pinned", call.name,
                        folder, *source));
      }
      return;
    }
    const std::string path = base::join_path(folder, *source);
    if (escapes(path)) {
      sink_.report(diagnostics::module_escapes, written, folder, *source)
          .help("move that module into the project, or use a pinned remote source");
      return;
    }
    visit(path, written);
  }

  const base::FileSystem& files_;
  const std::string& project_folder_;
  source::Span used_at_;
  source::SourceSet& sources_;
  ModuleSink& sink_;
  model::ModuleInterface interface_;
  std::vector<Waiting> waiting_;
  std::set<std::string> seen_;
  ReadFolders folders_;
};

}  // namespace

std::optional<model::ModuleInterface> read_module(const base::FileSystem& files,
                                                  const std::string& project_folder,
                                                  const std::string& path, source::Span used_at,
                                                  source::SourceSet& sources,
                                                  diagnostics::DiagnosticSink& sink) {
  ModuleSink inner(sink, used_at);
  if (escapes(path)) {
    inner.report(diagnostics::module_escapes, used_at, path, path)
        .help("move the module into the project, or use a pinned remote source");
    return std::nullopt;
  }
  if (path == ".") {
    inner.report(diagnostics::unreadable_module, used_at, path,
                 "it is the project's own folder, and a module needs one of its own");
    return std::nullopt;
  }
  model::ModuleInterface interface =
      ModuleReader(files, project_folder, used_at, sources, inner).read(path);
  if (inner.failed()) return std::nullopt;
  return interface;
}

}  // namespace space::modules
