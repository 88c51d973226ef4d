// What check, build and graph begin with: choose paths, compile as far as asked, print the
// diagnostics.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/cli/commands.h"
#include "compiler/driver/compile.h"

namespace space::cli {

// Null: the paths were wrong, and that was said. `out` is empty where nothing is written.
std::shared_ptr<const driver::Compilation> compile_step(const CheckOptions& options,
                                                        const std::string& command,
                                                        driver::Phase stop_after,
                                                        const std::string& out, World& world);

// The same for who says himself what is wrong, if anything: nothing is printed but for wrong paths.
std::shared_ptr<const driver::Compilation> compile_quietly(const std::vector<std::string>& paths,
                                                           const std::string& command,
                                                           driver::Phase stop_after, World& world);

int finish_print(const driver::Compilation& compilation, const CheckOptions& options, World& world);

// "5 procedures in 8 flights"
std::string describe_size(const driver::Compilation& compilation);

}  // namespace space::cli
