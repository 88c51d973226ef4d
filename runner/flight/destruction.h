// What a destroy would take along, looked at before anybody is asked: how many objects each
// procedure of the target has, and who outside of it reads their outputs and has objects still. In:
// a run plan, the target's roots, the world. Out: what would go, in the order in which it would; or
// a refusal while somebody reads it. States are read as `tofu` has them and nothing is changed. A
// state that cannot be read counts as one with objects.
//
// Between this look and the destroy's own locks a reader may be flown: the destroy locks the
// readers' flights too, and goes on only where their last ends are those of this look.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/runplan/run_plan.h"
#include "runner/flight/run.h"

namespace space::flight {

// Whether anybody is shown what would go.
enum class Showing : std::uint8_t { No, Yes };

struct SeenState {
  std::size_t objects = 0;
  StateMark mark;
};

struct Doomed {
  std::string root;
  std::optional<SeenState> state;    // none: it cannot be read
  std::vector<std::string> readers;  // of the target: they go first
};

struct Destruction {
  std::optional<base::Error> refusal;
  int exit_code = 0;
  std::vector<Doomed> doomed;       // where it is shown
  std::vector<SeenReader> readers;  // outside of the target, without objects
};

Destruction look_at_destruction(const runplan::RunPlan& plan, const Scope& scope, Showing showing,
                                const Workspace& workspace, World& world);

// Outside of `roots`, whoever reads an output of theirs, in the plan's order.
std::vector<std::size_t> readers_outside(const runplan::RunPlan& plan,
                                         const std::vector<std::size_t>& roots);

// Where a reader was flown since it was looked at; for a destroy that holds its lock.
std::optional<base::Error> refuse_flown_readers(const std::vector<SeenReader>& readers,
                                                const runplan::RunPlan& plan,
                                                const Workspace& workspace,
                                                const base::FileSystem& files);

}  // namespace space::flight
