// Which files a subcommand works on. In: the PATHS of the command line. Out: paths that are there,
// or nothing after a usage error was printed: a wrong path gets its nearest neighbour, a missing
// default folder what would work.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/cli/world.h"

namespace space::cli {

inline constexpr const char* k_default_folder = "spaces";

std::optional<std::vector<std::string>> choose_paths(const std::vector<std::string>& paths,
                                                     std::string_view command, World& world);

}  // namespace space::cli
