#include "runner/tofu/lock_providers.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/base/strings.h"
#include "core/runplan/dependency_lock.h"
#include "runner/tofu/locked_package.h"
#include "runner/tofu/release.h"

namespace space::tofu {

namespace {

constexpr std::array<const char*, 4> k_usual{"darwin_amd64", "darwin_arm64", "linux_amd64",
                                             "linux_arm64"};

bool is_platform(std::string_view text) {
  const auto parts = base::split(text, '_');
  return parts.size() == 2 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
           return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
             return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
           });
         });
}

class Locking {
 public:
  Locking(const LockRequest& request, InstallTools& tools)
      : request_(request),
        tools_(tools),
        root_(request.folder, request.program, request.environment, tools) {}

  base::Result<std::string> run() {
    SPACE_TRY_STATUS(root_.make(request_.needed, needed_of(request_.old_lock)));
    const auto mirrored = providers_in(request_.mirror, tools_.files);
    // From the mirror by what it has for each; the rest, of which all is known, together.
    std::map<std::vector<std::string>, std::vector<std::string>> from_mirror;
    std::vector<std::string> published;
    for (const NeededProvider& provider : request_.needed) {
      if (std::binary_search(mirrored.begin(), mirrored.end(), provider.address)) {
        SPACE_TRY(auto platforms, mirrored_platforms(provider.address));
        from_mirror[std::move(platforms)].push_back(provider.address);
      } else if (!lock_from_filled(provider.address)) {
        if (tools_.was_interrupted) return interruption();
        published.push_back(provider.address);
      }
    }
    for (const auto& [platforms, providers] : from_mirror)
      SPACE_TRY_STATUS(lock_some(platforms, providers, {"lock", "-fs-mirror=" + request_.mirror}));
    if (!published.empty()) SPACE_TRY_STATUS(lock_some(request_.platforms, published, {"lock"}));
    SPACE_TRY(std::string text, root_.lock());
    SPACE_TRY_STATUS(check(text));
    return text;
  }

 private:
  // Of the old lock file what is needed still.
  std::string needed_of(const std::string& text) const {
    const runplan::DependencyLock lock = runplan::read_dependency_lock(text);
    std::string kept;
    for (const NeededProvider& provider : request_.needed) {
      const runplan::LockedProvider* locked = lock.find(provider.address);
      if (locked == nullptr) continue;
      kept += kept.empty() ? std::string(lock.head) : "\n";
      kept += std::string(locked->text) + "\n";
    }
    return kept;
  }

  base::Result<std::vector<std::string>> mirrored_platforms(const std::string& address) const {
    if (request_.which == Platforms::Asked) return request_.platforms;
    const std::set<std::string> there = platforms_in(request_.mirror, address, tools_.files);
    std::vector<std::string> both;
    for (const std::string& platform : request_.platforms) {
      if (there.count(platform) > 0) both.push_back(platform);
    }
    if (!both.empty()) return both;
    return base::Error{"the mirror `" + request_.mirror + "` has `" + address +
                           "` for none of the usual platforms",
                       "`--platform` names those that you use"};
  }

  base::Status lock_some(const std::vector<std::string>& platforms,
                         const std::vector<std::string>& providers,
                         std::vector<std::string> words) {
    for (const std::string& platform : platforms) words.push_back("-platform=" + platform);
    words.insert(words.end(), providers.begin(), providers.end());
    return root_.ask("locking " + base::list_names(providers, 3), words);
  }

  // Only where all of it is there, and fits still.
  bool lock_from_filled(const std::string& address) {
    const runplan::DependencyLock lock = runplan::read_dependency_lock(request_.old_lock);
    const runplan::LockedProvider* locked = lock.find(address);
    if (request_.filled.empty() || locked == nullptr) return false;
    const bool is_there = std::all_of(
        request_.platforms.begin(), request_.platforms.end(), [&](const std::string& platform) {
          return is_locked_package(package_path(request_.filled, *locked, platform), *locked,
                                   tools_.files);
        });
    if (!is_there) return false;
    return lock_some(request_.platforms, {address}, {"lock", "-fs-mirror=" + request_.filled})
        .has_value();
  }

  base::Status check(const std::string& text) const {
    const runplan::DependencyLock lock = runplan::read_dependency_lock(text);
    for (const NeededProvider& provider : request_.needed) {
      const runplan::LockedProvider* locked = lock.find(provider.address);
      if (locked == nullptr || !locked->has_package_hash())
        return base::Error{"tofu gave no `h1:` hash of `" + provider.address + "`", ""};
    }
    return base::Done{};
  }

  const LockRequest& request_;
  InstallTools& tools_;
  ProviderRoot root_;
};

std::string hashes(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " hash" : " hashes");
}

// How many hashes of `provider` the other does not have.
std::size_t missing_in(const runplan::LockedProvider& other,
                       const runplan::LockedProvider& provider) {
  return static_cast<std::size_t>(
      std::count_if(provider.hashes.begin(), provider.hashes.end(), [&](std::string_view hash) {
        return std::find(other.hashes.begin(), other.hashes.end(), hash) == other.hashes.end();
      }));
}

}  // namespace

std::vector<NeededProvider> needed_providers(const runplan::RunPlan& plan) {
  std::map<std::string, std::set<std::string>> constraints;
  for (const runplan::Root& root : plan.roots) {
    for (const runplan::RequiredProvider& provider : root.required_providers) {
      if (runplan::is_built_in(provider.source)) continue;
      auto& of_provider = constraints[runplan::provider_address(provider.source)];
      for (const std::string_view one : base::split(provider.version, ',')) {
        if (const auto text = base::trim(one); !text.empty()) of_provider.emplace(text);
      }
    }
  }
  std::vector<NeededProvider> needed;
  for (const auto& [address, of_provider] : constraints) {
    const std::vector<std::string> list(of_provider.begin(), of_provider.end());
    needed.push_back({address, base::join(list, ", ")});
  }
  return needed;
}

base::Result<std::string> lock_providers(const LockRequest& request, InstallTools& tools) {
  return Locking(request, tools).run();
}

base::Result<PlatformChoice> choose_platforms(const std::vector<std::string>& asked,
                                              const Environment& environment) {
  std::set<std::string> names(asked.begin(), asked.end());
  const auto setting = environment.find(k_platforms_setting);
  if (names.empty() && setting != environment.end()) {
    for (const std::string_view one : base::split(setting->second, ',')) {
      if (const auto text = base::trim(one); !text.empty()) names.emplace(text);
    }
  }
  for (const std::string& name : names) {
    if (!is_platform(name))
      return base::Error{"`" + name + "` is no platform", "as `linux_amd64` or `darwin_arm64`"};
  }
  if (!names.empty()) return PlatformChoice{Platforms::Asked, {names.begin(), names.end()}};
  names.insert(k_usual.begin(), k_usual.end());
  names.insert(this_platform());
  return PlatformChoice{Platforms::Usual, {names.begin(), names.end()}};
}

std::vector<std::string> lock_changes(const std::string& before, const std::string& after) {
  const runplan::DependencyLock was = runplan::read_dependency_lock(before);
  const runplan::DependencyLock is = runplan::read_dependency_lock(after);
  std::map<std::string, std::string> lines;  // by provider
  for (const runplan::LockedProvider& provider : is.providers) {
    const std::string name(provider.address), version(provider.version);
    const runplan::LockedProvider* old = was.find(provider.address);
    if (old == nullptr) {
      lines[name] = "+ " + name + " " + version + "  " + hashes(provider.hashes.size());
      continue;
    }
    const std::size_t added = missing_in(*old, provider), gone = missing_in(provider, *old);
    std::string what;
    if (old->version != provider.version) {
      lines[name] = "~ " + name + " " + std::string(old->version) + " -> " + version;
      continue;
    }
    if (added > 0) what = hashes(added) + " more";
    if (gone > 0) what += (what.empty() ? "" : ", ") + hashes(gone) + " fewer";
    if (what.empty() && old->text != provider.text) what = "the same packages, said otherwise";
    if (!what.empty()) lines[name] = "~ " + name + " " + version + "  " + what;
  }
  for (const runplan::LockedProvider& provider : was.providers) {
    if (is.find(provider.address) == nullptr)
      lines[std::string(provider.address)] =
          "- " + std::string(provider.address) + " " + std::string(provider.version);
  }
  std::vector<std::string> all;
  for (auto& [name, line] : lines) all.push_back(std::move(line));
  return all;
}

}  // namespace space::tofu
