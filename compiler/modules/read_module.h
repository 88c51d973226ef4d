// read_module: a local tofu module's interface from its `.tf` and `.tofu` files, native or JSON (a
// `.tofu` shadows the `.tf` of the same name; `*_override` files merge), with the folders and files
// that must be copied for it to work. Mistakes in the module are reported at their place in the
// module, with `used_at` as a related span; then nothing is returned.
#pragma once

#include <optional>
#include <string>

#include "compiler/model/module_interface.h"
#include "core/base/filesystem.h"
#include "core/diagnostics/sink.h"
#include "core/source/source_set.h"

namespace space::modules {

// `path`: the module's folder relative to the project folder (normalized); files are read from
// `project_folder`/`path`. Files that are read are added to `sources` under their path relative to
// the project.
std::optional<model::ModuleInterface> read_module(const base::FileSystem& files,
                                                  const std::string& project_folder,
                                                  const std::string& path, source::Span used_at,
                                                  source::SourceSet& sources,
                                                  diagnostics::DiagnosticSink& sink);

}  // namespace space::modules
