// The run plan as JSON. write: the same plan gives the same bytes, keys in the schema's order, one
// LF at the end. read: refuses another version, unknown kinds, dangling or doubled ids, paths that
// leave the folder, depth and size beyond what spacec writes; unknown fields are ignored (additive
// changes). Never crashes, whatever the bytes.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/runplan/run_plan.h"

namespace space::runplan {

std::string write_run_plan(const RunPlan& plan);
base::Result<RunPlan> read_run_plan(std::string_view json);

}  // namespace space::runplan
