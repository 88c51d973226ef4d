// What both ways of an installation are made of: programs that are waited for, with progress each
// second and one interrupt passed on; and removing what was only needed meanwhile, which may be two
// gigabytes of small files. In: argv, environment, a folder for their outputs. Out: how each ended,
// and whether somebody wanted it all to end.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "runner/process/command_runner.h"
#include "runner/tofu/find_tofu.h"

namespace space::tofu {

struct InstallTools {
  base::FileSystem& files;
  const base::Clock& clock;
  process::CommandRunner& processes;
  RunCommand run;
  std::function<void(const std::string& what, std::int64_t seconds)> on_progress;
  bool was_interrupted = false;  // out
};

// Has an interrupt come? One that nobody has waited for yet counts too: a program that failed of it
// says something else.
bool is_interrupted(InstallTools& tools);
base::Error interruption();

struct InstallStep {
  std::string what;  // "fetching …", for people
  std::vector<std::string> argv;
  std::map<std::string, std::string> environment;
  std::string folder;                   // where it works
  std::function<base::Status()> watch;  // asked again and again; an Error ends the step
};

struct StepEnd {
  process::Exit exit;
  std::string output, error;
};

class InstallSteps {
 public:
  // `folder` is there and takes the outputs.
  InstallSteps(InstallTools& tools, std::string folder)
      : tools_(tools), folder_(std::move(folder)) {}

  // An Error where it did not start, was interrupted or the watch ended it; any exit is a value.
  base::Result<StepEnd> run(const InstallStep& step);
  // As run, and an Error for an exit that is not clean, with the last words.
  base::Status must(const InstallStep& step);

 private:
  InstallTools& tools_;
  std::string folder_;
  int count_ = 0;
};

// All below and itself, links not followed. An interrupt ends it early: what is left is cleared by
// the next installation.
void clear_folder(const std::string& folder, const std::string& what, InstallTools& tools);

}  // namespace space::tofu
