// What every subcommand begins with: the world as main made it, the run plan, the roots that a
// target means, the tofu that is pinned. Errors are printed here, in one form.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/filesystem.h"
#include "core/base/result.h"
#include "core/runplan/run_plan.h"
#include "runner/cli/options.h"
#include "runner/flight/preview.h"
#include "runner/flight/run.h"
#include "runner/flight/workspace.h"
#include "runner/status/view.h"

namespace space::runner {

inline constexpr int k_fine = 0;
inline constexpr int k_failed = 1;
inline constexpr int k_usage = 2;
inline constexpr int k_no_tofu = 4;
inline constexpr int k_lock = 14;
inline constexpr int k_identity = 15;
inline constexpr int k_busy = 75;
inline constexpr int k_interrupted = 130;

struct Setting {
  base::FileSystem& files;
  const base::Clock& clock;
  std::map<std::string, std::string> environment;
  std::string folder;  // the working folder, absolute
  std::size_t cores = 1;
};

void print_out(std::string_view text);
void print_error(const base::Error& error);
void print_diagnostic(const runplan::RunDiagnostic& diagnostic, const status::Style& style);
status::Color color_for(ColorChoice choice, const Setting& setting);
bool is_terminal_out();
status::Style style_for(const CommonOptions& options, Switch why, const Setting& setting);
status::TerminalSize terminal_size();
status::Terminal terminal_of(const Setting& setting);
bool can_move_cursor(const Setting& setting);  // a terminal that is more than a printer

struct Loaded {
  runplan::RunPlan plan;
  flight::Workspace workspace;
  std::vector<std::size_t> roots;
};

// Nothing after an error, which was printed; `exit_code` says which.
std::optional<Loaded> load(const CommonOptions& options, const Setting& setting, int& exit_code);
std::optional<runplan::RunPlan> load_run_plan(const std::string& path, const Setting& setting);

// tofu of the wanted version and our CLI configuration for it.
std::optional<tofu::Places> find_places(const Loaded& loaded, const Setting& setting);
base::Result<std::string> digest_of_tofu(const tofu::Places& places, const Setting& setting);

// Of all that was loaded.
flight::Scope scope_of(const Loaded& loaded, const CommonOptions& options, std::size_t parallel,
                       const tofu::Places& places);

// The world of a flight, with real processes.
struct RealWorld {
  explicit RealWorld(const Setting& setting);
  std::unique_ptr<process::CommandRunner> processes;
  flight::World world;
};

// Nothing where nothing was started: why was printed, and `exit_code` says which.
std::optional<flight::Flown> fly_request(const Loaded& loaded, const flight::RunRequest& request,
                                         status::View& view, const Setting& setting,
                                         int& exit_code);

// Nothing where nothing was planned: likewise.
std::optional<flight::Previewed> make_preview(const Loaded& loaded,
                                              const flight::PreviewRequest& request,
                                              const status::Style& style, const Setting& setting,
                                              int& exit_code);

// For other programs and people to read, whatever our umask: it holds no secret.
base::Status write_for_others(const std::string& path, const std::string& text,
                              const Setting& setting);

std::size_t parallel_for(std::size_t asked, const Setting& setting);

// One file a subcommand.
int fly(const FlyOptions& options, const Setting& setting);
int preview(const PreviewOptions& options, const Setting& setting);
int drift(const DriftOptions& options, const Setting& setting);
int output(const OutputOptions& options, const Setting& setting);
int status(const StatusOptions& options, const Setting& setting);
int resolve(const ResolveOptions& options, const Setting& setting);
int exec(const ExecOptions& options, const Setting& setting);
int lock(const LockOptions& options, const Setting& setting);
int tofu_command(const TofuOptions& options, const Setting& setting);
int sandbox_command(const SandboxOptions& options, const Setting& setting);

}  // namespace space::runner
