// resolve: a person has looked at applies that were made in part or whose end nobody knows, and
// says so with a reason: their flights may be flown again, from what their states hold. In: roots.
// Out: what was opened, as noted in the journals. Changes nothing else; an `errored.tfstate` that
// still lies there keeps its root closed.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "runner/flight/latch.h"
#include "runner/flight/run.h"

namespace space::flight {

struct Resolution {
  std::string reason, person;
};

struct Resolved {
  std::vector<Waiting> opened;
  std::vector<std::string> set_aside;  // damaged journals, where they lie now
  std::optional<Refusal> refusal;      // what was opened before it stays so
};

Resolved resolve(const runplan::RunPlan& plan, const std::vector<std::size_t>& roots,
                 const Resolution& resolution, const Workspace& workspace, World& world);

}  // namespace space::flight
