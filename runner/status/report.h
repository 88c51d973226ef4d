// The end of a run, from the events that end procedures: a summary for people, which stands on one
// screen however many procedures there are, and the report as
// JSON (`space.report/1`) or JUnit XML for other programs.
#pragma once

#include <string>
#include <vector>

#include "core/runplan/run_event.h"
#include "runner/status/view.h"

namespace space::status {

struct RootResult {
  runplan::RunEvent finished;  // RootFinished
  std::vector<runplan::RunDiagnostic> diagnostics;
};

struct RunResult {
  runplan::RunEvent finished;     // RunFinished
  std::vector<RootResult> roots;  // sorted by root
};

std::string summary_text(const RunResult& result, const Style& style);
std::string report_json(const RunResult& result);
std::string report_junit(const RunResult& result);

}  // namespace space::status
