#include "runner/flight/workspace.h"

#include <unistd.h>

#include "core/base/filesystem.h"
#include "core/base/strings.h"

namespace space::flight {

std::string Workspace::shown(const std::string& path) const {
  return base::relative_path(here.empty() ? project : here, path);
}

std::string Workspace::ours() const { return base::join_path(project, ".space"); }
std::string Workspace::cli_config() const { return base::join_path(ours(), "tofu.rc"); }
std::string Workspace::key_file() const { return base::join_path(ours(), "hmac.key"); }

std::string Workspace::root_folder(const runplan::Root& root) const {
  return base::join_path(out, root.id);
}

std::string Workspace::data_folder(const runplan::Root& root) const {
  return base::join_path(ours(), "data/" + root.id);
}

std::string Workspace::init_stamp(const runplan::Root& root) const {
  return base::join_path(data_folder(root), "space-init");
}

std::string Workspace::run_folder(const runplan::Root& root) const {
  return run_folder(root.id, run);
}

std::string Workspace::run_folder(const std::string& root, const std::string& of_run) const {
  return base::join_path(ours(), "runs/" + of_run + "/" + root);
}

std::string Workspace::last_file(const runplan::Root& root) const {
  return base::join_path(ours(), "last/" + root.id + ".json");
}

std::string Workspace::lock_file(const runplan::Flight& flight) const {
  return base::join_path(ours(), "locks/" + flight.id + ".lock");
}

std::string Workspace::journal_file(const std::string& flight) const {
  return base::join_path(ours(), "journal/" + flight + ".jsonl");
}

std::string Workspace::errored_copy(const std::string& root, const std::string& of_run) const {
  return base::join_path(ours(), "errored/" + root + "/" + of_run + ".tfstate");
}

std::string Workspace::kept_mark(const std::string& of_run, const std::string& flight) const {
  return base::join_path(
      ours(), "runs/" + of_run + "/" + k_kept_prefix + base::replace_all(flight, "/", "+"));
}

std::string Workspace::state_file(const runplan::Root& root) const {
  return root.state.type == "local" ? base::join_path(out, root.state.path) : "";
}

std::string Workspace::map_file(const runplan::Flight& flight) const {
  return base::join_path(out, "maps/" + flight.id + ".json");
}

Workspace make_workspace(const runplan::RunPlan& plan, const std::string& run_plan_path,
                         const std::string& folder, const base::Clock& clock) {
  Workspace workspace;
  workspace.here = folder;
  workspace.out = base::parent_path(base::join_path(folder, run_plan_path));
  workspace.project = base::join_path(workspace.out, plan.project.folder);
  std::string time = base::rfc3339(clock.wall_milliseconds());
  std::string compact;
  for (const char c : time) {
    if (c != '-' && c != ':') compact += c;
  }
  workspace.run = compact + "-" + std::to_string(::getpid());
  return workspace;
}

}  // namespace space::flight
