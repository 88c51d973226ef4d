// `space tofu install`: puts the pinned tofu into the cache, `CACHE/tofu/VERSION/tofu`. In: a
// version, a way, what is trusted. Out: the program, in its place by one rename, or why there is
// none. Two ways: the official release, checked against a pinned key (release_install.h), or a
// build from the Go module proxy (source_build.h). One installer at a time works; what a killed one
// left is cleared by the next. The second way is taken instead of the first only where the release
// page cannot be reached, never where it gave something wrong.
#pragma once

#include <cstdint>
#include <string>

#include "runner/tofu/install_steps.h"
#include "runner/tofu/release.h"

namespace space::tofu {

enum class Way : std::uint8_t { Release, Source, ReleaseElseSource };

struct InstallRequest {
  std::string version;
  std::string cache_folder;
  std::map<std::string, std::string> environment;  // our own: proxies, GOPROXY, PATH
  Way way = Way::Release;
  ReleaseTrust trust;
  ReleasePage page;
};

struct Installed {
  enum class By : std::uint8_t { Other, Release, Source };  // Other: one that we waited for
  std::string program;
  By by = By::Other;
};

base::Result<Installed> install_tofu(const InstallRequest& request, InstallTools& tools);

}  // namespace space::tofu
