// Approval: how a change comes by its yes. A file that was reviewed is one; a person at a terminal
// is shown what would change and asked, and the apply is bound to what was shown; `--auto-approve`
// asks nobody and binds to nothing. In: what was asked for and what it means. Out: what the flight
// is bound to, if anything; nothing at all where it was not approved.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runner/cli/session.h"
#include "runner/flight/run.h"

namespace space::runner {

std::string verb_of(Command command);

// What is to be approved.
struct Asked {
  const Loaded& loaded;
  const flight::Scope& scope;
  const std::string& tofu_sha256;
};

struct Approval {
  std::optional<plans::ReviewedPlan> reviewed;
  std::vector<flight::SeenReader> readers;         // of what is to be destroyed
  std::map<std::string, flight::StateMark> shown;  // what was said yes to, where it is destroyed
  flight::ApartRoots apart = flight::ApartRoots::Stop;
};

// Nothing after an error, which was printed; `exit_code` says which.
std::optional<Approval> approve(const FlyOptions& options, const Asked& asked,
                                const Setting& setting, int& exit_code);

}  // namespace space::runner
