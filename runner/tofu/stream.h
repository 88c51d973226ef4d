// StreamReader: tofu's `-json` stream (ui 1.x), line by line, as it grows. In: bytes, cut anywhere.
// Out: facts for the verdict and progress for people. Lines that are no JSON (warnings of plugins,
// a crash's text) are kept out of the facts but for what only stands there; unknown types are
// ignored. Must not judge: verdict.h does.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/runplan/run_event.h"
#include "core/runplan/tofu_diagnostic.h"

namespace space::tofu {

struct Change {
  std::string address;
  std::string action;  // "create", "update", "delete", "replace", …
};

struct StreamFacts {
  bool has_version = false;
  bool says_more = false;  // anything past its version: it had come as far as to work
  bool has_begun = false;  // any apply_start
  bool has_plan_summary = false;
  bool has_apply_summary = false;
  bool has_state_dump = false;  // tofu printed a whole state: the stream is a secret now
  bool was_interrupted = false;
  bool was_interrupted_twice = false;
  bool is_lock_stuck = false;  // "Error releasing the state lock"
  bool is_torn = false;        // the last line has no end
  bool changes_outputs = false;
  runplan::ChangeCounts planned, applied;
  std::vector<Change> changes;                           // planned
  std::vector<std::string> started, completed, errored;  // addresses
  std::vector<runplan::TofuDiagnostic> diagnostics;
  bool has_error() const;
};

struct Progress {
  std::string address;
  std::string what;  // "creating", "created", "still creating, 20s"
};

class StreamReader {
 public:
  using OnProgress = std::function<void(const Progress&)>;

  void feed(std::string_view bytes, const OnProgress& on_progress);
  const StreamFacts& finish();  // no more bytes will come
  const StreamFacts& facts() const { return facts_; }

 private:
  void take_line(std::string_view line, const OnProgress& on_progress);

  static constexpr std::size_t k_longest_line = std::size_t{1} << 26U;
  std::string rest_;
  StreamFacts facts_;
};

}  // namespace space::tofu
