// compare: law 3 on what is lowered. Along `promote_from` the roots of both environments must be
// the same code: all but backend.tf and terraform.tfvars is equal; backend.tf has the same blocks
// and arguments, terraform.tfvars the same keys, and the values differ only where that is declared.
// In: lowered roots. Out: one diagnostic a pair of roots that differ, with both places. Nothing of
// it is written.
#pragma once

#include "compiler/lower/lowered_roots.h"
#include "core/diagnostics/sink.h"

namespace space::compare {

// Whether there is no difference.
bool compare_promoted(const lower::LoweredProgram& program, diagnostics::DiagnosticSink& sink);

}  // namespace space::compare
