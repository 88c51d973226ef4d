// git, asked for what it holds: one call, to its end. It gets no setting that runs something
// (hooks, a file system monitor, a pager), no terminal, and of the environment what it needs to
// find its own files. In: a repository and words. Out: what it printed; an error with its own
// words.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/git_tree.h"

namespace space::driver {

base::Result<std::string> run_git(const Repository& repository,
                                  const std::vector<std::string>& words,
                                  const std::string& standard_input);

}  // namespace space::driver
