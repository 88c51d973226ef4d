// lower: CheckedProgram to LoweredProgram: one root a procedure and flight. References become
// variables and locals of the root (docs/architecture.md, "What a reference becomes"), everything
// else of an expression's text goes through byte for byte. Reports nothing that check should have;
// a mistake found here is a bug of ours.
#pragma once

#include <string>

#include "compiler/lower/lowered_roots.h"
#include "core/source/source_set.h"

namespace space::lower {

struct Layout {
  std::string project_from_out;  // the project's folder seen from out/: ".."
  std::string project_folder;  // as the paths of the sources begin: what is cut off to name a file
                               // in the output
};

LoweredProgram lower(const model::CheckedProgram& program, const source::SourceSet& sources,
                     const Layout& layout);

}  // namespace space::lower
