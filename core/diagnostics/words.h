// Words that are said in several places. In: a severity, a code, an applicability. Out: the name
// that people and machines read.
#pragma once

#include <string_view>

#include "core/diagnostics/diagnostic.h"

namespace space::diagnostics {

std::string_view severity_word(Severity severity);                 // "error"
std::string_view applicability_word(Applicability applicability);  // "machine-applicable"
// What would work for who wants it silenced, in a comment, a project or a command line.
std::string_view allow_help(const Descriptor& row);
std::string_view code_of(const Diagnostic& diagnostic);  // "SPC3001", or "" where there is no row
std::string_view category_of(
    const Diagnostic& diagnostic);  // "environments", from the code's thousand

}  // namespace space::diagnostics
