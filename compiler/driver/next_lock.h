// next_lock: what `spaces.lock` says after a build: every state of the program under its name of
// now, farewells until their state is empty, nothing else. In: a compilation without errors. Out:
// the file's bytes, and what changed, for people.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/compile.h"

namespace space::driver {

struct NextLock {
  enum class Presence : std::uint8_t { Absent, Present };
  std::string path;   // beside the project file
  std::string bytes;  // empty where there is nothing to lock and no file yet
  Presence before = Presence::Absent;
  // Names of states, sorted. `moved`: "OLD to NEW".
  std::vector<std::string> added, moved, gone;
};

NextLock next_lock(const Compilation& compilation);

}  // namespace space::driver
