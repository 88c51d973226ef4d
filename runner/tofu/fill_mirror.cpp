#include "runner/tofu/fill_mirror.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>

#include "core/base/failpoint.h"
#include "core/base/strings.h"
#include "runner/process/flight_lock.h"
#include "runner/tofu/locked_package.h"
#include "runner/tofu/plugin_store.h"

namespace space::tofu {

namespace {

// Of a dot: nobody who looks for packages goes in there. On the mirror's own file system, so that a
// package comes to its place by a rename.
constexpr const char* k_scratch = ".filling";

class Filling {
 public:
  Filling(const FillRequest& request, InstallTools& tools)
      : request_(request),
        tools_(tools),
        lock_(runplan::read_dependency_lock(request.lock)),
        scratches_(base::join_path(request.target, k_scratch)),
        scratch_(base::join_path(scratches_, std::to_string(::getpid()))) {}

  base::Result<Filled> run() {
    SPACE_TRY(const auto missing, look());
    if (missing.empty()) return filled_;
    SPACE_TRY_STATUS(tools_.files.make_directories(request_.target));
    process::FlightLock alone(scratches_ + ".lock");
    SPACE_TRY(const process::LockState state, alone.try_lock("lock --mirror"));
    if (state != process::LockState::Held)
      return base::Error{"another `space lock` fills the mirror `" + request_.target +
                             "`, process " + std::to_string(alone.holder().pid),
                         "wait for it"};
    clear_folder(scratches_, "removing what an interrupted filling left", tools_);
    base::Status done = base::Done{};
    std::size_t number = 0;
    for (const auto& [platforms, providers] : missing) {
      done = fetch(platforms, providers, base::join_path(request_.folder, name_of(++number)));
      if (!done) break;
    }
    clear_folder(scratches_, "removing what the filling needed", tools_);
    if (!done) return done.error();
    return filled_;
  }

 private:
  // platforms -> the providers whose packages for these are missing: one question to tofu each.
  using Missing = std::map<std::vector<std::string>, std::vector<NeededProvider>>;

  static std::string name_of(std::size_t number) { return "fill-" + std::to_string(number); }

  base::Result<Missing> look() {
    const auto mirrored = providers_in(request_.mirror, tools_.files);
    Missing missing;
    for (const NeededProvider& provider : request_.needed) {
      if (std::binary_search(mirrored.begin(), mirrored.end(), provider.address)) {
        // It was locked from what lies there.
        if (base::normalize_path(request_.target) == request_.mirror) continue;
        return base::Error{
            "`" + provider.address + "` lies in your mirror `" + request_.mirror +
                "`; another is filled with what is published",
            "copy it, or set `" + std::string(k_mirror_setting) + "` to the mirror that is filled"};
      }
      const runplan::LockedProvider* locked = lock_.find(provider.address);
      if (locked == nullptr) return base::Error{"`" + provider.address + "` is not locked", ""};
      std::vector<std::string> platforms;
      for (const std::string& platform : request_.platforms) {
        const std::string path = package_path(request_.target, *locked, platform);
        if (is_locked_package(path, *locked, tools_.files)) {
          ++filled_.there;
        } else {
          platforms.push_back(platform);
        }
      }
      if (!platforms.empty()) missing[std::move(platforms)].push_back(provider);
    }
    return missing;
  }

  base::Status fetch(const std::vector<std::string>& platforms,
                     const std::vector<NeededProvider>& providers, const std::string& folder) {
    ProviderRoot root(folder, request_.program, request_.environment, tools_);
    SPACE_TRY_STATUS(root.make(providers, request_.lock));
    SPACE_TRY_STATUS(tools_.files.make_directories(scratch_));
    std::vector<std::string> words{"mirror"}, names;
    for (const std::string& platform : platforms) words.push_back("-platform=" + platform);
    words.push_back(scratch_);
    for (const NeededProvider& provider : providers) names.push_back(provider.address);
    const base::Status asked = root.ask("fetching " + base::list_names(names, 3), words);
    for (const std::string& address : names) {
      const runplan::LockedProvider& locked = *lock_.find(address);  // as look() has seen
      for (const std::string& platform : platforms) {
        const std::string from = package_path(scratch_, locked, platform);
        if (is_locked_package(from, locked, tools_.files)) {
          SPACE_TRY_STATUS(put(from, package_path(request_.target, locked, platform)));
        } else if (asked) {
          return base::Error{
              "what is published as `" + address + "` for " + platform +
                  " is not what the lock file has",
              "`space lock --upgrade` locks what is published; ask whoever publishes it why it "
              "changed"};
        }
      }
    }
    return asked;
  }

  base::Status put(const std::string& from, const std::string& to) {
    SPACE_TRY_STATUS(tools_.files.make_directories(base::parent_path(to)));
    if (base::failpoint("package.rename", to) || std::rename(from.c_str(), to.c_str()) != 0)
      return base::Error{"cannot put `" + to + "` in its place: " + std::strerror(errno), ""};
    ++filled_.fetched;
    return base::Done{};
  }

  const FillRequest& request_;
  InstallTools& tools_;
  runplan::DependencyLock lock_;
  std::string scratches_, scratch_;
  Filled filled_;
};

}  // namespace

base::Result<Filled> fill_mirror(const FillRequest& request, InstallTools& tools) {
  return Filling(request, tools).run();
}

}  // namespace space::tofu
