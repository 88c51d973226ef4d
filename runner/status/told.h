// Told: what was said of one procedure on its way, kept until it ends so that its lines stand
// together. In: tofu's text of a plan and diagnostics. Out: indented lines, folded for the width
// that is then.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/runplan/run_event.h"
#include "runner/status/view.h"

namespace space::status {

struct Told {
  std::string plan;
  std::vector<runplan::RunDiagnostic> diagnostics;
};

// The procedure's end on one line and all that was told below it, each line with its end.
std::string block_text(const runplan::RunEvent& finished, const Told& told, const Style& style);

}  // namespace space::status
