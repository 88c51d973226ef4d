#include "core/diagnostics/catalogue.h"

#include <array>
#include <cstddef>

namespace space::diagnostics {

namespace {

// Active and retired numbers in order: a number that stands twice, or falls, does not compile. The
// `1` in front keeps numbers of the syntax thousand (0001…) from being read as octal.
constexpr int k_numbers[] = {
#define SPACE_RETIRED(number) 1##number,
#define SPACE_DIAGNOSTIC(number, ident, dashed, level, allowed, text) 1##number,
#include "core/diagnostics/defs/0_syntax.def"
#include "core/diagnostics/defs/1_names.def"
#include "core/diagnostics/defs/2_types.def"
#include "core/diagnostics/defs/3_environments.def"
#include "core/diagnostics/defs/4_modules.def"
#include "core/diagnostics/defs/5_remotes.def"
#include "core/diagnostics/defs/6_lints.def"
#include "core/diagnostics/defs/7_governance.def"
#include "core/diagnostics/defs/8_run.def"
#include "core/diagnostics/defs/9_internal.def"
#undef SPACE_DIAGNOSTIC
#undef SPACE_RETIRED
};

constexpr bool strictly_rising() {
  for (std::size_t i = 1; i < std::size(k_numbers); ++i) {
    if (k_numbers[i] <= k_numbers[i - 1]) return false;
  }
  return true;
}
static_assert(strictly_rising(), "a diagnostic's number stands twice or out of order");

constexpr const Descriptor* k_rows[] = {
#define SPACE_RETIRED(number)
#define SPACE_DIAGNOSTIC(number, ident, dashed, level, allowed, text) &ident##_kind::descriptor,
#include "core/diagnostics/defs/0_syntax.def"
#include "core/diagnostics/defs/1_names.def"
#include "core/diagnostics/defs/2_types.def"
#include "core/diagnostics/defs/3_environments.def"
#include "core/diagnostics/defs/4_modules.def"
#include "core/diagnostics/defs/5_remotes.def"
#include "core/diagnostics/defs/6_lints.def"
#include "core/diagnostics/defs/7_governance.def"
#include "core/diagnostics/defs/8_run.def"
#include "core/diagnostics/defs/9_internal.def"
#undef SPACE_DIAGNOSTIC
#undef SPACE_RETIRED
};

}  // namespace

std::span<const Descriptor* const> catalogue() { return k_rows; }

const Descriptor* find_descriptor(std::string_view code) {
  for (const Descriptor* row : k_rows) {
    if (row->code == code || row->name == code) return row;
  }
  return nullptr;
}

}  // namespace space::diagnostics
