// `space lock --mirror`: a folder with the packages of a lock file, for machines without a network.
// In: what is needed, the lock file, the platforms, the folder. Out: each package in its place, in
// tofu's packed layout, by one rename, and none but those whose digest the lock file has. What is
// there and whole is not fetched again; where the filling ends early, what came whole stays.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runner/tofu/provider_root.h"

namespace space::tofu {

struct FillRequest {
  std::vector<NeededProvider> needed;
  std::vector<std::string> platforms;  // "linux_amd64"
  std::string lock;                    // the text of the lock file
  std::string program;                 // tofu
  std::string folder;                  // ours, there
  std::string mirror;                  // the people's: what lies there is published nowhere
  std::string target;                  // absolute; made where it is not there
  Environment environment;             // our own
};

struct Filled {
  std::size_t fetched = 0, there = 0;
};

base::Result<Filled> fill_mirror(const FillRequest& request, InstallTools& tools);

}  // namespace space::tofu
