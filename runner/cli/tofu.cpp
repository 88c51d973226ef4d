// tofu which, tofu install.
#include "runner/cli/progress.h"
#include "runner/cli/session.h"
#include "runner/process/command_runner.h"
#include "runner/status/text.h"
#include "runner/tofu/find_tofu.h"
#include "runner/tofu/install.h"

namespace space::runner {

namespace {

// Of the run plan where there is one; before the first build it is what spacec pins by default.
std::optional<std::string> wanted_version(const TofuOptions& options, const Setting& setting) {
  if (setting.files.stat(options.run_plan).kind == base::FileKind::Missing)
    return tofu::k_default_version;
  const auto plan = load_run_plan(options.run_plan, setting);
  if (!plan) return std::nullopt;
  return plan->project.tofu;
}

tofu::Way way_of(TofuOptions::From from) {
  switch (from) {
    case TofuOptions::From::Release:
      return tofu::Way::Release;
    case TofuOptions::From::Source:
      return tofu::Way::Source;
    case TofuOptions::From::ReleaseElseSource:
      break;
  }
  return tofu::Way::ReleaseElseSource;
}

const char* words_of(tofu::Installed::By by) {
  switch (by) {
    case tofu::Installed::By::Release:
      return "installed from the official release";
    case tofu::Installed::By::Source:
      return "built from its sources";
    case tofu::Installed::By::Other:
      break;
  }
  return "installed by another process";
}

int install(TofuOptions::From from, const std::string& version, const std::string& cache,
            const Setting& setting) {
  const auto trust = tofu::official_trust();
  const auto page = tofu::release_page(setting.environment);
  if (!trust || !page) {
    print_error(trust ? page.error() : trust.error());
    return k_failed;
  }
  const auto processes = process::make_process_runner();
  Progress progress;
  tofu::InstallTools tools{
      setting.files, setting.clock, *processes, base::run_command,
      [&progress](const std::string& what, std::int64_t seconds) { progress.show(what, seconds); }};
  const std::int64_t begin = setting.clock.mono_milliseconds();
  const auto installed =
      tofu::install_tofu({version, cache, setting.environment, way_of(from), *trust, *page}, tools);
  progress.clear();
  if (!installed) {
    print_error(installed.error());
    return tools.was_interrupted ? k_interrupted : k_no_tofu;
  }
  print_out("tofu " + version + " is " + words_of(installed->by) + ", in " +
            status::duration_text(setting.clock.mono_milliseconds() - begin) + ": " +
            installed->program + "\n");
  return k_fine;
}

}  // namespace

int tofu_command(const TofuOptions& options, const Setting& setting) {
  const auto version = wanted_version(options, setting);
  if (!version) return k_failed;
  const auto cache = tofu::cache_folder(setting.environment);
  if (!cache) {
    print_error(cache.error());
    return k_failed;
  }
  const auto path = setting.environment.find("PATH");
  const tofu::FindRequest request{*version, path == setting.environment.end() ? "" : path->second,
                                  *cache};
  const auto found = tofu::find_tofu(request, setting.files, base::run_command);
  if (options.what == TofuOptions::What::Which) {
    if (!found) {
      print_error(found.error());
      return k_no_tofu;
    }
    print_out(found->program + "\n");
    return k_fine;
  }
  if (found) {
    print_out("tofu " + *version + " is in " + found->where + ": " + found->program + "\n");
    return k_fine;
  }
  return install(options.from, *version, *cache, setting);
}

}  // namespace space::runner
