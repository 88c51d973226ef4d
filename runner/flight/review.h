// Review: what binds an apply to a joint plan that somebody looked at. In: the joint plan as it was
// shown, or the file that it was saved as; what a run is made of now. Out: the reviewed plan; and
// whether a procedure is still what was reviewed, before it is planned (files, modules, lock file,
// tofu, where its state lies) and after (the plan itself, what it was given, its state). Anything
// that cannot be compared counts as different.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "runner/flight/fingerprint.h"
#include "runner/flight/memory.h"
#include "runner/flight/run.h"
#include "runner/plans/reviewed.h"
#include "runner/tofu/outputs.h"

namespace space::flight {

plans::Seal seal_with(std::string key);
std::string name_of_key(const std::string& key);  // tells keys apart, and no more

// All that goes into a plan but what it is given: each part by its digest.
class ReviewedParts {
 public:
  ReviewedParts(const runplan::RunPlan& plan, std::string tofu_sha256,
                const base::FileSystem& files, const Workspace& workspace)
      : plan_(plan), tofu_sha256_(std::move(tofu_sha256)), digester_(plan, files, workspace) {}

  base::Result<Parts> of(const runplan::Root& root);

 private:
  const runplan::RunPlan& plan_;
  std::string tofu_sha256_;
  Digester digester_;
};

// Before anything is started: what is not reviewed, or is made of something else by now.
std::optional<base::Error> refuse_unreviewed(const plans::ReviewedPlan& reviewed,
                                             const runplan::RunPlan& plan,
                                             const std::vector<std::size_t>& roots,
                                             ReviewedParts& parts, const std::string& key);

// "" where the plugins of a procedure without a lock file are those of the review.
std::string other_plugins(const plans::ReviewedProcedure& reviewed,
                          const std::map<std::string, std::string>& versions);

// What was handed to a plan: of the variables that take in outputs, name and value.
using Given = std::map<std::string, values::Value>;
Given given_outputs(const runplan::Root& root, const std::string& variables_json);

std::vector<plans::Finding> hold_to_review(const plans::ReviewedProcedure& reviewed,
                                           const plans::PlanDocument& real, const Given& given,
                                           const plans::Seal& seal);

// "" where it is the state that was looked at; `how`: "reviewed".
std::string other_state(const StateMark& seen, const tofu::StateFacts& facts, std::string_view how);

runplan::RunDiagnostic diagnostic_of(const plans::Finding& finding);

}  // namespace space::flight
