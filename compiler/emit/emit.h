// emit: LoweredProgram to path -> bytes, all of out/: roots, modules, maps, pages, manage.sh,
// isolation.json, and last run-plan.json, completed with the digest of every other file. Touches no
// disk. Same in, same bytes out.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "compiler/lower/lowered_roots.h"
#include "core/base/filesystem.h"
#include "core/source/source_set.h"

namespace space::emit {

struct EmittedFile {
  std::string bytes;
  base::FileMode mode = base::FileMode::Plain;
  std::string sha256;
};

// Paths relative to out/, sorted.
using EmittedTree = std::map<std::string, EmittedFile>;

struct EmitOptions {
  std::function<std::string(const std::string&)>
      format;                  // `tofu fmt` for texts that hold the user's own (from driver)
  std::string lock_file;       // bytes of the committed .terraform.lock.hcl, or empty
  std::string project_folder;  // as the paths of the sources begin: cut off in maps and pages
};

EmittedTree emit(const lower::LoweredProgram& program, const source::SourceSet& sources,
                 const EmitOptions& options);

}  // namespace space::emit
