// `spacec docs`: the page of each mission, as `spacec build` writes it into `out/docs`: interface,
// stages, outputs, how to roll out. Writes nothing.
#include <string>
#include <vector>

#include "compiler/cli/commands.h"
#include "compiler/cli/compile_step.h"
#include "compiler/cli/output.h"
#include "core/base/strings.h"

namespace space::cli {

namespace {

constexpr std::string_view k_folder = "docs/";
constexpr std::string_view k_ending = ".md";

std::string mission_of(std::string_view path) {
  return std::string(path.substr(k_folder.size(), path.size() - k_folder.size() - k_ending.size()));
}

}  // namespace

int docs(const DocsOptions& options, World& world) {
  CheckOptions check;
  check.common = options.common;
  check.paths = options.paths;
  const auto compiled = compile_step(check, "docs", driver::Phase::Emitted, "", world);
  if (!compiled) return k_usage;
  if (compiled->has_errors()) {
    world.err.write(tally(compiled->diagnostics) + "\n");
    return k_errors;
  }
  std::vector<std::string> missions;
  std::string pages;
  for (const auto& [path, file] : compiled->emitted) {
    if (!path.starts_with(k_folder) || !path.ends_with(k_ending)) continue;
    missions.push_back(mission_of(path));
    if (!options.mission.empty() && missions.back() != options.mission) continue;
    pages += (pages.empty() ? "" : "\n") + file.bytes;
  }
  if (pages.empty() && !options.mission.empty()) {
    const std::vector<std::string_view> known(missions.begin(), missions.end());
    const auto near = base::closest(options.mission, known);
    print_error(world, "there is no mission `" + options.mission + "` that flies",
                near ? "did you mean `" + std::string(*near) + "`?"
                     : "the missions are " + base::list_names(missions));
    return k_usage;
  }
  world.out.write(pages);
  return k_fine;
}

}  // namespace space::cli
