// `spacec check`: every phase up to check; writes nothing.
#include <string>

#include "compiler/cli/commands.h"
#include "compiler/cli/compile_step.h"
#include "compiler/cli/output.h"

namespace space::cli {

int check(const CheckOptions& options, World& world) {
  const auto compiled = compile_step(options, "check", driver::Phase::Checked, "", world);
  if (!compiled) return k_usage;
  if (options.print) return finish_print(*compiled, options, world);
  if (compiled->has_errors()) {
    world.err.write(tally(compiled->diagnostics) + "\n");
    return k_errors;
  }
  const std::string problems = tally(compiled->diagnostics);
  world.err.write("checked " + describe_size(*compiled) + ": " +
                  (problems.empty() ? "no problem" : problems) + "\n");
  return k_fine;
}

}  // namespace space::cli
