// build: compile and make out/ equal to what was compiled; or say at once that nothing changed
// since the last build.
#pragma once

#include <cstdint>
#include <string>

#include "compiler/driver/compile.h"
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
  base::Error error;        // of OutputFailed
};

BuildResult build(base::FileSystem& files, const BuildOptions& options);

}  // namespace space::driver
