// `spacec build`: all phases, then the output folder made equal to what they gave. With --check
// nothing is written, and what would change is listed.
#include "compiler/driver/build.h"

#include <algorithm>
#include <memory>
#include <string>

#include "compiler/cli/commands.h"
#include "compiler/cli/compile_step.h"
#include "compiler/cli/output.h"
#include "compiler/cli/progress.h"
#include "compiler/cli/sources.h"
#include "compiler/cli/version.h"
#include "core/base/strings.h"

namespace space::cli {

namespace {

constexpr std::size_t k_listed = 20;

void list_some(World& world, const std::string& verb, const std::vector<std::string>& paths,
               const std::string& out) {
  for (std::size_t i = 0; i < std::min(k_listed, paths.size()); ++i) {
    world.err.write(verb + " " + base::join_path(out, paths[i]) + "\n");
  }
  if (paths.size() > k_listed)
    world.err.write("… and " + std::to_string(paths.size() - k_listed) + " more\n");
}

// What happens, or would happen, to `spaces.lock`.
void report_lock(const driver::BuildResult& result, BuildOptions::Mode mode, World& world) {
  const bool is_check = mode == BuildOptions::Mode::Check;
  const driver::NextLock& lock = result.lock;
  const auto list = [&](std::string_view verb, const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < std::min(k_listed, names.size()); ++i)
      world.err.write(std::string(verb) + " " + names[i] + "\n");
    if (names.size() > k_listed)
      world.err.write("… and " + std::to_string(names.size() - k_listed) + " more\n");
  };
  if (is_check) {
    list("would lock", lock.added);
    list("would rename", lock.moved);
    list("would forget", lock.gone);
    world.err.write("`" + lock.path +
                    "` is stale\n  = help: `spacec build` brings it up to date: commit it\n");
    return;
  }
  std::vector<std::string> parts;
  if (!lock.added.empty()) parts.push_back(base::counted(lock.added.size(), "new state"));
  if (!lock.moved.empty()) parts.push_back(std::to_string(lock.moved.size()) + " renamed");
  if (!lock.gone.empty()) parts.push_back(std::to_string(lock.gone.size()) + " forgotten");
  if (parts.empty()) parts.push_back("stages and providers of now");
  list("forgot", lock.gone);
  const bool is_new = lock.before == driver::NextLock::Presence::Absent;
  world.err.write("wrote `" + lock.path + "`" + (is_new ? ", which is new" : "") + ": " +
                  base::join(parts, ", ") + "; commit it\n");
}

int report_stale(const BuildOptions& options, const driver::BuildResult& result, World& world) {
  const driver::WriteReport& report = result.report;
  const bool locks = result.lock_state == driver::BuildResult::LockState::Differs;
  if (locks) report_lock(result, options.mode, world);
  if (report.written.empty() && report.removed.empty()) {
    if (locks) return k_differs;
    world.err.write("`" + options.out +
                    "` is up to date: " + base::counted(report.unchanged, "file") + "\n");
    return k_fine;
  }
  list_some(world, "would write", report.written, options.out);
  list_some(world, "would remove", report.removed, options.out);
  world.err.write("`" + options.out +
                  "` is stale: " + base::counted(report.written.size(), "file") + " to write, " +
                  std::to_string(report.removed.size()) + " to remove, " +
                  std::to_string(report.unchanged) +
                  " unchanged\n  = help: `spacec build` brings it up to date\n");
  return k_differs;
}

// The forms for machines end with a summary, also where nothing had to be compiled.
int report_fresh(const BuildOptions& options, World& world) {
  print_diagnostics({{}, {}, source::SourceSet()}, options.check.format, options.check.common.color,
                    world);
  world.err.write("`" + options.out + "` is up to date: nothing changed since the last build\n");
  return k_fine;
}

}  // namespace

int build(const BuildOptions& options, World& world) {
  if (options.check.print) {
    const auto compiled =
        compile_step(options.check, "build", driver::Phase::Emitted, options.out, world);
    return compiled ? finish_print(*compiled, options.check, world) : k_usage;
  }
  const auto paths = choose_paths(options.check.paths, "build", world);
  if (!paths) return k_usage;
  driver::BuildOptions build_options;
  build_options.compile.paths = *paths;
  build_options.compile.out = options.out;
  build_options.compile.levels = options.check.levels;
  build_options.mode =
      options.mode == BuildOptions::Mode::Check ? driver::Compare::Only : driver::Compare::Write;
  // What is silenced stands in SARIF, and is known only by compiling.
  if (options.check.format == DiagnosticFormat::Sarif)
    build_options.shortcut = driver::BuildOptions::Shortcut::Never;
  build_options.version = version_text();
  build_options.started_ns = world.clock.wall_milliseconds() * 1'000'000;
  const auto kept = [&] {
    const Progress progress(world, "building");
    return std::make_shared<const driver::BuildResult>(driver::build(world.files, build_options));
  }();
  world.kept.push_back(kept);
  const driver::BuildResult& result = *kept;
  if (result.outcome == driver::BuildResult::Outcome::UpToDate) return report_fresh(options, world);
  const driver::Compilation& compilation = result.compilation;
  print_diagnostics({compilation.diagnostics, compilation.silenced, *compilation.sources},
                    options.check.format, options.check.common.color, world);
  const std::string problems = tally(result.compilation.diagnostics);
  switch (result.outcome) {
    case driver::BuildResult::Outcome::Errors:
      world.err.write(problems + ": nothing was written\n");
      return k_errors;
    case driver::BuildResult::Outcome::OutputFailed:
      print_error(world, result.error.message, result.error.help);
      return k_errors;
    case driver::BuildResult::Outcome::UpToDate:
    case driver::BuildResult::Outcome::Built:
      break;
  }
  if (options.mode == BuildOptions::Mode::Check) return report_stale(options, result, world);
  world.err.write("built " + describe_size(result.compilation) + ": wrote " +
                  base::counted(result.report.written.size(), "file") + ", removed " +
                  std::to_string(result.report.removed.size()) + ", " +
                  std::to_string(result.report.unchanged) + " unchanged" +
                  (problems.empty() ? "" : "; " + problems) + "\n");
  if (result.lock_state == driver::BuildResult::LockState::Differs)
    report_lock(result, options.mode, world);
  return k_fine;
}

}  // namespace space::cli
