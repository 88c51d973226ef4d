#include "runner/cli/session.h"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "core/runplan/run_plan_json.h"
#include "runner/flight/target.h"
#include "runner/process/command_runner.h"
#include "runner/process/free_space.h"
#include "runner/status/text.h"
#include "runner/tofu/find_tofu.h"

namespace space::runner {

void print_out(std::string_view text) {
  (void)std::fwrite(text.data(), 1, text.size(), stdout);
  (void)std::fflush(stdout);
}

void print_error(const base::Error& error) {
  std::string text = "error: " + error.message + "\n";
  if (!error.help.empty()) text += "  = help: " + error.help + "\n";
  (void)std::fwrite(text.data(), 1, text.size(), stderr);
}

void print_diagnostic(const runplan::RunDiagnostic& diagnostic, const status::Style& style) {
  const std::string text = status::diagnostic_text(diagnostic, style, "");
  (void)std::fwrite(text.data(), 1, text.size(), stderr);
}

bool is_terminal_out() { return ::isatty(STDOUT_FILENO) == 1; }

status::Style style_for(const CommonOptions& options, Switch why, const Setting& setting) {
  status::Style style{color_for(options.color, setting),
                      why == Switch::On ? status::Reasons::Why : status::Reasons::Brief};
  if (is_terminal_out()) style.fold = terminal_size().columns;
  return style;
}

status::TerminalSize terminal_size() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0)
    return {size.ws_col, size.ws_row};
  return {100, 24};
}

namespace {

std::string variable(const Setting& setting, const char* name) {
  const auto found = setting.environment.find(name);
  return found == setting.environment.end() ? "" : found->second;
}

}  // namespace

status::Terminal terminal_of(const Setting& setting) {
  // The console and xterm itself cut; what else there is (VTE, kitty, tmux, the Windows terminal …)
  // breaks lines anew.
  const bool cuts =
      variable(setting, "TERM") == "linux" || setting.environment.count("XTERM_VERSION") > 0;
  return {&terminal_size, cuts ? status::LongLines::Cut : status::LongLines::BrokenAnew};
}

bool can_move_cursor(const Setting& setting) {
  const std::string term = variable(setting, "TERM");
  return is_terminal_out() && !term.empty() && term != "dumb";
}

status::Color color_for(ColorChoice choice, const Setting& setting) {
  if (choice == ColorChoice::Always) return status::Color::On;
  const bool refused = choice == ColorChoice::Never || !variable(setting, "NO_COLOR").empty();
  return refused || !can_move_cursor(setting) ? status::Color::Off : status::Color::On;
}

std::optional<runplan::RunPlan> load_run_plan(const std::string& path, const Setting& setting) {
  const auto text = setting.files.read(path);
  if (!text) {
    print_error({"cannot read the run plan `" + path + "`: " + text.error().message,
                 "`spacec build` writes it"});
    return std::nullopt;
  }
  auto plan = runplan::read_run_plan(*text);
  if (!plan) {
    print_error({"`" + path + "`: " + plan.error().message, plan.error().help});
    return std::nullopt;
  }
  return std::move(*plan);
}

std::optional<Loaded> load(const CommonOptions& options, const Setting& setting, int& exit_code) {
  exit_code = k_failed;
  auto plan = load_run_plan(options.run_plan, setting);
  if (!plan) return std::nullopt;
  Loaded loaded;
  loaded.plan = std::move(*plan);
  loaded.workspace =
      flight::make_workspace(loaded.plan, options.run_plan, setting.folder, setting.clock);
  if (!options.target.empty()) {
    auto roots = flight::select_roots(loaded.plan, options.target);
    if (!roots) {
      print_error(roots.error());
      exit_code = k_usage;
      return std::nullopt;
    }
    loaded.roots = std::move(*roots);
  } else {
    for (std::size_t i = 0; i < loaded.plan.roots.size(); ++i) loaded.roots.push_back(i);
  }
  exit_code = k_fine;
  return loaded;
}

namespace {

// Its bytes are too many to be read each time: what the disk says of the file itself, behind links.
std::string identity_of(const std::string& program, const Setting& setting) {
  std::error_code problem;
  const std::string file = std::filesystem::canonical(program, problem).string();
  const base::FileStat stat = setting.files.stat(problem ? program : file);
  return std::to_string(stat.size) + " " + std::to_string(stat.mtime_ns) + " " +
         std::to_string(stat.ctime_ns) + " " + std::to_string(stat.inode);
}

}  // namespace

std::optional<tofu::Places> find_places(const Loaded& loaded, const Setting& setting) {
  const auto cache = tofu::cache_folder(setting.environment);
  if (!cache) {
    print_error(cache.error());
    return std::nullopt;
  }
  const auto path = setting.environment.find("PATH");
  const tofu::FindRequest request{loaded.plan.project.tofu,
                                  path == setting.environment.end() ? "" : path->second, *cache};
  const auto found = tofu::find_tofu(request, setting.files, base::run_command);
  if (!found) {
    print_error(found.error());
    return std::nullopt;
  }
  return tofu::Places{found->program, loaded.workspace.cli_config(),
                      identity_of(found->program, setting)};
}

base::Result<std::string> digest_of_tofu(const tofu::Places& places, const Setting& setting) {
  SPACE_TRY(const std::string cache, tofu::cache_folder(setting.environment));
  return tofu::digest_of(places.program, cache, setting.files);
}

flight::Scope scope_of(const Loaded& loaded, const CommonOptions& options, std::size_t parallel,
                       const tofu::Places& places) {
  return {options.target, loaded.roots, parallel, places};
}

RealWorld::RealWorld(const Setting& setting)
    : processes(process::make_process_runner()),
      world{setting.files,       setting.clock,     *processes,
            setting.environment, base::run_command, process::free_bytes} {}

std::optional<flight::Flown> fly_request(const Loaded& loaded, const flight::RunRequest& request,
                                         status::View& view, const Setting& setting,
                                         int& exit_code) {
  RealWorld real(setting);
  flight::Flown flown = flight::fly(loaded.plan, request, loaded.workspace, real.world, view);
  exit_code = flown.exit_code;
  if (!flown.refusal) return flown;
  print_error(*flown.refusal);
  return std::nullopt;
}

std::optional<flight::Previewed> make_preview(const Loaded& loaded,
                                              const flight::PreviewRequest& request,
                                              const status::Style& style, const Setting& setting,
                                              int& exit_code) {
  RealWorld real(setting);
  flight::Previewed previewed = flight::preview(loaded.plan, request, loaded.workspace, real.world);
  exit_code = previewed.exit_code;
  if (!previewed.refusal) return previewed;
  for (const auto& diagnostic : previewed.preview.diagnostics) print_diagnostic(diagnostic, style);
  print_error(*previewed.refusal);
  return std::nullopt;
}

base::Status write_for_others(const std::string& path, const std::string& text,
                              const Setting& setting) {
  const mode_t ours = ::umask(022);
  auto written = setting.files.write(path, text, base::FileMode::Plain);
  ::umask(ours);
  return written;
}

std::size_t parallel_for(std::size_t asked, const Setting& setting) {
  return asked > 0 ? asked : std::max<std::size_t>(setting.cores, 1) * 2;
}

}  // namespace space::runner
