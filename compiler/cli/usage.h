// How a mistake on the command line is said. Knows nothing of the library that found it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/cli/world.h"

namespace space::cli {

// "; did you mean `build`?", or nothing.
std::string hint(std::string_view word, const std::vector<std::string_view>& known);

// Prints it with where the help stands; `command` is empty for the program's own. Out: k_usage.
int usage_error(World& world, const std::string& message, const std::string& command);

// The library's messages begin with a capital; a name of ours in capitals stays.
std::string lower_first(std::string text);

}  // namespace space::cli
