// How diagnostics and counts of changes stand in the contract's JSON: in events and in previews
// alike. In: a JsonWriter that is inside of an object. For this room's .cpp files alone.
#pragma once

#include <vector>

#include "core/runplan/json_writer.h"
#include "core/runplan/run_event.h"

namespace space::runplan {

void write_counts(JsonWriter& out, const ChangeCounts& counts);  // as member `changes`
void write_diagnostics_if_any(JsonWriter& out, const std::vector<RunDiagnostic>& diagnostics);

}  // namespace space::runplan
