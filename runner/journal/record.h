// Record: one line of a flight's journal. In: what happens, as data. Out: its line, which holds the
// hash of itself and of the line before it, so that no byte of a journal can be changed unseen. No
// secret stands in a record: addresses, verdicts and digests alone.
//
//   {"hash":"…64 hex…","v":1,"seq":7,"kind":"step-begun","run":"…","root":"…","step":"apply",…}
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/runplan/run_event.h"

namespace space::journal {

enum class Kind : std::uint8_t {
  RunBegun,   // the first of a run in this flight: operation, target, process, tofu
  StepBegun,  // root, step; of an apply also what went into it
  StepEnded,  // root, step; of an apply also its verdict, by the evidence
  RootEnded,  // root, verdict: what became of it in this run
  Adopted,    // root, run: an apply of another run, which had ended there; verdict, by the evidence
  Resolved,   // root, run: a person has looked; reason, person
  RunEnded,   // verdict of the flight
  Carried,    // root, run: what an older file says of it (a journal that grew long is begun anew);
              // step is "resolved" where a person has looked
};
inline constexpr std::array<std::string_view, 8> k_kinds{"run-begun",  "step-begun", "step-ended",
                                                         "root-ended", "adopted",    "resolved",
                                                         "run-ended",  "carried"};

// What an apply left of a root's outputs: all of them, or those that it had come to.
enum class OutputsLeft : std::uint8_t { Whole, Part };
inline constexpr std::array<std::string_view, 2> k_outputs_left{"whole", "part"};

// How far an apply got, by its stream.
struct Progress {
  std::int64_t begun = 0, done = 0, failed = 0;  // objects
};

struct Record {
  Kind kind = Kind::RunBegun;
  std::int64_t sequence = 0;  // set when it is written; 1 is the first of a file
  std::int64_t wall_milliseconds = 0;
  std::string run;   // whose this is; Adopted, Resolved, Carried: whose apply is meant
  std::string root;  // its id, "" where the flight is meant
  std::string step;  // "init", "plan", "apply", …
  runplan::Operation operation = runplan::Operation::Plan;
  std::optional<runplan::Verdict> verdict;
  std::string reason;
  std::string fingerprint;  // of all that went into an apply
  std::string reviewed;     // RunBegun: the digest of what its applies are bound to
  std::string plan;         // of an apply that is bound: its plan's canonical digest
  std::string target;       // as it was asked for
  std::string person;       // Resolved: who
  std::string tofu_sha256;  // RunBegun: of the program that flies it
  std::int64_t process = 0;
  Progress progress;
  OutputsLeft outputs = OutputsLeft::Whole;  // Carried
};

// With its newline. `before`: the hash of the line before, "" for the first of a file.
struct Line {
  std::string text;
  std::string hash;
};
Line write_line(const Record& record, std::string_view before);

// `text` is without its newline. An Error says what is wrong with this line.
struct Parsed {
  Record record;
  std::string hash;
};
base::Result<Parsed> parse_line(std::string_view text, std::string_view before);

}  // namespace space::journal
