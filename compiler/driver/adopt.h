// adopt: takes a state that exists into `spaces.lock`: from then on it is a procedure's, at the
// address where it lies. Where the procedure calls a module, what lies at the top of the state will
// lie in that module, so `moved { from = X to = module.this.X }` is written into the procedure for
// each: without them tofu would destroy everything and make it anew. In: which state, where, and
// what is in it. Out: what was written. Moves nothing and asks no backend.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/compile.h"

namespace space::driver {

struct AdoptOptions {
  CompileOptions compile;
  std::string state;    // ENV/SPACE/MISSION/PROCEDURE
  std::string address;  // in the backend
  // What `tofu state pull` printed in the old root; none: the file of a `local` remote is read.
  std::optional<std::string> contents;
};

struct Adoption {
  Compilation compilation;  // of what was there before; where it has errors nothing was written
  std::string lock;         // path of spaces.lock
  std::string address, backend;
  std::string before;              // the address that the lock had; empty where it had none
  std::string file;                // the `.space` file that got the blocks
  std::vector<std::string> moved;  // what they move
};

base::Result<Adoption> adopt(base::FileSystem& files, const AdoptOptions& options);

}  // namespace space::driver
