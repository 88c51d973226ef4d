// A drift report for people. In: a DriftReport. Out: text for a terminal or a pipe: by flight,
// stage and procedure what differs; of what does not, the names alone. What is sensitive is in no
// report, and so not here.
#pragma once

#include <string>

#include "core/runplan/drift.h"
#include "runner/status/view.h"

namespace space::status {

std::string drift_text(const runplan::DriftReport& report, const Style& style);

}  // namespace space::status
