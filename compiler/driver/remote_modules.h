// Remote modules: what `spacec restore` fetched lies in `.space/modules` beside the project, pinned
// by `spaces.modules.lock`. In: files, a resolved program. Out: their interfaces, added to the
// others by remote_module_key; what is not restored, or is not what was pinned, is reported. Needs
// no network and runs nothing.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/compile.h"
#include "compiler/driver/remembered.h"
#include "compiler/model/checked_program.h"
#include "compiler/modules/modules_lock.h"
#include "core/base/filesystem.h"
#include "core/diagnostics/sink.h"

namespace space::driver {

inline constexpr std::string_view k_modules_lock = "spaces.modules.lock";
inline constexpr std::string_view k_modules_folder = ".space/modules";

// Where a restored package lies, relative to the project: another one for other bytes.
std::string package_folder(const modules::LockedModule& module);

// What is pinned beside the project; nothing where there is no such file.
base::Result<std::vector<modules::LockedModule>> pinned_modules(const base::FileSystem& files,
                                                                const std::string& project_folder);

struct RestoredModules {  // where they lie
  const base::FileSystem& files;
  const std::string& project_folder;
  PinnedCopies copies;
};
void read_remote_modules(const RestoredModules& restored, const model::ResolvedProgram& program,
                         Remembered& remembered, model::Modules& modules,
                         diagnostics::DiagnosticSink& sink);

}  // namespace space::driver
