// The arguments of a remote, and of what is nested in it, against the one table of remotes: known,
// the user's to write, no credential, and all that must be there. In: a remote of a known type.
// Out: diagnostics. Not for other rooms.
#pragma once

#include "compiler/check/laws.h"

namespace space::check {

void check_remote_arguments(Context& context, const model::Remote& remote,
                            const model::RemoteType& type);

}  // namespace space::check
