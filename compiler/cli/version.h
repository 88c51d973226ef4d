// What `spacec --version` says: the program's version and commit, the language's edition, the
// contract, the tofu pinned.
#pragma once

#include <string>

namespace space::cli {

std::string version_text();
std::string tool_version();  // "0.1.0"

}  // namespace space::cli
