// Standing: where a flight stands, by its journal: what became of each root's last change, which
// applies have begun and nobody noted their end, and what waits for a person. In: records, one
// after the other. Out: the table. Pure; the one place that says what latches a flight.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "runner/journal/record.h"

namespace space::journal {

struct RootStanding {
  enum class Waits : std::uint8_t {
    Nothing,
    Adoption,  // an apply has begun, and its end is not noted: the runner died, or it still runs
    Person,    // an apply has ended so that a person must look: the flight is latched
  };
  Waits waits = Waits::Nothing;
  std::string run;  // of its last apply: where the evidence lies
  runplan::Operation operation = runplan::Operation::Apply;
  std::string fingerprint;                  // of what went into that
  std::optional<runplan::Verdict> verdict;  // nothing where no end is noted
  std::string reason;
  Progress progress;
  // A failed apply has stored some of the outputs that it could compute: they are read again after
  // one that was good.
  OutputsLeft outputs = OutputsLeft::Whole;
  std::int64_t wall_milliseconds = 0;
};

struct Standing {
  std::map<std::string, RootStanding> roots;  // by id: those that an apply has begun for
  std::string run;                            // the last one that changed something or tried to
  runplan::Operation operation = runplan::Operation::Apply;
  std::string target, tofu_sha256;
  std::optional<runplan::Verdict> verdict;  // of that run; nothing where its end is not noted
  std::int64_t begun_milliseconds = 0, ended_milliseconds = 0;

  std::vector<std::string> waiting(RootStanding::Waits waits) const;  // roots
};

// Which ends a person must look at: what was changed in part, what nobody knows, and an interrupt
// after something had been changed.
bool needs_person(runplan::Verdict verdict, const Progress& progress);

void take(Standing& standing, const Record& record);
Standing standing_of(const std::vector<Record>& records);

// What a new file begins with, so that `standing` comes out of it again.
std::vector<Record> carry(const Standing& standing);

}  // namespace space::journal
