// Lints: what is legal and most likely not meant, in a program that has no errors. Each has a level
// (compiler/driver/levels): those whose row says Hint are off until somebody asks for them. Not for
// other rooms.
#pragma once

#include "compiler/check/laws.h"

namespace space::check {

void check_lints(Context& context);

void lint_unused(Context& context);       // what is declared and used by nobody
void lint_stages(Context& context);       // procedures and stages that wait for nothing
void lint_versions(Context& context);     // providers that may be any version
void lint_expressions(Context& context);  // comparisons with literals, names that hide others

// Is it the program's own, not the standard library's?
bool is_ours(const Context& context, source::Span span);

}  // namespace space::check
