// `space lock`: the one dependency lock file for all roots and platforms. In: what the roots of a
// run plan require, the lock file there is, the platforms. Out: the new text; nothing is written
// but in a folder of ours. By `tofu providers lock` in a throw-away root that requires all of it:
// locked versions stay as they are unless an upgrade was asked for. Providers that lie in the
// people's mirror are taken from there, the others from where they are published; what was locked
// and fetched before, into a mirror that is being filled, is not fetched again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/runplan/run_plan.h"
#include "runner/tofu/plugin_store.h"
#include "runner/tofu/provider_root.h"

namespace space::tofu {

// Sorted; without those that tofu brings.
std::vector<NeededProvider> needed_providers(const runplan::RunPlan& plan);

// Usual: those that a mirror lacks are left out there. Asked: each must be had.
enum class Platforms : std::uint8_t { Usual, Asked };

struct LockRequest {
  std::vector<NeededProvider> needed;
  std::vector<std::string> platforms;  // "linux_amd64"
  Platforms which = Platforms::Usual;
  std::string old_lock;  // "": none, or it does not count
  std::string program;   // tofu
  std::string folder;    // ours, there and empty
  std::string mirror;
  std::string filled;  // "", or a mirror whose packages count where they are those of the old lock
  Environment environment;  // our own
};

base::Result<std::string> lock_providers(const LockRequest& request, InstallTools& tools);

// Those of `SPACE_LOCK_PLATFORMS`, else the usual ones and this machine's. An Error for what is no
// platform.
struct PlatformChoice {
  Platforms which = Platforms::Usual;
  std::vector<std::string> names;
};
base::Result<PlatformChoice> choose_platforms(const std::vector<std::string>& asked,
                                              const Environment& environment);

// What differs between two lock files, a line a provider.
std::vector<std::string> lock_changes(const std::string& before, const std::string& after);

}  // namespace space::tofu
