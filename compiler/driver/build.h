// build: compile, make out/ equal to what was compiled, and write into `spaces.lock` which states
// have got an address; or say at once that nothing changed since the last build.
#pragma once

#include <cstdint>
#include <string>

#include "compiler/driver/compile.h"
#include "compiler/driver/next_lock.h"
#include "compiler/driver/write_out.h"

namespace space::driver {

struct BuildOptions {
  // Never: compile also where nothing changed, for what is to be said of it.
  enum class Shortcut : std::uint8_t { Take, Never };
  CompileOptions compile;
  Compare mode = Compare::Write;  // Only: `build --check`
  Shortcut shortcut = Shortcut::Take;
  std::string version;          // of spacec: a stamp of another one is no stamp
  std::int64_t started_ns = 0;  // wall clock at the start
};

struct BuildResult {
  enum class Outcome : std::uint8_t { UpToDate, Built, Errors, OutputFailed };
  Outcome outcome = Outcome::Errors;
  Compilation compilation;  // empty for UpToDate
  WriteReport report;       // of Built
  NextLock lock;            // of Built
  enum class LockState : std::uint8_t { Same, Differs };
  LockState lock_state = LockState::Same;  // Differs: written, or with Compare::Only to be written
  base::Error error;                       // of OutputFailed
};

BuildResult build(base::FileSystem& files, const BuildOptions& options);

}  // namespace space::driver
