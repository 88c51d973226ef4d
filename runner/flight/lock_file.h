// The dependency lock file of a root that spacec emitted none for: tofu writes one into its working
// folder, which is the root's in `out/`, where nothing of ours may stay. So it is brought there
// before tofu runs and taken away after, and lies in the data folder meanwhile. An emitted lock
// file is never touched.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/filesystem.h"
#include "core/runplan/run_plan.h"
#include "runner/flight/workspace.h"

namespace space::flight {

inline constexpr const char* k_dependency_lock = ".terraform.lock.hcl";

bool has_emitted_lock(const runplan::RunPlan& plan, const runplan::Root& root);
// The one that tofu would find in the root: the emitted one, or what it left itself; "" for none.
std::string read_lock(const runplan::RunPlan& plan, const runplan::Root& root,
                      const Workspace& workspace, const base::FileSystem& files);

// Nothing where every emitted lock file of these roots has each required provider with a hash of
// its unpacked package; without one tofu would run what a folder holds unverified.
std::optional<base::Error> find_unlocked(const runplan::RunPlan& plan,
                                         const std::vector<std::size_t>& roots,
                                         const Workspace& workspace, const base::FileSystem& files);

void bring_lock(const runplan::Root& root, const Workspace& workspace, base::FileSystem& files);
void take_lock_away(const runplan::Root& root, const Workspace& workspace, base::FileSystem& files);

// Address -> version of each provider in a lock file.
std::map<std::string, std::string> plugin_versions(const std::string& lock);

// The one that tofu wrote for this root, wherever it lies now; "" where there is none.
std::string written_lock(const runplan::Root& root, const Workspace& workspace,
                         const base::FileSystem& files);

}  // namespace space::flight
