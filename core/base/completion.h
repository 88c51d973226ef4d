// What a shell completes for a program: a script for bash, zsh or fish. In: the program's commands
// and options. Out: the script. It names no file of this machine and calls nothing: the words are
// in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/command_tree.h"

namespace space::base {

enum class Shell { Bash, Zsh, Fish };
std::optional<Shell> shell_of(std::string_view word);  // "bash", "zsh", "fish"

std::string completion_script(Shell shell, const CommandTree& program);

}  // namespace space::base
