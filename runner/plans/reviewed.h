// ReviewedPlan: what somebody looked at in a joint plan, as a file that an apply is bound to:
// `space.reviewed/1` (docs/reviewed.schema.json). In: the procedures of a target, each with what
// would change, what it was given and what it was made of. Out: JSON, and back. Nothing sensitive
// stands in it: such values are sealed (seal.h). The file holds its own SHA-256: a byte that was
// changed by hand is refused.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/runplan/preview.h"
#include "runner/plans/refine.h"

namespace space::plans {

inline constexpr const char* k_reviewed_schema = "space.reviewed/1";

struct ReviewedProcedure {
  std::string root;
  runplan::PreviewVerdict verdict = runplan::PreviewVerdict::Unchanged;
  std::string reason;                        // of one that is apart or failed
  std::map<std::string, std::string> parts;  // "file `main.tf`" -> digest: all but inputs
  std::string lineage;                       // of its state; "" where there was none
  std::int64_t serial = 0;
  std::map<std::string, std::string> plugins;  // address -> version, where no lock file says so
  std::map<std::string, std::string> inputs;   // variable -> seal of its value, where it was known
  Reviewed plan;
};

struct ReviewedPlan {
  std::string target;
  std::int64_t wall_milliseconds = 0;
  std::string key;  // says which key has sealed it
  std::vector<ReviewedProcedure> procedures;

  const ReviewedProcedure* find(std::string_view root) const;
  std::string digest;  // of its text, where it was written or read
};

std::string write_reviewed(ReviewedPlan& plan);  // with its newline; sets the digest
base::Result<ReviewedPlan> read_reviewed(std::string_view json);

}  // namespace space::plans
