// The plugins of this machine, `HOST/NAMESPACE/TYPE/VERSION/PLATFORM` under the cache: what roots
// install from, by symbolic links and without the network. It only ever grows, by renames, so that
// any number of tofu may read it while one fills it. (tofu's own plugin cache is rewritten in
// place: two `init` at once crashed in it.) A set of providers is fetched once, into a folder of
// its own, and then added here.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/filesystem.h"
#include "core/base/result.h"
#include "core/runplan/run_plan.h"

namespace space::tofu {

struct PluginStore {
  std::string cache;       // ${XDG_CACHE_HOME:-$HOME/.cache}/space
  std::string own_mirror;  // of the setting; else one in the cache

  std::string folder() const;   // what this program has fetched
  std::string mirror() const;   // what people have put there themselves
  std::string fetches() const;  // holds one folder a fetch:
  std::string fetch_folder(const std::string& name) const;
  std::string mark(const std::string& provider_set) const;  // there: this set was fetched
};

// The setting that names a mirror, in the layout of `tofu providers mirror`.
inline constexpr const char* k_mirror_setting = "SPACE_PROVIDER_MIRROR";

base::Result<PluginStore> plugin_store(const std::map<std::string, std::string>& environment,
                                       const base::FileSystem& files);

// "HOST/NAMESPACE/TYPE" of each provider in a folder of that layout, sorted.
std::vector<std::string> providers_in(const std::string& folder, const base::FileSystem& files);

// "linux_amd64" …: for which a folder of that layout has any version of a provider, unpacked or as
// an archive.
std::set<std::string> platforms_in(const std::string& folder, const std::string& provider,
                                   const base::FileSystem& files);

// Providers that a root must install, as one text, with its versions and lock; "" where tofu itself
// brings all of them or all lie in the mirror.
std::string provider_set(const runplan::Root& root, const std::vector<std::string>& mirrored,
                         const std::string& lock);

// Moves what `from` has and the store has not. Then `from` may go.
base::Status add_plugins(const std::string& from, const std::string& store,
                         base::FileSystem& files);

}  // namespace space::tofu
