// What `space --version` says.
#pragma once

#include <string>

namespace space::runner {

std::string version_text();

}  // namespace space::runner
