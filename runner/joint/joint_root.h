// The joint root: a throw-away root that calls every procedure of a target as a module, wires
// outputs to inputs and gives each of their outputs again. In: roots of the run plan and where each
// of their variables comes from here. Out: the joint root's own files, its values, and which files
// of `out/` are copied beside it, under the paths they have there. It is planned and never applied.
// Pure; what is sensitive stands in the values alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/runplan/run_plan.h"

namespace space::joint {

struct Wire {
  enum class Kind : std::uint8_t {
    Given,    // a value, known now
    Joined,   // an output of another procedure here
    Unknown,  // of its type, and not known: what it reads does not stand here
  };
  const runplan::Variable* variable = nullptr;
  Kind kind = Kind::Given;
  std::string json;      // Given
  std::size_t root = 0;  // Joined
  std::string output;    // Joined
  bool sensitive = false;
};

struct Part {
  std::size_t root = 0;  // its place in the run plan
  std::vector<Wire> wires;
};

// A provider block that stands in the joint root itself, under an alias (providers.h).
struct LiftedBlock {
  std::string provider, source, alias, text;
  std::vector<Wire> wires;  // its variables, which have their own names there
};

struct Lifting {
  std::vector<LiftedBlock> blocks;
  std::map<std::size_t, std::map<std::string, std::string>> passed;  // root -> provider -> alias
};

struct JointRoot {
  std::map<std::string, std::string> files;  // path -> bytes, of the joint root itself
  std::string values_json;                   // its variables: 0600, removed with the rest
  std::vector<std::string> copies;           // paths in out/, copied to the same paths
};

JointRoot write_joint_root(const runplan::RunPlan& plan, const std::vector<Part>& parts,
                           const Lifting& lifting);

// Why an import of a root cannot stand in a joint root; "" where it can.
std::string unliftable_import(const runplan::Root& root);

}  // namespace space::joint
