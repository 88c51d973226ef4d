#include "compiler/modules/copied_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "core/base/hash.h"

namespace space::modules {

namespace {

constexpr int k_deepest = 64;

bool is_left_out(std::string_view name) {
  return name.starts_with('.') || name.find(".tfstate") != std::string_view::npos;
}

bool lies_in(std::string_view path, std::string_view folder) {
  return path == folder ||
         (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

std::string common_folder(const std::vector<std::string>& folders) {
  std::string unit = folders.front();
  for (const std::string& folder : folders) {
    while (unit != "." && !lies_in(folder, unit)) unit = base::parent_path(unit);
  }
  return unit;
}

class FileCollector {
 public:
  FileCollector(const base::FileSystem& files, const std::string& project_folder,
                source::Span used_at, model::ModuleInterface& into, ModuleSink& sink)
      : files_(files),
        project_folder_(project_folder),
        used_at_(used_at),
        into_(into),
        sink_(sink) {}

  void add_folder(const std::string& folder, int depth) {
    const auto entries = files_.list(base::join_path(project_folder_, folder));
    if (!entries || depth > k_deepest) {
      sink_.report(
          diagnostics::unreadable_module, used_at_, folder,
          entries ? std::string("its folders are nested too deeply") : entries.error().message);
      return;
    }
    for (const base::DirectoryEntry& entry : *entries) {
      if (is_left_out(entry.name)) continue;
      const std::string path = base::join_path(folder, entry.name);
      if (entry.kind == base::FileKind::Directory) {
        add_folder(path, depth + 1);
      } else {
        add_file(path);
      }
    }
  }

 private:
  void add_file(const std::string& path) {
    const std::string full = base::join_path(project_folder_, path);
    auto bytes = files_.read(full);
    if (!bytes) {
      sink_.report(diagnostics::unreadable_module, used_at_, base::parent_path(path),
                   fmt::format("{}: {}", base::file_name(path), bytes.error().message));
      return;
    }
    const auto mode =
        files_.is_executable(full) ? base::FileMode::Executable : base::FileMode::Plain;
    into_.files.emplace(base::relative_path(into_.unit, path),
                        model::ModuleFile{std::move(*bytes), mode});
  }

  const base::FileSystem& files_;
  const std::string& project_folder_;
  source::Span used_at_;
  model::ModuleInterface& into_;
  ModuleSink& sink_;
};

std::string digest_of(const model::ModuleFiles& files) {
  std::string all;
  for (const auto& [path, file] : files) {
    all += path;
    all += '\0';
    all += std::to_string(file.bytes.size());
    if (file.mode == base::FileMode::Executable) all += 'x';
    all += '\0';
    all += file.bytes;
  }
  return base::sha256_hex(all);
}

}  // namespace

void collect_files(const base::FileSystem& files, const std::string& project_folder,
                   std::vector<std::string> folders, source::Span used_at,
                   model::ModuleInterface& into, ModuleSink& sink) {
  const std::string own = folders.front();
  into.unit = common_folder(folders);
  into.entry = base::relative_path(into.unit, own);
  // A folder inside another one comes with it.
  std::sort(folders.begin(), folders.end());
  std::vector<std::string> outermost;
  for (std::string& folder : folders) {
    const bool inside =
        std::any_of(outermost.begin(), outermost.end(),
                    [&](const std::string& outer) { return lies_in(folder, outer); });
    if (!inside) outermost.push_back(std::move(folder));
  }
  FileCollector collector(files, project_folder, used_at, into, sink);
  for (const std::string& folder : outermost) collector.add_folder(folder, 0);
  into.digest = digest_of(into.files);
}

}  // namespace space::modules
