// Logbook: the journals of the flights that a run may change. In: what happens, root by root; the
// flights' locks are held. Out: where each flight stands, and what was taken over from a run whose
// runner died. A flight's journal is written to from the first step on that is started in it: a run
// that finds everything unchanged leaves no trace.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/filesystem.h"
#include "core/runplan/run_plan.h"
#include "runner/flight/workspace.h"
#include "runner/journal/journal_file.h"

namespace space::flight {

struct Adopted {
  std::string run;
  runplan::Operation operation = runplan::Operation::Apply;
  runplan::Verdict verdict = runplan::Verdict::Applied;
  std::string reason;
  std::string fingerprint;
  runplan::ChangeCounts counts;
};

class Logbook {
 public:
  struct Heading {
    runplan::Operation operation = runplan::Operation::Apply;
    std::string target;
    std::string reviewed;  // the digest of what it is bound to; "" where it is not
    std::string tofu_sha256;
  };

  Logbook(const Workspace& workspace, base::FileSystem& files, const base::Clock& clock,
          Heading heading)
      : workspace_(workspace), files_(files), clock_(clock), heading_(std::move(heading)) {}

  base::Status open(const std::set<std::string>& flights);

  // Judges every apply whose end nobody noted. None of their processes lives: they hold the lock.
  base::Status adopt();
  const Adopted* find_adopted(const std::string& root) const;

  // Of this run: which, and its operation, are set here.
  base::Status note(const std::string& flight, journal::Record record, journal::Sync sync);
  // By a person, of an apply of `record.run`: no run of ours begins with it.
  base::Status note_resolved(const std::string& flight, journal::Record record);
  base::Status end_run(const std::string& flight, runplan::Verdict verdict);

  // A run's folder stays for as long as something in it may have to be looked at.
  base::Status keep_run(const std::string& flight);
  void release_run(const std::string& flight, const std::string& run);

  std::map<std::string, const journal::Standing*> standings() const;
  const journal::Standing* standing(const std::string& flight) const;
  bool has_begun(const std::string& flight) const { return begun_.count(flight) > 0; }

 private:
  base::Status append(const std::string& flight, journal::Record record, journal::Sync sync);

  const Workspace& workspace_;
  base::FileSystem& files_;
  const base::Clock& clock_;
  Heading heading_;
  std::map<std::string, journal::JournalFile> journals_;  // by flight
  std::map<std::string, Adopted> adopted_;                // by root
  std::set<std::string> begun_, kept_;                    // flights
};

}  // namespace space::flight
