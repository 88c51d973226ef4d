// lock: writes the one `.terraform.lock.hcl` beside the project file.
#include "core/base/strings.h"
#include "runner/cli/progress.h"
#include "runner/cli/session.h"
#include "runner/flight/lock_file.h"
#include "runner/process/command_runner.h"
#include "runner/process/flight_lock.h"
#include "runner/tofu/lock_providers.h"

namespace space::runner {

namespace {

int failed(const base::Error& error, int exit_code) {
  print_error(error);
  return exit_code;
}

struct Locked {
  std::string before, after;
};

base::Result<Locked> lock(const LockOptions& options, const Loaded& loaded,
                          const tofu::Places& places, tofu::LockRequest request,
                          const Setting& setting) {
  SPACE_TRY(const tofu::PluginStore store, tofu::plugin_store(setting.environment, setting.files));
  Locked locked;
  const std::string path = base::join_path(loaded.workspace.project, flight::k_dependency_lock);
  if (setting.files.stat(path).kind != base::FileKind::Missing) {
    SPACE_TRY(locked.before, setting.files.read(path));
  }
  request.old_lock = options.upgrade == Switch::On ? "" : locked.before;
  request.program = places.program;
  request.mirror = store.mirror();
  request.environment = setting.environment;
  const auto processes = process::make_process_runner();
  Progress progress;
  tofu::InstallTools tools{
      setting.files, setting.clock, *processes, base::run_command,
      [&progress](const std::string& what, std::int64_t seconds) { progress.show(what, seconds); }};
  // A killed one left it.
  tofu::clear_folder(request.folder, "removing what an interrupted lock left", tools);
  SPACE_TRY_STATUS(setting.files.make_directories(request.folder));
  auto after = tofu::lock_providers(request, tools);
  tofu::clear_folder(request.folder, "removing what the lock needed", tools);
  progress.clear();
  if (!after) return after.error();
  locked.after = std::move(*after);
  if (locked.after == locked.before) return locked;
  if (const auto written = setting.files.write(path, locked.after, base::FileMode::Plain); !written)
    return base::cannot("write", path, written.error());
  return locked;
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
  const auto locked = lock(options, *loaded, *places, std::move(request), setting);
  if (!locked) return failed(locked.error(), k_lock);
  for (const std::string& line : tofu::lock_changes(locked->before, locked->after))
    print_out(line + "\n");
  print_out(locked->after == locked->before
                ? "`.terraform.lock.hcl` is as it was\n"
                : "`.terraform.lock.hcl` is written; commit it, and `spacec build` gives it to the "
                  "roots\n");
  return k_fine;
}

}  // namespace space::runner
