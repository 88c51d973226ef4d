// The files that must be copied for a module to work: all of its folder and of those of the local
// modules it calls, but hidden files, tofu's data folder and state. In: folders relative to the
// project. Out: the unit (the deepest folder that holds them all), the files by path relative to
// it, with their modes, and their digest.
#pragma once

#include <string>
#include <vector>

#include "compiler/model/module_interface.h"
#include "compiler/modules/module_sink.h"
#include "core/base/filesystem.h"

namespace space::modules {

// folders[0]: the module's own.
void collect_files(const base::FileSystem& files, const std::string& project_folder,
                   std::vector<std::string> folders, source::Span used_at,
                   model::ModuleInterface& into, ModuleSink& sink);

}  // namespace space::modules
