// Refinement: whether a procedure's real plan is no more than what was reviewed in the joint plan.
// Unknowns may have become known and changes may be gone; nothing else may differ. In: what was
// reviewed of the procedure, with addresses as its own root has them and sensitive values sealed
// (seal.h); its real plan; the function that seals. Out: findings; a Stop among them says that the
// plan must not be applied. Nothing sensitive stands in them. Pure.
//
// The rules are those of the design's table for joint plans, by its numbers; what a plan cannot
// show (provisioners, write-only values, provider configuration) is held by digests of the files,
// by the caller.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runner/plans/plan_document.h"
#include "runner/plans/seal.h"

namespace space::plans {

struct Reviewed {
  std::vector<Change> objects;            // those that change, move or are imported
  std::vector<Change> drift;              // addresses and actions alone count
  std::map<std::string, Change> outputs;  // NoOp ones too
  std::vector<std::string> deferred;      // configured addresses, without keys; "" for all of it

  bool changes() const { return !objects.empty() || !deferred.empty() || changes_outputs(); }
  bool changes_outputs() const;
};

enum class Rule : std::uint8_t {
  Inputs = 1,    // what it was given is what earlier procedures gave in this run
  Set = 2,       // the same objects, the same actions
  Narrowing,     // a change may be gone, or be less, where all of it was unknown
  ReplacePaths,  // nothing more forces a replacement
  Leaves,        // of an update: known values before and after
  NewValues,     // of a new object: known values
  Collections,   // lists and sets with unknowns in them
  Sensitive,     // what was sensitive is so
  Outputs,
  Drift,
  Data,
  Origin,    // moved from, imported from
  Deferred,  // nothing was reviewed of it
  Reasons,   // why tofu replaces it
};

enum class Severity : std::uint8_t { Note, Stop };

struct Finding {
  Rule rule = Rule::Set;
  Severity severity = Severity::Stop;
  std::string address;         // of an object; "output.NAME", "var.NAME"
  std::string path;            // "" for the whole
  std::string reviewed, real;  // as they are shown
};

std::vector<Finding> refine(const Reviewed& reviewed, const PlanDocument& real, const Seal& seal);

// Rule 1: `given` is what was handed to tofu. The names in `recorded` are those that a plan keeps.
std::vector<Finding> check_inputs(const std::map<std::string, values::Value>& given,
                                  const PlanDocument& real);

bool has_stop(const std::vector<Finding>& findings);
std::string text_of(const Finding& finding);  // one line

}  // namespace space::plans
