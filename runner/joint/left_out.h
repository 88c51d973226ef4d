// What a joint plan must leave out, found round by round: what tofu says is not known yet, what
// waits for a provider's configuration that is not known, and procedures that cannot be planned at
// all. In: tofu's diagnostics of a plan that failed, or the plan that was made. Out: what to leave
// out in the next round, until nothing more is learned. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/runplan/run_plan.h"
#include "core/runplan/tofu_diagnostic.h"
#include "runner/joint/deferral.h"
#include "runner/joint/joint_root.h"
#include "runner/plans/plan_document.h"

namespace space::joint {

// The procedure that a diagnostic is about: by its address, or by its file, for the copies have the
// paths of out/.
std::optional<std::size_t> procedure_of(const runplan::RunPlan& plan,
                                        const std::vector<Part>& parts,
                                        const runplan::TofuDiagnostic& diagnostic);

class LeftOut {
 public:
  enum class Learned : std::uint8_t { Nothing, Something };

  // tofu configures a plugin with what it does not know yet, and says nothing: so a procedure whose
  // provider waits for an output is left out until that output is seen to be known.
  LeftOut(const runplan::RunPlan& plan, const std::vector<Part>& parts);

  // Nothing: an error is about no procedure, or all was known before.
  Learned take_errors(const std::vector<runplan::TofuDiagnostic>& diagnostics);
  Learned take_plan(const plans::PlanDocument& document);

  std::vector<Exclusion> exclusions() const;
  // Errors of procedures that cannot be planned, now or after any apply; they are left out whole.
  const std::map<std::size_t, std::vector<runplan::TofuDiagnostic>>& failed() const {
    return failed_;
  }

 private:
  bool waits_for_provider(const Part& part, const plans::PlanDocument& document) const;
  bool may_become_known(const plans::PlanDocument& document, const Exclusion& exclusion) const;
  Learned add(const Exclusion& wanted);

  const runplan::RunPlan& plan_;
  const std::vector<Part>& parts_;
  std::vector<Exclusion> found_;
  std::map<std::string, runplan::TofuDiagnostic> unknown_;  // why, of those of found_ that wait
  std::map<std::size_t, std::string> providers_;            // root -> why it waits for its provider
  std::map<std::size_t, std::vector<runplan::TofuDiagnostic>> failed_;
};

}  // namespace space::joint
