#include "compiler/cli/compile_step.h"

#include "compiler/cli/output.h"
#include "compiler/cli/progress.h"
#include "compiler/cli/sources.h"
#include "core/base/strings.h"

namespace space::cli {

std::shared_ptr<const driver::Compilation> compile_step(const CheckOptions& options,
                                                        const std::string& command,
                                                        driver::Phase stop_after,
                                                        const std::string& out, World& world) {
  const auto paths = choose_paths(options.paths, command, world);
  if (!paths) return nullptr;
  driver::CompileOptions compile_options;
  compile_options.paths = *paths;
  if (!out.empty()) compile_options.out = out;
  compile_options.levels = options.levels;
  compile_options.stop_after = options.print.value_or(stop_after);
  const auto compilation = [&] {
    const Progress progress(world, "compiling");
    return std::make_shared<const driver::Compilation>(
        driver::compile(world.files, compile_options));
  }();
  world.kept.push_back(compilation);
  print_diagnostics({compilation->diagnostics, compilation->silenced, *compilation->sources},
                    options.format, options.common.color, world);
  return compilation;
}

std::shared_ptr<const driver::Compilation> compile_quietly(const std::vector<std::string>& paths,
                                                           const std::string& command,
                                                           driver::Phase stop_after, World& world) {
  const auto chosen = choose_paths(paths, command, world);
  if (!chosen) return nullptr;
  driver::CompileOptions options;
  options.paths = *chosen;
  options.stop_after = stop_after;
  auto compilation =
      std::make_shared<const driver::Compilation>(driver::compile(world.files, options));
  world.kept.push_back(compilation);
  return compilation;
}

int finish_print(const driver::Compilation& compilation, const CheckOptions& options,
                 World& world) {
  world.out.write(driver::dump(compilation, *options.print));
  return compilation.has_errors() ? k_errors : k_fine;
}

std::string describe_size(const driver::Compilation& compilation) {
  if (!compilation.resolved) return "nothing";
  return base::counted(compilation.resolved->procedures.size(), "procedure") + " in " +
         base::counted(compilation.resolved->flights.size(), "flight");
}

}  // namespace space::cli
