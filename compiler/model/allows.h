// What a `# spacec:allow` directive silences, for check (an allowed error stops nothing) and for
// driver (it is not shown): one answer. In: a directive and a finding. Reports nothing.
#pragma once

#include "compiler/model/program.h"
#include "core/diagnostics/diagnostic.h"

namespace space::model {

// Only of what may be allowed at all, and stands in the item that follows the directive.
bool silences(const AllowDirective& allow, const diagnostics::Diagnostic& finding);

}  // namespace space::model
