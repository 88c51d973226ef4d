// The command line. In: argv and, for hints, the World. Out: the options of one subcommand, or an
// exit code when there is nothing left to do (help, version, a usage error, each already printed).
#pragma once

#include <variant>

#include "compiler/cli/commands.h"

namespace space::cli {

std::variant<Options, int> parse_arguments(int argc, const char* const* argv, World& world);

}  // namespace space::cli
