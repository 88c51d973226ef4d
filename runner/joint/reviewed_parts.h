// What was reviewed, procedure by procedure, as an apply is held to it: the changes of a joint plan
// with the addresses and names that each procedure's own root has, sensitive values sealed. In: the
// joint plan and what was shown of it. Out: a ReviewedProcedure for each that was shown, without
// what only the world knows (digests of files, lineage and serial). Pure.
#pragma once

#include <vector>

#include "runner/joint/read_back.h"
#include "runner/plans/reviewed.h"

namespace space::joint {

std::vector<plans::ReviewedProcedure> reviewed_procedures(
    const JointPlan& joint, const std::vector<runplan::PreviewRoot>& shown,
    const plans::Seal& seal);

}  // namespace space::joint
