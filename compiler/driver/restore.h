// `spacec restore`: lets tofu fetch the remote modules of a program, copies them beside the project
// and pins them by digest, those too that they call in turn. In: what a program names, a tofu, what
// tofu may know of the world. Out:
// `.space/modules` and `spaces.modules.lock`, and what was done. What is there and is what the lock
// pins is not fetched again; what tofu brings must be what the lock pins, if it pins it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/model/resolved_program.h"
#include "core/base/filesystem.h"
#include "core/base/result.h"

namespace space::driver {

struct RemoteModule {
  std::string address;
  std::string version;
  friend auto operator<=>(const RemoteModule&, const RemoteModule&) = default;
};
std::vector<RemoteModule> remote_modules(const model::ResolvedProgram& program);  // each once

enum class Pins : std::uint8_t { Hold, Renew };

struct RestoreOptions {
  std::string project_folder;
  std::string tofu;        // a path
  std::string cli_config;  // tofu's configuration, absolute; empty: one of its own
  std::map<std::string, std::string> environment;  // what git and TLS need is taken out of it
  Pins pins = Pins::Hold;
};

struct RestoreReport {
  std::vector<RemoteModule> fetched, kept, dropped;  // dropped: pinned, and named no more
};

struct RestoreError {
  enum class Kind : std::uint8_t { Tofu, Differs, World } kind = Kind::World;
  base::Error error;
};

// With errors nothing was pinned.
struct RestoreResult {
  RestoreReport report;
  std::vector<RestoreError> errors;  // the first that stopped it, or every module that differs
};

RestoreResult restore(base::FileSystem& files, const std::vector<RemoteModule>& wanted,
                      const RestoreOptions& options);

}  // namespace space::driver
