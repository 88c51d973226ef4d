// Where a backend keeps states, as far as its arguments say it. In: the program and one of its
// flights, past ones too. Out: text that is equal where the place is, and whether it can be relied
// on: after a mistake in a remote it cannot.
#pragma once

#include <string>

#include "compiler/model/resolved_program.h"

namespace space::model {

// Type and identifying arguments, canonical and without passwords.
std::string remote_place(const ResolvedProgram& program, const Flight& flight);

// Whether its type takes all arguments and blocks that it is given; else that was reported.
bool has_known_arguments(const Remote& remote);

// Is all known that remote_place says? Not after errors, for one.
bool is_place_known(const ResolvedProgram& program, const Flight& flight);

}  // namespace space::model
