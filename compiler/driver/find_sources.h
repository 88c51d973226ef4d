// find_sources: the `.space` files under the given files and folders, each once, sorted. Hidden
// folders and `out` are not entered. What cannot be read is reported (SPC9002); nothing found at
// all is SPC9003.
#pragma once

#include <string>
#include <vector>

#include "core/base/filesystem.h"
#include "core/diagnostics/sink.h"

namespace space::driver {

std::vector<std::string> find_sources(const base::FileSystem& files,
                                      const std::vector<std::string>& paths, const std::string& out,
                                      diagnostics::DiagnosticSink& sink);

}  // namespace space::driver
