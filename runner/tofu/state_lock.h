// What tofu says where another holds a state's lock. In: its diagnostics. Out: who it is and since
// when, as far as the backend tells (pg does not), in words for people; and tofu's own text without
// its advice to go on unlocked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/runplan/tofu_diagnostic.h"

namespace space::tofu {

// "the state is locked by root@host since 2026-11-26 07:04:12 UTC"; nothing where no lock is held
// by another. A lock that cannot be had for another reason (the backend does not answer) is none.
std::optional<std::string> held_lock(const std::vector<runplan::TofuDiagnostic>& diagnostics);

runplan::TofuDiagnostic without_lock_advice(runplan::TofuDiagnostic diagnostic);

}  // namespace space::tofu
