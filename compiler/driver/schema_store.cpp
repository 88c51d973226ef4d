#include "compiler/driver/schema_store.h"

#include <fmt/core.h>

#include "compiler/model/queries.h"
#include "compiler/schemas/index.h"
#include "compiler/schemas/read_tofu_json.h"
#include "core/base/strings.h"
#include "core/runplan/dependency_lock.h"
#include "stdlib/stdlib.h"

namespace space::driver {

namespace {

constexpr std::string_view k_compiled_in = "schemas/";
constexpr int k_depth = 4;  // HOST/NAMESPACE/NAME/VERSION.schema

void add_project_files(const base::FileSystem& files, const std::string& folder,
                       const std::string& inside, int depth,
                       std::vector<schemas::IndexFile>& found) {
  const auto entries = files.list(base::join_path(folder, inside));
  if (!entries) return;
  for (const base::DirectoryEntry& entry : *entries) {
    const std::string path = inside.empty() ? entry.name : inside + "/" + entry.name;
    if (entry.kind == base::FileKind::Directory) {
      if (depth < k_depth) add_project_files(files, folder, path, depth + 1, found);
      continue;
    }
    auto file = schemas::index_file_of(path);
    if (!file) continue;
    file->origin = schemas::Origin::Project;
    file->path = base::join_path(folder, path);
    file->read = [&files, at = file->path] { return files.read(at); };
    found.push_back(std::move(*file));
  }
}

// A part of an address or a version becomes a part of a path.
bool is_path_part(std::string_view text) {
  return !text.empty() && text != "." && text != ".." &&
         text.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-+") ==
             std::string_view::npos;
}

base::Status check_parts(const std::string& source, const std::string& version) {
  for (const std::string_view part : base::split(source, '/')) {
    if (!is_path_part(part))
      return base::Error{fmt::format("`{}` is no address of a provider", source), ""};
  }
  if (!is_path_part(version)) {
    return base::Error{version.empty() ? fmt::format("no version is known for `{}`", source)
                                       : fmt::format("`{}` is no version", version),
                       "say `--version 1.2.3`, or take it from an initialised root"};
  }
  return base::Done{};
}

}  // namespace

std::vector<schemas::IndexFile> schema_files(const base::FileSystem& files,
                                             const std::string& project_folder) {
  std::vector<schemas::IndexFile> found;
  add_project_files(files, base::join_path(project_folder, k_schema_folder), "", 1, found);
  for (const base::EmbeddedFile& embedded : stdlib::schemas()) {
    auto file = schemas::index_file_of(embedded.path.substr(k_compiled_in.size()));
    if (!file) continue;
    file->read = [bytes = embedded.bytes] { return base::Result<std::string>(std::string(bytes)); };
    found.push_back(std::move(*file));
  }
  return found;
}

std::map<std::string, std::string> locked_versions(std::string_view lock_file) {
  std::map<std::string, std::string> versions;
  for (const runplan::LockedProvider& provider :
       runplan::read_dependency_lock(lock_file).providers) {
    if (!provider.version.empty()) versions.emplace(provider.address, provider.version);
  }
  return versions;
}

base::Result<std::vector<std::string>> add_schemas(base::FileSystem& files, std::string_view json,
                                                   const KnownVersions& versions,
                                                   const std::string& folder) {
  std::map<std::string, std::string> texts;  // by path
  base::Status status = base::Done{};
  std::size_t providers = 0;
  const auto take = [&](const schemas::Provider& provider) {
    ++providers;
    const auto known = versions.by_address.find(provider.address);
    const std::string version = known == versions.by_address.end() ? versions.only : known->second;
    const std::string source = model::normalized_source(provider.address, "");
    if (source.find("builtin/") != std::string::npos) return;  // tofu's own has no version
    if (const base::Status fine = check_parts(source, version); !fine) {
      if (status) status = fine;
      return;
    }
    texts.emplace(base::join_path(folder, schemas::index_path(source, version)),
                  schemas::write_index(provider, source, version));
  };
  SPACE_TRY_STATUS(schemas::read_tofu_json(json, take));
  if (!status) return status.error();
  if (!versions.only.empty() && providers > 1) {
    return base::Error{fmt::format("there are {} providers, and one version", providers),
                       "take them from an initialised root: its lock file knows their versions"};
  }
  std::vector<std::string> paths;
  for (const auto& [path, text] : texts) {
    SPACE_TRY_STATUS(files.make_directories(base::parent_path(path)));
    SPACE_TRY_STATUS(files.write(path, text, base::FileMode::Plain));
    paths.push_back(path);
  }
  return paths;
}

}  // namespace space::driver
