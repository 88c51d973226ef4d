// The shim: a small process of its own session between the runner and an apply, so that killing the
// runner harms nothing. It has files as its outputs and never a pipe, passes the first SIGINT or
// SIGTERM on as one SIGINT and no other, waits as long as it takes and records the end by rename.
// `space` runs itself as it, before any other work.
#pragma once

#include <string>
#include <vector>

#include "runner/process/command_runner.h"

namespace space::process {

inline constexpr int k_lock_descriptor = 3;
inline constexpr const char* k_shim_word = "_shim";
inline constexpr int k_shim_cannot_start = 71;   // the shim's exit code: no program was started
inline constexpr int k_shim_cannot_record = 72;  // it was, and its end could not be recorded

// space _shim EXIT_FILE OUTPUT_FILE ERROR_FILE -- PROGRAM ARGUMENTS…
std::vector<std::string> shim_arguments(const Launch& launch);

// What main() calls where its first argument is k_shim_word. Returns the exit code of the shim
// itself.
int run_shim(int argc, char** argv);

}  // namespace space::process
