// From tofu's diagnostics to the `.space` lines they come from, by the source maps beside the run
// plan; each is read when a diagnostic first needs it. A diagnostic that cannot be mapped keeps its
// generated file and line.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/filesystem.h"
#include "core/runplan/run_event.h"
#include "core/runplan/source_map.h"
#include "runner/flight/workspace.h"
#include "runner/secrets/scrub.h"
#include "runner/tofu/stream.h"

namespace space::flight {

class Tracer {
 public:
  Tracer(const base::FileSystem& files, const Workspace& workspace,
         const secrets::Scrubber& scrubber)
      : files_(files), workspace_(workspace), scrubber_(scrubber) {}

  runplan::RunDiagnostic trace(const runplan::Root& root,
                               const runplan::TofuDiagnostic& diagnostic);

 private:
  const runplan::SourceMap& map_of(const std::string& flight);

  const base::FileSystem& files_;
  const Workspace& workspace_;
  const secrets::Scrubber& scrubber_;
  std::map<std::string, runplan::SourceMap> maps_;
};

}  // namespace space::flight
