// `spacec schema add`: takes providers' schemas in, from what tofu printed or from a root where
// tofu prints it. `spacec schema list`: those that there are.
#include <fmt/core.h>

#include <algorithm>

#include "compiler/cli/commands.h"
#include "compiler/cli/output.h"
#include "compiler/cli/sources.h"
#include "compiler/driver/schema_store.h"
#include "core/base/process.h"

namespace space::cli {

namespace {

std::string project_folder(const std::vector<std::string>& paths, const World& world) {
  driver::CompileOptions options;
  options.paths = paths.empty() ? std::vector<std::string>{k_default_folder} : paths;
  options.stop_after = driver::Phase::Program;
  return driver::compile(world.files, options).project_folder;
}

base::Result<std::string> ask_tofu(const std::string& root, const World& world) {
  base::Command command;
  const auto given = world.environment.find("SPACE_TOFU");
  command.argv = {given == world.environment.end() ? "tofu" : given->second, "providers", "schema",
                  "-json"};
  command.environment = world.environment;
  command.folder = root;
  SPACE_TRY(const base::CommandResult result, base::run_command(command));
  if (result.exit_code != 0) {
    return base::Error{
        fmt::format("`tofu providers schema -json` ended with {} in `{}`", result.exit_code, root),
        result.standard_error.empty() ? "" : "it says: " + result.standard_error};
  }
  return result.standard_output;
}

int failed(World& world, const base::Error& error, int code) {
  print_error(world, error.message, error.help);
  return code;
}

int add(const SchemaOptions& options, World& world) {
  const bool is_root = world.files.stat(options.from).kind == base::FileKind::Directory;
  driver::KnownVersions versions;
  versions.only = options.version;
  if (is_root) {
    if (const auto lock = world.files.read(base::join_path(options.from, ".terraform.lock.hcl")))
      versions.by_address = driver::locked_versions(*lock);
  }
  const auto json = is_root ? ask_tofu(options.from, world) : world.files.read(options.from);
  if (!json && is_root) return failed(world, json.error(), k_tofu);
  if (!json) return failed(world, base::cannot("read", options.from, json.error()), k_usage);
  const std::string folder =
      options.into.empty()
          ? base::join_path(project_folder(options.paths, world), driver::k_schema_folder)
          : options.into;
  const auto written = driver::add_schemas(world.files, *json, versions, folder);
  if (!written) return failed(world, written.error(), k_errors);
  if (written->empty()) {
    return failed(world, {fmt::format("`{}` has no provider but tofu's own", options.from), ""},
                  k_errors);
  }
  for (const std::string& path : *written) world.err.write("wrote " + path + "\n");
  return k_fine;
}

int list(const SchemaOptions& options, World& world) {
  auto files = driver::schema_files(world.files, project_folder(options.paths, world));
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) {
    if (a.source != b.source) return a.source < b.source;
    return a.version == b.version ? a.origin < b.origin : schemas::is_older(a.version, b.version);
  });
  for (const schemas::IndexFile& file : files) {
    world.out.write(fmt::format(
        "{} {} {}\n", file.source, file.version,
        file.origin == schemas::Origin::Project ? file.path : std::string("compiled in")));
  }
  return k_fine;
}

}  // namespace

int schema(const SchemaOptions& options, World& world) {
  return options.verb == SchemaOptions::Verb::Add ? add(options, world) : list(options, world);
}

}  // namespace space::cli
