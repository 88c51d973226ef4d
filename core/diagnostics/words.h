// Words that the renderers share. In: a severity, a code, an applicability. Out: the name that
// people and machines read.
#pragma once

#include <string_view>

#include "core/diagnostics/diagnostic.h"

namespace space::diagnostics {

std::string_view severity_word(Severity severity);                 // "error"
std::string_view applicability_word(Applicability applicability);  // "machine-applicable"
std::string_view code_of(const Diagnostic& diagnostic);  // "SPC3001", or "" where there is no row
std::string_view category_of(
    const Diagnostic& diagnostic);  // "environments", from the code's thousand

}  // namespace space::diagnostics
