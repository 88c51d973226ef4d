// `spacec build`: all phases, then the output folder made equal to what they gave. With --check
// nothing is written, and what would change is listed.
#include <algorithm>
#include <string>

#include "compiler/cli/commands.h"
#include "compiler/cli/compile_step.h"
#include "compiler/cli/output.h"
#include "compiler/cli/progress.h"
#include "compiler/driver/write_out.h"

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

int report_stale(const BuildOptions& options, const driver::WriteReport& report, World& world) {
  if (report.written.empty() && report.removed.empty()) {
    world.err.write("`" + options.out + "` is up to date: " + count(report.unchanged, "file") +
                    "\n");
    return k_fine;
  }
  list_some(world, "would write", report.written, options.out);
  list_some(world, "would remove", report.removed, options.out);
  world.err.write("`" + options.out + "` is stale: " + count(report.written.size(), "file") +
                  " to write, " + std::to_string(report.removed.size()) + " to remove, " +
                  std::to_string(report.unchanged) +
                  " unchanged\n  = help: `spacec build` brings it up to date\n");
  return k_differs;
}

}  // namespace

int build(const BuildOptions& options, World& world) {
  const auto compiled =
      compile_step(options.check, "build", driver::Phase::Emitted, options.out, world);
  if (!compiled) return k_usage;
  if (options.check.print) return finish_print(*compiled, options.check, world);
  if (compiled->has_errors()) {
    world.err.write(tally(compiled->diagnostics) + ": nothing was written\n");
    return k_errors;
  }
  const auto mode =
      options.mode == BuildOptions::Mode::Check ? driver::Compare::Only : driver::Compare::Write;
  const auto report = [&] {
    const Progress progress(world, "writing");
    return driver::write_out(world.files, options.out, compiled->emitted, mode);
  }();
  if (!report) {
    print_error(world, report.error().message, report.error().help);
    return k_errors;
  }
  if (options.mode == BuildOptions::Mode::Check) return report_stale(options, *report, world);
  const std::string problems = tally(compiled->diagnostics);
  world.err.write("built " + describe_size(*compiled) + ": wrote " +
                  count(report->written.size(), "file") + ", removed " +
                  std::to_string(report->removed.size()) + ", " +
                  std::to_string(report->unchanged) + " unchanged" +
                  (problems.empty() ? "" : "; " + problems) + "\n");
  return k_fine;
}

}  // namespace space::cli
