// spacec's subcommands: what each takes from the command line. In: CLI11's program, to which they
// are added. Out: for each, how its options are told once the line has been read. Must not print.
#pragma once

#include <functional>
#include <vector>

#include <CLI/CLI.hpp>

#include "compiler/cli/commands.h"
#include "core/base/result.h"

namespace space::cli {

struct Subcommand {
  CLI::App* app = nullptr;
  std::function<base::Result<Options>()> options;  // what only the whole line tells may be wrong
};

std::vector<Subcommand> add_subcommands(CLI::App& program);

}  // namespace space::cli
