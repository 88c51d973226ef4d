// DriftReport: how the world differs from what the states say, by procedure: objects that were
// changed or removed elsewhere, outputs that a refresh gives otherwise. In: made of refresh-only
// plans. Out: data for people and programs; as JSON one document, `space.drift/1`
// (docs/drift.schema.json). A sensitive value never stands in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/runplan/preview.h"

namespace space::runplan {

inline constexpr const char* k_drift_schema = "space.drift/1";

enum class DriftVerdict : std::uint8_t {
  Same,
  Drifted,
  NeverApplied,  // no state, so that nothing can differ from it
  Failed,        // it could not be looked at: `reason` says why
};

struct DriftRoot : RootName {
  DriftVerdict verdict = DriftVerdict::Same;
  std::string reason;
  std::vector<PreviewChange> objects;  // Update: it is another; Delete: it is gone
  std::vector<PreviewOutput> outputs;
  std::vector<RunDiagnostic> diagnostics;
};

struct DriftReport {
  std::string target;  // "" for the whole program
  std::int64_t wall_milliseconds = 0, duration_milliseconds = 0;
  std::vector<DriftRoot> roots;  // in the run plan's order
  int exit_code = 0;
};

std::string name_of(DriftVerdict verdict);
std::size_t count_of(const DriftReport& report, DriftVerdict verdict);
std::string to_json(const DriftReport& report);  // with its newline

}  // namespace space::runplan
