#include "runner/flight/old_runs.h"

#include <signal.h>

#include <algorithm>
#include <charconv>

#include "runner/flight/workspace.h"

namespace space::flight {

namespace {

bool is_kept(const std::string& folder, const base::FileSystem& files) {
  const auto entries = files.list(folder);
  return entries && std::any_of(entries->begin(), entries->end(), [](const auto& entry) {
           return entry.name.starts_with(k_kept_prefix);
         });
}

}  // namespace

// Runs are named TIME-PID.
bool may_live(const std::string& run) {
  const std::size_t dash = run.rfind('-');
  if (dash == std::string::npos) return true;
  int pid = 0;
  const char* end = run.data() + run.size();
  const auto parsed = std::from_chars(run.data() + dash + 1, end, pid);
  return parsed.ptr != end || pid <= 0 || ::kill(pid, 0) == 0;
}

void remove_all(const std::string& path, base::FileSystem& files) {
  if (files.stat(path).kind == base::FileKind::Directory) {
    if (const auto entries = files.list(path)) {
      for (const auto& entry : *entries) remove_all(base::join_path(path, entry.name), files);
    }
  }
  (void)files.remove(path);
}

void remove_old_fetches(const std::string& folder, std::int64_t now_milliseconds,
                        base::FileSystem& files) {
  constexpr std::int64_t k_day_milliseconds = 86'400'000;
  constexpr std::int64_t k_nanoseconds = 1'000'000;
  const auto fetches = files.list(folder);
  if (!fetches) return;
  for (const base::DirectoryEntry& fetch : *fetches) {
    const std::string path = base::join_path(folder, fetch.name);
    const std::int64_t made = files.stat(path).mtime_ns / k_nanoseconds;
    if (made + k_day_milliseconds < now_milliseconds) remove_all(path, files);
  }
}

void remove_left_joint_roots(const std::string& folder, base::FileSystem& files) {
  const auto runs = files.list(folder);
  if (!runs) return;
  for (const auto& run : *runs) {
    if (!may_live(run.name)) remove_all(base::join_path(folder, run.name + "/joint"), files);
  }
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
