// What of a run holds values in clear, and when it goes. Inputs, plans, secrets as files and states
// that tofu printed go as soon as they are used; what a killed runner left of them goes with the
// next run, once nobody works on that flight. Streams stay for people, without what is known to be
// sensitive.
#pragma once

#include <string>
#include <string_view>

#include "core/base/filesystem.h"
#include "runner/flight/locks.h"
#include "runner/flight/workspace.h"
#include "runner/secrets/scrub.h"

namespace space::flight {

// From a root's folder of a run.
void remove_in_clear(const std::string& folder, base::FileSystem& files);

// A run that has ended took away what it had; one that has not said so is looked through.
void mark_ended(const Workspace& workspace, base::FileSystem& files);
void remove_leftovers(const Workspace& workspace, const Locks& held, base::FileSystem& files);

// A stream as it may stay: every JSON line is one still. tofu shows both sides of a condition that
// does not hold, sensitive or not: those go whole.
std::string at_rest(std::string_view stream, const secrets::Scrubber& scrubber);

}  // namespace space::flight
