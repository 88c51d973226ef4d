#include "runner/tofu/plugin_store.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <functional>

#include "core/base/failpoint.h"
#include "core/base/hash.h"
#include "core/base/strings.h"
#include "core/runplan/dependency_lock.h"
#include "runner/tofu/find_tofu.h"

namespace space::tofu {

namespace {

constexpr int k_levels_of_provider = 3;
constexpr int k_levels_of_package = 5;

// Calls `found` with the path below `folder` of each folder that lies `levels` deep.
void for_each_folder(const std::string& folder, const std::string& inner, int levels,
                     const base::FileSystem& files,
                     const std::function<void(const std::string&)>& found) {
  if (levels == 0) return found(inner);
  const auto entries = files.list(base::join_path(folder, inner.empty() ? "." : inner));
  if (!entries) return;
  for (const base::DirectoryEntry& entry : *entries) {
    const std::string path = inner.empty() ? entry.name : inner + "/" + entry.name;
    const bool is_folder =
        entry.kind == base::FileKind::Directory || entry.kind == base::FileKind::Symlink;
    if (is_folder && entry.name.front() != '.')
      for_each_folder(folder, path, levels - 1, files, found);
  }
}

}  // namespace

std::string PluginStore::folder() const { return base::join_path(cache, "plugins"); }
std::string PluginStore::mirror() const {
  return own_mirror.empty() ? base::join_path(cache, "providers") : own_mirror;
}

std::string PluginStore::fetches() const { return base::join_path(cache, "fetching"); }

std::string PluginStore::fetch_folder(const std::string& name) const {
  return base::join_path(fetches(), name);
}

std::string PluginStore::mark(const std::string& provider_set) const {
  return base::join_path(cache, "fetched/" + base::sha256_hex(provider_set));
}

base::Result<PluginStore> plugin_store(const std::map<std::string, std::string>& environment,
                                       const base::FileSystem& files) {
  PluginStore store;
  SPACE_TRY(store.cache, cache_folder(environment));
  const auto setting = environment.find(k_mirror_setting);
  if (setting == environment.end() || setting->second.empty()) return store;
  const std::string words = "`" + std::string(k_mirror_setting) + "` is `" + setting->second + "`";
  const std::string help = "name the folder of a mirror: `tofu providers mirror` fills one";
  if (setting->second.front() != '/')
    return base::Error{words + ", which is no absolute path", help};
  store.own_mirror = base::normalize_path(setting->second);
  if (!files.list(store.own_mirror))
    return base::Error{words + ", and there is no such folder", help};
  return store;
}

std::vector<std::string> providers_in(const std::string& folder, const base::FileSystem& files) {
  std::vector<std::string> providers;
  for_each_folder(folder, "", k_levels_of_provider, files,
                  [&](const std::string& path) { providers.push_back(path); });
  return providers;
}

std::set<std::string> platforms_in(const std::string& folder, const std::string& provider,
                                   const base::FileSystem& files) {
  std::set<std::string> platforms;
  const std::string own = base::join_path(folder, provider);
  for_each_folder(own, "", 2, files, [&](const std::string& path) {
    platforms.insert(std::string(base::file_name(path)));
  });
  // terraform-provider-NAME_VERSION_OS_ARCH.zip
  constexpr std::string_view k_ending = ".zip";
  const auto entries = files.list(own);
  if (!entries) return platforms;
  for (const base::DirectoryEntry& entry : *entries) {
    if (!entry.name.ends_with(k_ending)) continue;
    const auto parts = base::split(
        std::string_view(entry.name).substr(0, entry.name.size() - k_ending.size()), '_');
    if (parts.size() < 4) continue;
    platforms.insert(std::string(parts[parts.size() - 2]) + "_" + std::string(parts.back()));
  }
  return platforms;
}

std::string provider_set(const runplan::Root& root, const std::vector<std::string>& mirrored,
                         const std::string& lock) {
  std::string set;
  for (const runplan::RequiredProvider& provider : root.required_providers) {
    if (runplan::is_built_in(provider.source)) continue;
    const std::string source = runplan::provider_address(provider.source);
    if (std::binary_search(mirrored.begin(), mirrored.end(), source)) continue;
    set += source + " " + provider.version + "\n";
  }
  return set.empty() ? set : set + lock;
}

base::Status add_plugins(const std::string& from, const std::string& store,
                         base::FileSystem& files) {
  std::vector<std::string> packages;
  for_each_folder(from, "", k_levels_of_package, files,
                  [&](const std::string& path) { packages.push_back(path); });
  for (const std::string& package : packages) {
    const std::string to = base::join_path(store, package);
    if (files.stat(to).kind != base::FileKind::Missing) continue;
    SPACE_TRY_STATUS(files.make_directories(base::parent_path(to)));
    if (!base::failpoint("plugin.rename", package) &&
        std::rename(base::join_path(from, package).c_str(), to.c_str()) == 0)
      continue;
    if (errno == ENOTEMPTY || errno == EEXIST) continue;  // another runner was first
    return base::Error{"cannot move plugin `" + package + "` to its place: " + std::strerror(errno),
                       ""};
  }
  return base::Done{};
}

}  // namespace space::tofu
