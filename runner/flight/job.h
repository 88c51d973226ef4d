// Job: one root on its way through the steps of a run. Data alone; run.cpp moves it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/values/value.h"
#include "runner/flight/inputs.h"
#include "runner/flight/memory.h"
#include "runner/plans/reviewed.h"
#include "runner/tofu/outputs.h"
#include "runner/tofu/stream.h"

namespace space::flight {

// A state that tofu was asked for: "" and no lineage where nothing was ever applied.
struct PulledState {
  std::string sha256;
  std::int64_t bytes = 0;
  tofu::StateFacts facts;
};

// Look and Pull both ask tofu for the state: before a plan, whether one is needed; after it, for
// the outputs and for what is remembered.
// Show reads a plan; Check, for an apply that is bound to a review, the state that it is of.
enum class Step : std::uint8_t {
  Fetch,
  Init,
  Look,
  Plan,
  Show,
  Check,
  Apply,
  Pull,
  Output,
  Execute,
  Take,
};
constexpr const char* name_of(Step step) {
  constexpr const char* k_names[] = {"fetch", "init", "look",   "plan", "show", "check",
                                     "apply", "pull", "output", "exec", "take"};
  return k_names[static_cast<std::size_t>(step)];
}

// A Reader is no part of the schedule: it gets the outputs of a root that others read.
// What the journal says of its apply.
enum class Noted : std::uint8_t { Nothing, Begun, Ended };

enum class JobKind : std::uint8_t { Flown, Reader };

struct Job {
  std::size_t root = 0;
  JobKind kind = JobKind::Flown;
  Step step = Step::Init;
  std::optional<std::size_t> process;  // while one runs
  std::int64_t begun_milliseconds = 0;
  std::int64_t step_milliseconds = 0, news_milliseconds = 0;  // when the step began, last got on
  std::size_t news = 0;
  bool is_out_of_time = false;
  std::string folder;  // of this run and root
  Inputs inputs;
  RootDigests digests;
  std::string init_stamp;
  Parts parts;              // all that goes into its plan
  std::string fingerprint;  // their digest
  std::string why;          // it is looked at
  std::optional<LastEnd> last;
  std::optional<PulledState> pulled;
  std::string fetches;  // the provider set that it fetches for all
  tofu::StreamReader stream;
  std::string stream_file, error_file;
  std::uint64_t stream_offset = 0;
  runplan::ChangeCounts counts;
  std::vector<runplan::RunDiagnostic> diagnostics;
  runplan::Verdict verdict = runplan::Verdict::Unchanged;  // before the outputs are read
  std::string reason;
  Noted noted = Noted::Nothing;
  std::vector<std::string> planned;                    // addresses that its plan changes
  const plans::ReviewedProcedure* reviewed = nullptr;  // what its apply is bound to
  std::map<std::string, values::Value> given;  // outputs that it reads; of a bound apply alone
  std::string plan_digest;                     // likewise: canonical
  runplan::Remains remains;
  bool is_adopted = false;  // its apply was another run's: what is left is to read the outputs
};

}  // namespace space::flight
