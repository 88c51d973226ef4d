// What check, build and graph begin with: choose paths, compile as far as asked, print the
// diagnostics.
#pragma once

#include <memory>
#include <string>

#include "compiler/cli/commands.h"
#include "compiler/driver/compile.h"

namespace space::cli {

// Null: the paths were wrong, and that was said. `out` is empty where nothing is written.
std::shared_ptr<const driver::Compilation> compile_step(const CheckOptions& options,
                                                        const std::string& command,
                                                        driver::Phase stop_after,
                                                        const std::string& out, World& world);

int finish_print(const driver::Compilation& compilation, const CheckOptions& options, World& world);

// "5 procedures in 8 flights"
std::string describe_size(const driver::Compilation& compilation);

}  // namespace space::cli
