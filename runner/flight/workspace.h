// Workspace: where things of a run lie. `out/` holds what spacec emitted and is never written;
// everything of ours lies in `.space/` beside the project file. All paths are absolute.
#pragma once

#include <string>

#include "core/base/clock.h"
#include "core/runplan/run_plan.h"

namespace space::flight {

inline constexpr const char* k_kept_prefix = "kept-";

struct Workspace {
  std::string project;    // the project file's folder
  std::string out;        // the run plan's folder
  std::string run;        // this run's name: time and process
  std::string here = {};  // the working folder; empty: the project's

  // A path as a person at the working folder opens it.
  std::string shown(const std::string& path) const;

  std::string ours() const;  // .space
  std::string cli_config() const;
  std::string key_file() const;  // for HMACs of secrets
  std::string root_folder(
      const runplan::Root& root) const;  // the emitted files: tofu's working folder
  std::string data_folder(const runplan::Root& root) const;  // TF_DATA_DIR
  std::string init_stamp(const runplan::Root& root) const;   // for what it was initialised last
  std::string run_folder(const runplan::Root& root) const;   // plan, streams, inputs of this run
  std::string run_folder(const std::string& root, const std::string& of_run) const;  // by its id
  std::string last_file(const runplan::Root& root) const;  // what its last end was
  std::string lock_file(const runplan::Flight& flight) const;
  std::string journal_file(const std::string& flight) const;
  std::string errored_copy(const std::string& root, const std::string& of_run) const;
  // In a run's folder, for as long as somebody may have to look at what this flight left there.
  std::string kept_mark(const std::string& of_run, const std::string& flight) const;
  std::string state_file(const runplan::Root& root) const;  // local state; "" for other backends
  std::string map_file(const runplan::Flight& flight) const;
};

// `run_plan_path` as given on the command line; `folder` is the working folder, absolute.
Workspace make_workspace(const runplan::RunPlan& plan, const std::string& run_plan_path,
                         const std::string& folder, const base::Clock& clock);

}  // namespace space::flight
