// A run: loads nothing, decides nothing about targets; takes a run plan and a list of roots and
// flies them, with real processes or a test's. In: the task, the places, the world. Out: what
// became of each root, and an exit code. The one place that knows the order of steps: inputs, init,
// plan, apply, outputs. Everything written lies under `.space/`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/filesystem.h"
#include "core/runplan/drift.h"
#include "core/runplan/run_plan.h"
#include "runner/flight/locks.h"
#include "runner/flight/room.h"
#include "runner/flight/workspace.h"
#include "runner/plans/reviewed.h"
#include "runner/process/command_runner.h"
#include "runner/secrets/scrub.h"
#include "runner/status/report.h"
#include "runner/status/view.h"
#include "runner/tofu/commands.h"
#include "runner/tofu/find_tofu.h"
#include "runner/tofu/outputs.h"

namespace space::flight {

enum class Task : std::uint8_t {
  Plan,
  Apply,
  Destroy,
  Read,     // outputs alone
  States,   // states as they are, for a joint plan
  Drift,    // what a refresh alone would find
  Execute,  // one read-only tofu command in one root
};

// It plans, and so needs every input.
constexpr bool is_planning(Task task) {
  return task == Task::Plan || task == Task::Apply || task == Task::Destroy || task == Task::Drift;
}

// --resume: Yes takes over applies that a dead runner had begun.
enum class Resuming : std::uint8_t { No, Yes };

// --refresh: Always. Never: what would have to be planned is passed over.
enum class Looking : std::uint8_t { SkipUnchanged, Always, Never };

// Exit codes of `space` (docs/runner.md).
enum class Ending : std::uint8_t {
  Good = 0,
  Drift = 5,
  Tampered = 12,
  Latched = 13,
  Identity = 15,
  NotReviewed = 16,
  StillRead = 17,
  FailedClean = 20,
  FailedPartial = 21,
  Indeterminate = 22,
  Busy = 75,
  Interrupted = 130,
};

// Of an apply that is bound: what could not be shown with the rest stops, or flies by its own plan.
enum class ApartRoots : std::uint8_t { Stop, Fly };

// A root outside of a destroy's target that reads outputs of it, and its last end when it was
// looked at.
struct SeenReader {
  std::size_t root = 0;
  std::string last;
};

// Which state it is: another one, or a later one, was not looked at.
struct StateMark {
  std::string lineage;  // "" where there is none
  std::int64_t serial = 0;
};

// What a command is about: which procedures, how many at a time, with which tofu.
struct Scope {
  std::string target;
  std::vector<std::size_t> roots;  // indices into RunPlan::roots
  std::size_t parallel = 1;
  tofu::Places places;
  // Of several runs that are one look, held between them; null: each run takes its own.
  Locks* locks = nullptr;
};

struct RunRequest : Scope {
  Task task = Task::Plan;
  Looking looking = Looking::SkipUnchanged;
  Resuming resuming = Resuming::No;
  std::int64_t warn_after_milliseconds = 0;  // without news of a step; 0: never
  std::int64_t time_out_milliseconds = 0;    // of a step, which is then interrupted once; 0: none
  std::vector<std::string> arguments;        // Execute: after `tofu`
  const plans::ReviewedPlan* reviewed = nullptr;  // an apply that is bound to it
  std::vector<SeenReader> readers;                // Destroy: their flights are locked too
  std::map<std::string, StateMark> shown;         // Destroy: by root, what somebody said yes to
  ApartRoots apart = ApartRoots::Stop;
  std::string reviewed_file;  // where it lies, for words; "" where nowhere
  // Drift: what states hold, by root, read before; nothing where it was never applied.
  std::map<std::string, std::optional<tofu::Outputs>> recorded;
  std::string tofu_sha256;  // for the record
};

struct World {
  base::FileSystem& files;
  const base::Clock& clock;
  process::CommandRunner& processes;
  std::map<std::string, std::string> environment;
  tofu::RunCommand run_command;
  FreeBytes free_bytes = nullptr;
};

struct Flown {
  std::optional<base::Error> refusal;  // nothing was started
  int exit_code = 0;
  status::RunResult result;
  std::map<std::string, tofu::Outputs> outputs;  // of the roots that were read
  std::string printed;                           // Execute: what tofu wrote, scrubbed
  std::map<std::string, std::string> states;  // States: by root, in clear; "" where there is none
  std::map<std::string, runplan::DriftRoot> drift;  // Drift: by root, of those that could be seen
};

Flown fly(const runplan::RunPlan& plan, const RunRequest& request, const Workspace& workspace,
          World& world, status::View& view);

RunRequest request_of(const Scope& scope, Task task);

// With nobody who watches.
Flown fly_unseen(const runplan::RunPlan& plan, const RunRequest& request,
                 const Workspace& workspace, World& world);

// The states of a scope as they are, and those of more roots, through the run's own machinery:
// locks, credentials, `init` where a state needs it. What a preview, a drift report and a destroy
// begin with.
Flown read_states(const runplan::RunPlan& plan, const Scope& scope,
                  const std::vector<std::size_t>& more, const Workspace& workspace, World& world);

}  // namespace space::flight
