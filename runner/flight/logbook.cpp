#include "runner/flight/logbook.h"

#include <unistd.h>

#include "runner/flight/evidence.h"

namespace space::flight {

namespace {

using journal::Kind;
using journal::Record;
using journal::Sync;
using runplan::Verdict;

}  // namespace

base::Status Logbook::open(const std::set<std::string>& flights) {
  for (const std::string& flight : flights) {
    const std::string path = workspace_.journal_file(flight);
    if (const auto made = files_.make_directories(base::parent_path(path)); !made)
      return base::cannot("make", base::parent_path(path), made.error());
    auto opened = journal::JournalFile::open(path);
    if (!opened) return opened.error();
    journals_.emplace(flight, std::move(*opened));
  }
  return base::Done{};
}

base::Status Logbook::adopt() {
  for (const auto& [flight, journal] : journals_) {
    const journal::Standing before = journal.standing();
    for (const std::string& root : before.waiting(journal::RootStanding::Waits::Adoption)) {
      const journal::RootStanding& apply = before.roots.at(root);
      const Evidence evidence = look_at_apply(root, apply.run, workspace_, files_);
      Adopted adopted{
          apply.run,         apply.operation, evidence.judgement.verdict, evidence.judgement.reason,
          apply.fingerprint, evidence.counts};
      if (adopted.verdict == Verdict::Applied && apply.operation == runplan::Operation::Destroy)
        adopted.verdict = Verdict::Destroyed;
      if (look_for_errored_state(root, workspace_, files_) == tofu::ErroredState::Present)
        SPACE_TRY_STATUS(keep_errored_state(root, apply.run, workspace_, files_));
      Record record;
      record.kind = Kind::Adopted;
      record.run = apply.run;
      record.root = root;
      record.operation = apply.operation;
      record.verdict = adopted.verdict;
      record.reason = adopted.reason;
      record.progress = evidence.progress;
      SPACE_TRY_STATUS(append(flight, record, Sync::Now));
      adopted_.emplace(root, std::move(adopted));
    }
  }
  return base::Done{};
}

const Adopted* Logbook::find_adopted(const std::string& root) const {
  const auto found = adopted_.find(root);
  return found == adopted_.end() ? nullptr : &found->second;
}

base::Status Logbook::append(const std::string& flight, Record record, Sync sync) {
  const auto found = journals_.find(flight);
  SPACE_CHECK(found != journals_.end(), "a note in a journal that is not open");
  record.wall_milliseconds = clock_.wall_milliseconds();
  return found->second.append(std::move(record), sync);
}

base::Status Logbook::note(const std::string& flight, Record record, Sync sync) {
  if (begun_.insert(flight).second) {
    Record run;
    run.kind = Kind::RunBegun;
    run.run = workspace_.run;
    run.operation = heading_.operation;
    run.target = heading_.target;
    run.reviewed = heading_.reviewed;
    run.tofu_sha256 = heading_.tofu_sha256;
    run.process = ::getpid();
    SPACE_TRY_STATUS(append(flight, run, Sync::Later));
  }
  record.run = workspace_.run;
  record.operation = heading_.operation;
  return append(flight, std::move(record), sync);
}

base::Status Logbook::note_resolved(const std::string& flight, Record record) {
  record.kind = Kind::Resolved;
  return append(flight, std::move(record), Sync::Now);
}

base::Status Logbook::end_run(const std::string& flight, Verdict verdict) {
  Record record;
  record.kind = Kind::RunEnded;
  record.verdict = verdict;
  return note(flight, record, Sync::Now);
}

base::Status Logbook::keep_run(const std::string& flight) {
  if (!kept_.insert(flight).second) return base::Done{};
  const std::string mark = workspace_.kept_mark(workspace_.run, flight);
  SPACE_TRY_STATUS(files_.make_directories(base::parent_path(mark)));
  return files_.write(mark, "", base::FileMode::Private);
}

void Logbook::release_run(const std::string& flight, const std::string& run) {
  (void)files_.remove(workspace_.kept_mark(run, flight));  // kept for longer than it must be
}

const journal::Standing* Logbook::standing(const std::string& flight) const {
  const auto found = journals_.find(flight);
  return found == journals_.end() ? nullptr : &found->second.standing();
}

std::map<std::string, const journal::Standing*> Logbook::standings() const {
  std::map<std::string, const journal::Standing*> all;
  for (const auto& [flight, journal] : journals_) all.emplace(flight, &journal.standing());
  return all;
}

}  // namespace space::flight
