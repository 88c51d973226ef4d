// The catalogue: every diagnostic the two programs can report, one .def file a thousand. A row
//
//   SPACE_DIAGNOSTIC(3001, stage_order, "stage-order", Error, Never, "procedure `{}` …")
//
// makes the object `space::diagnostics::stage_order`, the row that `explain`, SARIF and the gates
// read, and a compile error where a number stands twice or falls. SPACE_RETIRED(3007) keeps a
// number from ever being used again.
#pragma once

#include <span>
#include <string_view>

#include "core/diagnostics/diagnostic.h"

namespace space::diagnostics {

#define SPACE_RETIRED(number)
#define SPACE_DIAGNOSTIC(number, ident, dashed, level, allowed, text)                              \
  struct ident##_kind {                                                                            \
    static constexpr std::string_view pattern = text;                                              \
    static constexpr Descriptor descriptor{"SPC" #number, dashed, Severity::level, Allow::allowed, \
                                           text};                                                  \
  };                                                                                               \
  inline constexpr ident##_kind ident{};
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

std::span<const Descriptor* const> catalogue();  // rising by code, active rows only
const Descriptor* find_descriptor(
    std::string_view code);  // by "SPC3001" or "stage-order"; nullptr when unknown

}  // namespace space::diagnostics
