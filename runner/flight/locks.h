// The locks of all flights of a run: taken together or not at all, before anything starts. Where
// another runner lives that holds one, the run is refused with its process number; where only
// children of a dead runner are left, the run waits for them.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/filesystem.h"
#include "core/base/result.h"
#include "core/runplan/run_plan.h"
#include "runner/flight/workspace.h"
#include "runner/process/command_runner.h"
#include "runner/process/flight_lock.h"

namespace space::flight {

// Why a run cannot begin, and the exit code that says so.
struct Refusal {
  base::Error error;
  int exit_code = 0;  // 12 damaged, 13 latched, 14 unusable, 75 busy, 130 interrupted
};

class Locks {
 public:
  // Nothing where all are held. `on_wait` is told for whom, once a flight.
  std::optional<Refusal> take(const std::vector<const runplan::Flight*>& flights,
                              const Workspace& workspace, base::FileSystem& files,
                              process::CommandRunner& processes,
                              const std::function<void(const std::string&)>& on_wait);
  int descriptor_of(const std::string& flight) const;

 private:
  std::map<std::string, process::FlightLock> locks_;
};

}  // namespace space::flight
