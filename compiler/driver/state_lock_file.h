// `spaces.lock` as text: a line a state, each a JSON object, sorted by name, so that what two
// branches add merges line by line (docs/decisions/0005). Reading reports what cannot be read and
// gives the rest; writing gives the same bytes for the same lock.
#pragma once

#include <string>

#include "compiler/model/state_lock.h"
#include "core/base/filesystem.h"
#include "core/diagnostics/sink.h"
#include "core/source/source_set.h"

namespace space::driver {

// The lock beside the project file, added to `sources` where it is there.
model::StateLock read_state_lock(const base::FileSystem& files, const std::string& project_folder,
                                 source::SourceSet& sources, diagnostics::DiagnosticSink& sink);

std::string write_state_lock(const model::StateLock& lock);

}  // namespace space::driver
