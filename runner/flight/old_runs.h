// What earlier runs left. Removes the folders of old runs under `.space/runs`, but for the newest
// ones, those whose runner still lives, and those that hold what somebody may have to look at.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/filesystem.h"
#include "core/runplan/run_plan.h"
#include "runner/flight/workspace.h"

namespace space::flight {

void remove_old_runs(const std::string& folder, std::size_t kept, base::FileSystem& files);

// What a runner that died left of these flights in clear: inputs, plans, outputs and secrets. Their
// locks are held, so nothing that was started for them still reads it.
void sweep_dead_runs(const Workspace& workspace, const std::vector<const runplan::Flight*>& flights,
                     base::FileSystem& files);

// A run that has not ended says so in its folder, until end_run_folder().
base::Status begin_run_folder(const Workspace& workspace, base::FileSystem& files);
void end_run_folder(const Workspace& workspace, base::FileSystem& files);

// A file, or a folder with all in it; links are removed, not followed. As far as it can be done.
void remove_all(const std::string& path, base::FileSystem& files);

}  // namespace space::flight
