// A throw-away root that requires providers, and what tofu's `providers` commands say in it. In:
// the providers, a lock file, an empty folder. Out: what they leave in the root, or why they
// failed, with what would help. One command at a time.
#pragma once

#include <string>
#include <vector>

#include "runner/tofu/commands.h"
#include "runner/tofu/install_steps.h"

namespace space::tofu {

struct NeededProvider {
  std::string address;     // whole
  std::string constraint;  // of all roots together
};

// The setting that names the platforms of a lock file.
inline constexpr const char* k_platforms_setting = "SPACE_LOCK_PLATFORMS";

class ProviderRoot {
 public:
  // `folder` is made; `program` is tofu, `environment` our own.
  ProviderRoot(std::string folder, std::string program, const Environment& environment,
               InstallTools& tools);

  base::Status make(const std::vector<NeededProvider>& needed, const std::string& lock);
  // `tofu providers WORDS…`; `what` is for people.
  base::Status ask(const std::string& what, const std::vector<std::string>& words);
  base::Result<std::string> lock() const;

 private:
  std::string lock_file() const;

  std::string folder_, root_, config_, program_;
  const Environment& environment_;
  InstallTools& tools_;
  InstallSteps steps_;
};

}  // namespace space::tofu
