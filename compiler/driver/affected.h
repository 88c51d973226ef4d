// affected: two compilations held against each other. In: each with the files that it was compiled
// from. Out: what differs in meaning. Compiles nothing, reports nothing.
#pragma once

#include "compiler/compare/affected.h"
#include "compiler/driver/compile.h"
#include "core/base/filesystem.h"

namespace space::driver {

// Compiled to the end; null where there was no program.
struct Compiled {
  const Compilation* compilation = nullptr;
  const base::FileSystem* files = nullptr;
};

compare::Affected find_affected(const Compiled& before, const Compiled& now);

}  // namespace space::driver
