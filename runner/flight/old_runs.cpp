#include "runner/flight/old_runs.h"

#include <signal.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace space::flight {

namespace {

// Runs are named TIME-PID.
bool may_live(const std::string& run) {
  const std::size_t dash = run.rfind('-');
  if (dash == std::string::npos) return true;
  int pid = 0;
  const char* end = run.data() + run.size();
  const auto parsed = std::from_chars(run.data() + dash + 1, end, pid);
  return parsed.ptr != end || pid <= 0 || ::kill(pid, 0) == 0;
}

bool is_kept(const std::string& folder, const base::FileSystem& files) {
  const auto entries = files.list(folder);
  return entries && std::any_of(entries->begin(), entries->end(), [](const auto& entry) {
           return entry.name.starts_with(k_kept_prefix);
         });
}

constexpr std::array<std::string_view, 6> k_in_clear{
    "inputs.tfvars.json", "plan.tfplan", "output.out", "pull.out", "look.out", "exec.out"};

void sweep(const std::string& folder, base::FileSystem& files) {
  const auto entries = files.list(folder);
  if (!entries) return;
  for (const auto& entry : *entries) {
    const std::string path = base::join_path(folder, entry.name);
    if (entry.kind != base::FileKind::Directory) {
      const bool is_in_clear =
          std::find(k_in_clear.begin(), k_in_clear.end(), entry.name) != k_in_clear.end();
      if (is_in_clear) (void)files.remove(path);
    } else if (entry.name == "secrets") {
      remove_all(path, files);
    } else {
      sweep(path, files);
    }
  }
}

std::string runs_folder(const Workspace& workspace) {
  return base::join_path(workspace.ours(), "runs");
}

std::string open_mark(const Workspace& workspace, const std::string& run) {
  return base::join_path(runs_folder(workspace), run + "/open");
}

}  // namespace

void sweep_dead_runs(const Workspace& workspace, const std::vector<const runplan::Flight*>& flights,
                     base::FileSystem& files) {
  const auto runs = files.list(runs_folder(workspace));
  if (!runs) return;
  for (const auto& run : *runs) {
    const bool was_cut_off =
        files.stat(open_mark(workspace, run.name)).kind == base::FileKind::Regular &&
        run.name != workspace.run && !may_live(run.name);
    if (!was_cut_off) continue;
    for (const runplan::Flight* flight : flights)
      sweep(base::join_path(runs_folder(workspace), run.name + "/" + flight->id), files);
  }
}

base::Status begin_run_folder(const Workspace& workspace, base::FileSystem& files) {
  const std::string mark = open_mark(workspace, workspace.run);
  if (files.stat(mark).kind == base::FileKind::Regular) return base::Done{};
  SPACE_TRY_STATUS(files.make_directories(base::parent_path(mark)));
  return files.write(mark, "", base::FileMode::Private);
}

void end_run_folder(const Workspace& workspace, base::FileSystem& files) {
  (void)files.remove(open_mark(workspace, workspace.run));
}

void remove_all(const std::string& path, base::FileSystem& files) {
  if (files.stat(path).kind == base::FileKind::Directory) {
    if (const auto entries = files.list(path)) {
      for (const auto& entry : *entries) remove_all(base::join_path(path, entry.name), files);
    }
  }
  (void)files.remove(path);
}

void remove_old_runs(const std::string& folder, std::size_t kept, base::FileSystem& files) {
  const auto runs = files.list(folder);  // sorted by name, which begins with the time
  if (!runs || runs->size() <= kept) return;
  for (std::size_t i = 0; i + kept < runs->size(); ++i) {
    const std::string& run = (*runs)[i].name;
    const std::string path = base::join_path(folder, run);
    if (!may_live(run) && !is_kept(path, files)) remove_all(path, files);
  }
}

}  // namespace space::flight
