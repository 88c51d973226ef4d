// What a joint root is made of: for each procedure of the target where each of its variables comes
// from. In: the run plan, the states that were pulled, secrets. Out: the parts in the order in
// which they would be applied, and those procedures that cannot stand in a joint plan, with why. An
// output of a procedure outside of the target is what its state says; where it was never applied it
// is of its type and unknown.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/runplan/preview.h"
#include "core/runplan/run_plan.h"
#include "runner/flight/workspace.h"
#include "runner/joint/joint_root.h"
#include "runner/secrets/secret_store.h"

namespace space::flight {

struct PartSources {
  const runplan::RunPlan& plan;
  const std::vector<std::size_t>& roots;             // of the target
  const std::map<std::string, std::string>& states;  // by id, of the target and what it reads
  const Workspace& workspace;
  const base::FileSystem& files;
  secrets::SecretStore& secrets;
  std::function<base::Result<std::string>(const runplan::Root& root, const std::string& name,
                                          const std::string& value)>
      write_secret_file;
  const std::map<std::string, std::vector<runplan::RunDiagnostic>>& refused;  // by tofu's `init`
};

struct JointParts {
  std::vector<std::size_t> order;  // all of the target, as an apply goes through them
  std::vector<joint::Part> parts;
  std::vector<runplan::PreviewRoot> others;  // Apart or Failed
  std::string lock;                          // one for all; "" for none
  bool has_all_locks = true;                 // spacec emitted one for each that needs one
};

base::Result<JointParts> gather_parts(const PartSources& sources);

// Roots outside of the target whose outputs it reads, in the plan's order.
std::vector<std::size_t> roots_read_from_outside(const runplan::RunPlan& plan,
                                                 const std::vector<std::size_t>& roots);

}  // namespace space::flight
