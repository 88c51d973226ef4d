// RunEvent: what happens in a run, in the order it happens: the one stream that status lines,
// `--json` and reports are made of. As JSON it is one object a line, `space.events/1`. No secret
// and no output value stands in an event.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace space::runplan {

inline constexpr const char* k_events_schema = "space.events/1";

enum class Operation : std::uint8_t { Plan, Apply, Destroy };

enum class Verdict : std::uint8_t {
  Unchanged,  // looked at, or known without looking: nothing to do
  Planned,    // a plan with changes was made and shown
  Applied,
  Destroyed,
  Deferred,       // cannot be planned before an earlier stage is applied
  FailedClean,    // nothing was changed
  FailedPartial,  // something was changed, not all
  Interrupted,
  Indeterminate,  // nobody knows: a person must look
  Skipped,        // not started because of another's failure
};
std::string name_of(Verdict verdict);  // "failed-clean"

// The reason of an Unchanged that is known without looking.
inline constexpr const char* k_not_looked_at = "not looked at";

struct ChangeCounts {
  std::int64_t add = 0, change = 0, remove = 0, import_ = 0;
};
void add(ChangeCounts& to, const ChangeCounts& more);

// An error or warning that tofu reported, mapped to the `.space` line where it can be.
struct RunDiagnostic {
  bool is_error = true;
  std::string summary, detail, address;
  std::string generated_file;  // relative to out/
  std::uint32_t generated_line = 0;
  std::string file;  // the `.space` file; "" where unmapped
  std::uint32_t line = 0, column = 0;
  std::string snippet;
};

// Of an apply that did not end well: addresses, by what became of each. A change that was begun and
// neither ended nor failed is one of which nobody knows.
struct Remains {
  std::vector<std::string> done, failed, unknown, not_begun;
  std::string evidence;  // a folder, relative to the working one: tofu's stream and how it ended
};

struct RunEvent {
  enum class Kind : std::uint8_t {
    RunStarted,    // roots: how many; operation
    RootReady,     // it waits for a place
    RootStarted,   // detail: "init", "plan", "apply", "output"
    RootProgress,  // detail: what tofu does now, address of the resource
    RootDiagnostic,
    RootFinished,  // verdict, counts, reason
    OutputRead,    // detail: an output's name (never its value)
    Waiting,       // detail: for whom, after an interrupt
    RunFinished,   // verdict of the whole; exit code
  };
  Kind kind = Kind::RunStarted;
  std::int64_t wall_milliseconds = 0;
  std::int64_t elapsed_milliseconds = 0;  // of the run, monotonic
  Operation operation = Operation::Plan;
  std::string target;
  std::string root, flight, stage;
  std::string detail;
  Verdict verdict = Verdict::Unchanged;
  std::string reason;
  ChangeCounts counts;
  std::int64_t duration_milliseconds = 0;  // RootFinished, RunFinished
  std::int64_t begun_milliseconds = 0;     // RootFinished: of the run's time, as elapsed is
  std::string after;  // RootFinished: the root whose end let this one begin; "" where it waited for
                      // none
  std::int64_t roots = 0;
  int exit_code = 0;
  std::vector<RunDiagnostic> diagnostics;
  std::string why;                // RootFinished: it was looked at
  Remains remains;                // RootFinished
  std::vector<std::string> next;  // RunFinished: commands that go on, in their order
  std::string tofu_sha256;        // RunStarted, RunFinished: of the program's bytes
};

std::string to_json_line(const RunEvent& event);  // with its newline

}  // namespace space::runplan
