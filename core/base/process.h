// Runs one command to its end with captured output: for short helpers (`tofu version`, a secret's
// command). An apply never goes through here: runner/process is for what must survive us.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace space::base {

struct Command {
  std::vector<std::string>
      argv;  // argv[0] is looked up in PATH of `environment` when it has no slash
  std::map<std::string, std::string> environment;  // the whole of it: nothing is inherited
  std::string folder;                              // empty: the current one
  std::string standard_input;
  std::int64_t timeout_milliseconds =
      0;  // 0: none; past it the child is killed and an Error returned
};

struct CommandResult {
  int exit_code = 0;  // 128 + signal where a signal ended it
  std::string standard_output;
  std::string standard_error;
};

// An Error where the command could not be started or timed out; any exit code is a value.
Result<CommandResult> run_command(const Command& command);

// The current process's environment, for main to pick from.
std::map<std::string, std::string> process_environment();

// The absolute path of `name` in a PATH-like list, or nothing.
std::optional<std::string> find_in_path(std::string_view name, std::string_view path);

}  // namespace space::base
