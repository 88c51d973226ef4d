// What tofu cannot plan yet: an unknown `count` or `for_each` is named in the text of a diagnostic
// alone, as the option that leaves it out, quoted for a shell. In: tofu's diagnostics of a joint
// plan. Out: addresses to leave out in the next round, each with what is not known; what is no such
// thing is no deferral but an error. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/runplan/tofu_diagnostic.h"

namespace space::joint {

struct Exclusion {
  std::string address;  // in the joint root
  std::string why;
};

// The words behind each `-exclude=` in a text, without a shell's quotes.
std::vector<std::string> excludes_in(std::string_view text);

// Nothing where the diagnostic is not about what is unknown.
std::vector<Exclusion> exclusions_of(const runplan::TofuDiagnostic& diagnostic);

}  // namespace space::joint
