// What is said where a flight waits: for a person, after an apply that was made in part or that
// nobody knows the end of; or to be taken up again, after a runner that died. Each names what
// happened, where the evidence lies and which command goes on. Text alone.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/filesystem.h"
#include "runner/flight/locks.h"
#include "runner/flight/workspace.h"
#include "runner/journal/standing.h"

namespace space::flight {

// One that waits, for people.
struct Waiting {
  std::string root, run;
  journal::RootStanding::Waits waits = journal::RootStanding::Waits::Nothing;
  std::string verdict;  // of its apply, as the journal or the evidence says
  std::string reason;
  std::string evidence;  // a folder, relative to the working one
  std::string next;      // the command that goes on
};

// Roots that wait for a person first: they keep the others from going on.
std::vector<Waiting> waiting_in(const std::string& flight, const journal::Standing& standing,
                                const Workspace& workspace, const base::FileSystem& files);

// Nothing where none of these flights waits.
std::optional<Refusal> refuse_waiting(
    const std::map<std::string, const journal::Standing*>& standings, const Workspace& workspace,
    const base::FileSystem& files);

}  // namespace space::flight
