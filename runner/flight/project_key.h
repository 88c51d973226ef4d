// The project's key, for HMACs of what must not stand in clear and whose sameness counts. In: where
// the project lies. Out: the key, made at the first question; where it cannot be kept, it is
// another one in each run, and nothing is known as the same.
#pragma once

#include <string>

#include "core/base/filesystem.h"
#include "runner/flight/workspace.h"

namespace space::flight {

std::string project_key(const Workspace& workspace, base::FileSystem& files);

}  // namespace space::flight
