// lock: writes the one `.terraform.lock.hcl` beside the project file.
#include "core/base/strings.h"
#include "runner/cli/progress.h"
#include "runner/cli/session.h"
#include "runner/flight/lock_file.h"
#include "runner/process/command_runner.h"
#include "runner/process/flight_lock.h"
#include "runner/tofu/fill_mirror.h"
#include "runner/tofu/lock_providers.h"

namespace space::runner {

namespace {

int failed(const base::Error& error, int exit_code) {
  print_error(error);
  return exit_code;
}

struct Locked {
  std::string before, after;
  tofu::Filled filled;
};

base::Result<Locked> lock(const LockOptions& options, const Loaded& loaded,
                          tofu::LockRequest& request, const Setting& setting,
                          tofu::InstallTools& tools) {
  Locked locked;
  const std::string path = base::join_path(loaded.workspace.project, flight::k_dependency_lock);
  if (setting.files.stat(path).kind != base::FileKind::Missing) {
    SPACE_TRY(locked.before, setting.files.read(path));
  }
  if (!options.mirror.empty()) request.filled = base::join_path(setting.folder, options.mirror);
  request.old_lock = options.upgrade == Switch::On ? "" : locked.before;
  SPACE_TRY(locked.after, tofu::lock_providers(request, tools));
  if (locked.after != locked.before) {
    const auto written = setting.files.write(path, locked.after, base::FileMode::Plain);
    if (!written) return base::cannot("write", path, written.error());
  }
  if (options.mirror.empty()) return locked;
  const tofu::FillRequest fill{request.needed,  request.platforms,  locked.after,
                               request.program, request.folder,     request.mirror,
                               request.filled,  request.environment};
  SPACE_TRY(locked.filled, tofu::fill_mirror(fill, tools));
  return locked;
}

void tell(const LockOptions& options, const Locked& locked) {
  for (const std::string& line : tofu::lock_changes(locked.before, locked.after))
    print_out(line + "\n");
  print_out(locked.after == locked.before
                ? "`.terraform.lock.hcl` is as it was\n"
                : "`.terraform.lock.hcl` is written; commit it, and `spacec build` gives it to the "
                  "roots\n");
  if (options.mirror.empty()) return;
  print_out("`" + options.mirror +
            "` has the locked packages: " + std::to_string(locked.filled.fetched) + " fetched, " +
            std::to_string(locked.filled.there) + " there before\n");
}

}  // namespace

int lock(const LockOptions& options, const Setting& setting) {
  int exit_code = k_fine;
  CommonOptions common;
  common.run_plan = options.run_plan;
  const auto loaded = load(common, setting, exit_code);
  if (!loaded) return exit_code;
  auto platforms = tofu::choose_platforms(options.platforms, setting.environment);
  if (!platforms) return failed(platforms.error(), k_usage);
  tofu::LockRequest request;
  request.needed = tofu::needed_providers(loaded->plan);
  if (request.needed.empty()) {
    print_out("no procedure needs a provider that tofu does not bring: there is nothing to lock\n");
    return k_fine;
  }
  request.platforms = platforms->names;
  request.which = platforms->which;
  request.folder = base::join_path(loaded->workspace.ours(), "lock");
  const auto places = find_places(*loaded, setting);
  if (!places) return k_no_tofu;
  const std::string locks = base::join_path(loaded->workspace.ours(), "locks");
  if (const auto made = setting.files.make_directories(locks); !made)
    return failed(base::cannot("make", locks, made.error()), k_failed);
  process::FlightLock alone(base::join_path(locks, "space-lock.lock"));
  const auto held = alone.try_lock("lock");
  if (!held) return failed(held.error(), k_lock);
  if (*held != process::LockState::Held)
    return failed({"another `space lock` works here, process " + std::to_string(alone.holder().pid),
                   "wait for it"},
                  k_busy);
  const auto store = tofu::plugin_store(setting.environment, setting.files);
  if (!store) return failed(store.error(), k_lock);
  request.program = places->program;
  request.mirror = store->mirror();
  request.environment = setting.environment;
  const auto processes = process::make_process_runner();
  Progress progress;
  tofu::InstallTools tools{
      setting.files, setting.clock, *processes, base::run_command,
      [&progress](const std::string& what, std::int64_t seconds) { progress.show(what, seconds); }};
  // A killed one left it.
  tofu::clear_folder(request.folder, "removing what an interrupted lock left", tools);
  if (const auto made = setting.files.make_directories(request.folder); !made)
    return failed(base::cannot("make", request.folder, made.error()), k_lock);
  const auto locked = lock(options, *loaded, request, setting, tools);
  const bool was_interrupted = !locked && tofu::is_interrupted(tools);
  tofu::clear_folder(request.folder, "removing what the lock needed", tools);
  progress.clear();
  if (was_interrupted) return failed(tofu::interruption(), k_interrupted);
  if (!locked) return failed(locked.error(), k_lock);
  tell(options, *locked);
  return k_fine;
}

}  // namespace space::runner
