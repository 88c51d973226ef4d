// `spacec adopt`: takes a state that exists in, and says what was written and what comes next.
#include "compiler/driver/adopt.h"

#include <memory>

#include "compiler/cli/commands.h"
#include "compiler/cli/output.h"
#include "compiler/cli/sources.h"
#include "core/base/strings.h"

namespace space::cli {

int adopt(const AdoptOptions& options, World& world) {
  const auto paths = choose_paths(options.paths, "adopt", world);
  if (!paths) return k_usage;
  driver::AdoptOptions wanted;
  wanted.compile.paths = *paths;
  wanted.compile.stop_after = driver::Phase::Resolved;
  wanted.state = options.state;
  wanted.address = options.address;
  if (!options.contents.empty()) {
    auto bytes = options.contents == "-" ? base::Result<std::string>(world.read_standard_input())
                                         : world.files.read(options.contents);
    if (!bytes) {
      const base::Error error = base::cannot("read", options.contents, bytes.error());
      print_error(world, error.message, error.help);
      return k_usage;
    }
    wanted.contents = std::move(*bytes);
  }
  auto adopted = driver::adopt(world.files, wanted);
  if (!adopted) {
    print_error(world, adopted.error().message, adopted.error().help);
    return k_errors;
  }
  const auto kept = std::make_shared<const driver::Adoption>(std::move(*adopted));
  world.kept.push_back(kept);
  const driver::Compilation& compilation = kept->compilation;
  if (compilation.has_errors()) {
    print_diagnostics({compilation.diagnostics, compilation.silenced, *compilation.sources},
                      DiagnosticFormat::Text, options.common.color, world);
    world.err.write(tally(compilation.diagnostics) + ": nothing was written\n");
    return k_errors;
  }
  world.err.write("`" + options.state + "` is at `" + kept->address + "` in `" + kept->backend +
                  "`: recorded in `" + kept->lock + "`\n");
  if (!kept->before.empty() && kept->before != kept->address)
    world.err.write("it was at `" + kept->before + "`: what is there belongs to nobody now\n");
  if (!kept->moved.empty()) {
    world.err.write("wrote " + base::counted(kept->moved.size(), "`moved` block") + " into `" +
                    kept->file + "`, for " + base::list_names(kept->moved) +
                    ": they can go when they have been applied everywhere\n");
  }
  world.err.write("next: `spacec build`, and `space plan " + options.state +
                  "`, which should plan no change\n");
  return k_fine;
}

}  // namespace space::cli
