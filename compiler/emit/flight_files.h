// flight_files: what some flights write: their roots' files, maps and manage.sh, without digests.
// In: lowered flights, which depend on none but themselves. Out: paths with bytes in no order that
// counts, and the roots as the run plan holds them. Several threads may ask for flights of one
// program at once.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "compiler/emit/emit.h"
#include "core/runplan/dependency_lock.h"
#include "core/runplan/run_plan.h"

namespace space::emit {

struct FlightFiles {
  std::vector<std::pair<std::string, EmittedFile>> files;
  std::vector<runplan::Root> roots;
};

// What all flights have in common.
struct FlightContext {
  const lower::LoweredProgram& program;
  const source::SourceSet& sources;
  const EmitOptions& options;
  const runplan::DependencyLock& lock;
};

FlightFiles flight_files(const FlightContext& context,
                         std::span<const lower::LoweredFlight> flights);

}  // namespace space::emit
