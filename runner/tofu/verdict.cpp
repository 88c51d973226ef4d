#include "runner/tofu/verdict.h"

#include <algorithm>
#include <map>
#include <utility>

#include "runner/tofu/state_lock.h"

namespace space::tofu {

namespace {

using runplan::Verdict;

std::string first_error(const StreamFacts& facts) {
  for (const runplan::TofuDiagnostic& diagnostic : facts.diagnostics) {
    if (diagnostic.is_error) return diagnostic.summary;
  }
  return "";
}

std::string how_it_ended(const process::Exit& exit) {
  if (exit.signal != 0) return "signal " + std::to_string(exit.signal) + " ended tofu";
  return "tofu ended with exit code " + std::to_string(exit.code);
}

std::string because(const process::Exit& exit, const StreamFacts& facts) {
  if (auto held = held_lock(facts.diagnostics)) return std::move(*held);
  const std::string error = first_error(facts);
  return error.empty() ? how_it_ended(exit) : error;
}

std::string progress_of(const StreamFacts& facts) {
  return std::to_string(facts.completed.size()) + " of " + std::to_string(facts.started.size()) +
         " begun changes were finished";
}

// tofu leaves its summary out where it cannot let go of the lock. That all was done shows by what
// it tells of each change, and by no other error.
bool is_all_but_the_lock(const StreamFacts& facts) {
  const auto errors = std::count_if(facts.diagnostics.begin(), facts.diagnostics.end(),
                                    [](const auto& diagnostic) { return diagnostic.is_error; });
  return facts.is_lock_stuck && errors <= 1 && facts.errored.empty() &&
         facts.started.size() == facts.completed.size();
}

}  // namespace

Parts parts_of(const StreamFacts& facts) {
  struct Ends {
    std::size_t begun = 0, completed = 0, errored = 0;
  };
  std::map<std::string_view, Ends> all;
  std::vector<std::string_view> order;
  const auto count = [&](const std::vector<std::string>& addresses, std::size_t Ends::*which) {
    for (const std::string& address : addresses) {
      const auto [ends, is_new] = all.try_emplace(address);
      if (is_new) order.push_back(address);
      ++(ends->second.*which);
    }
  };
  count(facts.started, &Ends::begun);
  count(facts.completed, &Ends::completed);
  count(facts.errored, &Ends::errored);
  Parts parts;
  for (const std::string_view address : order) {
    const Ends& ends = all[address];
    const bool is_open = ends.begun > ends.completed + ends.errored;
    (ends.errored > 0 ? parts.failed : is_open ? parts.unknown : parts.done).emplace_back(address);
  }
  return parts;
}

// Read top-down, the first that fits.
Judgement judge_apply(const process::Exit& exit, const StreamFacts& facts,
                      ErroredState errored_state) {
  if (errored_state == ErroredState::Present) {
    return {Verdict::FailedPartial,
            "the state could be saved in `errored.tfstate` alone: a person must bring it back"};
  }
  if (facts.has_state_dump) {
    return {Verdict::FailedPartial,
            "the state could be saved nowhere: tofu printed it into its stream, which is kept"};
  }
  if (!exit.recorded) return {Verdict::Indeterminate, "nobody saw how tofu ended"};
  if (exit.signal != 0) {
    // With anything past its version it held the state's lock, or was about to change something.
    const bool had_worked = facts.has_begun || facts.says_more || facts.is_torn;
    return {had_worked ? Verdict::Indeterminate : Verdict::FailedClean, how_it_ended(exit)};
  }
  if (exit.code != 0) {
    if (facts.was_interrupted_twice) {
      return {Verdict::Indeterminate,
              "tofu was interrupted twice: the lock may look free, do not trust it"};
    }
    if (facts.was_interrupted) {
      if (!facts.has_begun)
        return {Verdict::FailedClean, "interrupted before anything was changed"};
      return {Verdict::Interrupted, "interrupted: " + progress_of(facts)};
    }
    if (is_all_but_the_lock(facts)) {
      return {Verdict::FailedPartial, "applied, but the state's lock could not be released"};
    }
    if (facts.has_begun)
      return {Verdict::FailedPartial, because(exit, facts) + "; " + progress_of(facts)};
    return {Verdict::FailedClean, because(exit, facts)};
  }
  if (!facts.has_apply_summary || facts.is_torn || facts.has_error()) {
    return {Verdict::Indeterminate, "tofu says that all is well, and its stream does not"};
  }
  return {Verdict::Applied, ""};
}

Judgement judge_plan(const process::Exit& exit, const StreamFacts& facts) {
  if (!exit.recorded) return {Verdict::FailedClean, "nobody saw how tofu ended"};
  if (exit.signal != 0) return {Verdict::FailedClean, how_it_ended(exit)};
  if (facts.was_interrupted && exit.code != 0) return {Verdict::FailedClean, "interrupted"};
  if (exit.code == 2 && !facts.has_error()) return {Verdict::Planned, ""};
  if (exit.code == 0 && !facts.has_error()) return {Verdict::Unchanged, ""};
  return {Verdict::FailedClean, because(exit, facts)};
}

}  // namespace space::tofu
