// `spacec restore`: fetches the remote modules that a program names, and pins them.
#include "compiler/driver/restore.h"

#include <fmt/core.h>

#include "compiler/cli/commands.h"
#include "compiler/cli/compile_step.h"
#include "compiler/cli/output.h"
#include "core/base/strings.h"

namespace space::cli {

namespace {

std::string find(const World& world, const std::string& name) {
  const auto found = world.environment.find(name);
  return found == world.environment.end() ? "" : found->second;
}

// SPACE_TOFU, the one that `space tofu install` made, else whatever PATH has.
std::string tofu_for(const std::string& version, const World& world) {
  if (const std::string given = find(world, "SPACE_TOFU"); !given.empty()) return given;
  std::string cache = find(world, "XDG_CACHE_HOME");
  if (cache.empty()) cache = find(world, "HOME") + "/.cache";
  const std::string built = cache + "/space/tofu/" + version + "/tofu";
  return world.files.is_executable(built) ? built : "tofu";
}

std::string absolute(const std::string& path, const World& world) {
  if (path.empty() || path.starts_with('/')) return path;
  return base::join_path(find(world, "PWD"), path);
}

void list(World& world, const char* verb, const std::vector<driver::RemoteModule>& modules) {
  for (const driver::RemoteModule& module : modules) {
    world.err.write(fmt::format("{} {}{}{}\n", verb, module.address,
                                module.version.empty() ? "" : " ", module.version));
  }
}

}  // namespace

int restore(const RestoreOptions& options, World& world) {
  const auto compiled = compile_quietly(options.paths, "restore", driver::Phase::Resolved, world);
  if (!compiled) return k_usage;
  const driver::Compilation& program = *compiled;
  if (program.has_errors() || program.resolved == nullptr) {
    print_diagnostics({program.diagnostics, program.silenced, *program.sources},
                      DiagnosticFormat::Text, options.common.color, world);
    world.err.write(tally(program.diagnostics) + ": nothing was restored\n");
    return k_errors;
  }
  driver::RestoreOptions how;
  how.project_folder = program.project_folder;
  const bool is_path = options.tofu.find('/') != std::string::npos;
  how.tofu = is_path ? absolute(options.tofu, world) : options.tofu;
  if (how.tofu.empty()) how.tofu = tofu_for(program.resolved->project.tofu, world);
  how.cli_config = absolute(options.cli_config, world);
  how.environment = world.environment;
  how.pins = options.pins;
  const driver::RestoreResult result =
      driver::restore(world.files, driver::remote_modules(*program.resolved), how);
  int code = k_fine;
  for (const driver::RestoreError& error : result.errors) {
    print_error(world, error.error.message, error.error.help);
    code = error.kind == driver::RestoreError::Kind::Tofu ? k_tofu : k_errors;
  }
  if (code != k_fine) return code;
  list(world, "fetched", result.report.fetched);
  list(world, "dropped", result.report.dropped);
  world.err.write(fmt::format(
      "restored {}: {} fetched, {} in place\n",
      base::counted(result.report.fetched.size() + result.report.kept.size(), "remote module"),
      result.report.fetched.size(), result.report.kept.size()));
  return k_fine;
}

}  // namespace space::cli
