// What earlier runs left. Removes the folders of old runs under `.space/runs`, but for the newest
// ones, those whose runner still lives, and those that hold what somebody may have to look at; and
// what killed runners left of fetching plugins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/filesystem.h"

namespace space::flight {

bool may_live(const std::string& run);  // by the process number in its name

void remove_old_runs(const std::string& folder, std::size_t kept, base::FileSystem& files);

// One folder a fetch; those that were begun more than a day ago.
void remove_old_fetches(const std::string& folder, std::int64_t now_milliseconds,
                        base::FileSystem& files);

// Joint roots whose runner was killed: they hold states and secrets in clear.
void remove_left_joint_roots(const std::string& folder, base::FileSystem& files);

// A file, or a folder with all in it; links are removed, not followed. As far as it can be done.
void remove_all(const std::string& path, base::FileSystem& files);

}  // namespace space::flight
