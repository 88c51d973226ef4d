// The verdict on one tofu command: from how it ended, what its stream says and what lies beside it,
// never from the exit code alone. One table for applies (docs/runner.md has it as a table, the
// tests go through every row).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/runplan/run_event.h"
#include "runner/process/command_runner.h"
#include "runner/tofu/stream.h"

namespace space::tofu {

enum class ErroredState : std::uint8_t {
  Absent,
  Present
};  // `errored.tfstate` in the root's folder

// What an apply's stream says of each object that it had begun to change: done, failed, or neither,
// and then nobody knows. An object that is replaced is begun twice, and done where both ends are;
// each is said once.
struct Parts {
  std::vector<std::string> done, failed, unknown;
};
Parts parts_of(const StreamFacts& facts);

struct Judgement {
  runplan::Verdict verdict = runplan::Verdict::Indeterminate;
  std::string reason;
};

Judgement judge_apply(const process::Exit& exit, const StreamFacts& facts,
                      ErroredState errored_state);

// `plan -detailed-exitcode`: Unchanged, Planned, or FailedClean (a plan changes nothing).
Judgement judge_plan(const process::Exit& exit, const StreamFacts& facts);

}  // namespace space::tofu
