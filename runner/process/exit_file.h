// The shim's record of how its child ended: `{"exit_code":0,…}` or `{"signal":9,…}`, written by
// rename. Missing or torn means that nobody saw the end.
#pragma once

#include <string>

#include "runner/process/command_runner.h"

namespace space::process {

Exit read_exit_file(const std::string& path);

}  // namespace space::process
