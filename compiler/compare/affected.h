// affected: what two compilations of a program mean differently, root by root, and which roots that
// reaches through the outputs that they really read. In: both sides. Out: a list, in the order in
// which the roots fly by name; nothing is reported. What counts as a difference stands in
// docs/affected.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/compare/side.h"

namespace space::compare {

enum class Change : std::uint8_t { Changed, Added, Removed };

// What a root differs in, or what reaches it.
enum class Cause : std::uint8_t {
  Code,      // a block: name is its address, argument one of a module call's
  File,      // a file that was copied for the root, or that a module reads beside its code
  Package,   // a remote module is pinned to other bytes
  Value,     // of a variable, in terraform.tfvars
  Wiring,    // a variable is another output
  Secret,    // where a secret comes from
  State,     // backend, encryption, where the state lies, with which credentials
  Provider,  // what is required, configured, locked
  Tofu,      // its version
  Policy,    // a rule of an environment
  Farewell,  // the state of a procedure that is gone is destroyed here
  Output,    // downstream alone: an output that may be another now
};

struct Reason {
  Cause cause = Cause::Code;
  Change change = Change::Changed;
  std::string name;      // address, variable, secret, rule, or the output's name
  std::string argument;  // Code: of a module call
  std::string place;     // the file, where there is one; Output: the root that gives it
  friend auto operator<=>(const Reason&, const Reason&) = default;
};

enum class Status : std::uint8_t { Changed, Added, Moved, Removed, Downstream };

struct AffectedRoot {
  std::string id, flight, stage, procedure;
  Status status = Status::Changed;
  std::string moved_from;                 // the id before, where it is another
  const runplan::State* state = nullptr;  // of the side that it stands in
  std::vector<Reason> reasons;            // sorted
  std::vector<std::string> outputs;       // that may be others now, sorted
};

struct AffectedFlight {
  std::string id;
  Status status = Status::Changed;  // Added, Removed, Moved; Changed where a root of it is
  std::vector<std::size_t> roots;   // into Affected::roots
};

struct Affected {
  std::vector<AffectedRoot> roots;      // by id
  std::vector<AffectedFlight> flights;  // by id
};

Affected find_affected(const Side& before, const Side& now, const ReadCode& read);

}  // namespace space::compare
