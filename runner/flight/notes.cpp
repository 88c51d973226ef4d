// What a run writes into the journals, and what these say of it. Nothing that changes the world is
// started before it is noted; nothing is believed of an apply but its evidence.
#include <algorithm>

#include "core/runplan/names.h"
#include "runner/flight/evidence.h"
#include "runner/flight/latch.h"
#include "runner/flight/run_state.h"

namespace space::flight {

namespace {

using journal::Kind;
using journal::Record;
using journal::Sync;
using runplan::Verdict;
using Waits = journal::RootStanding::Waits;

constexpr int k_tampered = static_cast<int>(Ending::Tampered);

}  // namespace

// Applies of a run that died are taken over here, or keep this one from beginning.
std::optional<Refusal> Run::prepare_logbook() {
  if (request_.task != Task::Apply && request_.task != Task::Destroy) return std::nullopt;
  std::set<std::string> flights;
  for (const std::size_t root : request_.roots) flights.insert(plan_.roots[root].flight);
  logbook_.emplace(workspace_, world_.files, world_.clock,
                   Logbook::Heading{operation_of(request_.task), request_.target,
                                    request_.reviewed != nullptr ? request_.reviewed->digest : "",
                                    request_.tofu_sha256});
  if (const auto opened = logbook_->open(flights); !opened)
    return Refusal{opened.error(), k_tampered};
  if (request_.resuming == Resuming::Yes) {
    if (const auto adopted = logbook_->adopt(); !adopted) return Refusal{adopted.error(), 1};
  }
  return refuse_waiting(logbook_->standings(), workspace_, world_.files);
}

base::Status Run::note_step(const Job& job, Kind kind, Sync sync) {
  if (!logbook_ || job.kind == JobKind::Reader) return base::Done{};
  Record record;
  record.kind = kind;
  record.root = root_of(job).id;
  record.step = name_of(job.step);
  return logbook_->note(root_of(job).flight, record, sync);
}

// It is on the disk before the apply begins, or the apply does not begin.
base::Status Run::note_apply(Job& job) {
  const runplan::Root& root = root_of(job);
  SPACE_TRY_STATUS(logbook_->keep_run(root.flight));
  Record record;
  record.kind = Kind::StepBegun;
  record.root = root.id;
  record.step = name_of(Step::Apply);
  record.fingerprint = job.fingerprint;
  record.plan = job.plan_digest;
  SPACE_TRY_STATUS(logbook_->note(root.flight, record, Sync::Now));
  job.noted = Noted::Begun;
  return base::Done{};
}

// Where this cannot be written the apply stays one whose end nobody noted, and nothing more is
// begun.
void Run::note_apply_end(Job& job, const tofu::Judgement& judgement) {
  if (job.noted != Noted::Begun) return;
  const runplan::Root& root = root_of(job);
  Record record;
  record.kind = Kind::StepEnded;
  record.root = root.id;
  record.step = name_of(Step::Apply);
  record.verdict = judgement.verdict;
  if (judgement.verdict == Verdict::Applied && request_.task == Task::Destroy)
    record.verdict = Verdict::Destroyed;
  record.reason = scrubber_.scrub(judgement.reason);
  record.progress = progress_of(job.stream.facts());
  if (const auto noted = logbook_->note(root.flight, record, Sync::Now); noted) {
    job.noted = Noted::Ended;
  } else {
    add_problem(job, noted.error().message, noted.error().help);
  }
}

void Run::note_root_end(const Job& job, Verdict verdict) {
  if (!logbook_ || !logbook_->has_begun(root_of(job).flight)) return;
  if (job.reason == runplan::k_not_looked_at) return;
  Record record;
  record.kind = Kind::RootEnded;
  record.root = root_of(job).id;
  record.verdict = verdict;
  record.reason = scrubber_.scrub(job.reason);
  (void)logbook_->note(root_of(job).flight, record, Sync::Later);  // what matters is noted above
}

void Run::end_logbook() {
  if (!logbook_) return;
  std::map<std::string, Verdict> worst;
  for (const auto& root : flown_.result.roots) {
    if (root.finished.verdict == Verdict::Skipped) continue;
    Verdict& verdict = worst.try_emplace(root.finished.flight, Verdict::Unchanged).first->second;
    verdict = std::max(verdict, root.finished.verdict);
  }
  for (const auto& [flight, verdict] : worst) {
    if (!logbook_->has_begun(flight)) continue;
    const bool was_ended = logbook_->end_run(flight, verdict).has_value();
    const journal::Standing& standing = *logbook_->standing(flight);
    const bool nothing_waits =
        standing.waiting(Waits::Person).empty() && standing.waiting(Waits::Adoption).empty();
    if (was_ended && nothing_waits) logbook_->release_run(flight, workspace_.run);
  }
}

// First what opens the flights, then the same run again: what is applied is not applied twice.
std::vector<std::string> Run::next_commands() const {
  std::vector<std::string> commands;
  if (!logbook_) return commands;
  for (const auto& [flight, standing] : logbook_->standings()) {
    const auto waiting = waiting_in(flight, *standing, workspace_, world_.files);
    if (!waiting.empty()) commands.push_back(waiting.front().next);
  }
  const auto& roots = flown_.result.roots;
  const bool is_whole = std::all_of(
      roots.begin(), roots.end(), [](const auto& root) { return is_good(root.finished.verdict); });
  if (is_whole) return commands;
  const std::string file = request_.reviewed_file;
  if (unreviewed_ > 0 && !file.empty())
    commands.push_back("space preview " + request_.target + " --save " + file);
  std::string again =
      "space " + std::string(runplan::word_of(runplan::k_operations, operation_of(request_.task))) +
      " " + request_.target;
  if (!file.empty()) again += " --reviewed " + file;
  commands.push_back(std::move(again));
  return commands;
}

// A plan may look at what waits; it says so.
void Run::tell_standing(Job& job) {
  if (request_.task != Task::Plan) return;
  const runplan::Root& root = root_of(job);
  const auto& standing = look_at(root.flight);
  runplan::RunDiagnostic diagnostic;
  diagnostic.is_error = false;
  if (!standing) {
    diagnostic.summary = standing.error().message;
    diagnostic.detail = standing.error().help;
    job.diagnostics.push_back(std::move(diagnostic));
    return;
  }
  for (const Waiting& one : waiting_in(root.flight, *standing, workspace_, world_.files)) {
    if (one.root != root.id) continue;
    diagnostic.summary = "an earlier apply of it waits: " + one.verdict;
    diagnostic.detail = scrubber_.scrub(one.reason) + "\nwhat it left lies in " + one.evidence +
                        "; `" + one.next + "` goes on";
    job.diagnostics.push_back(diagnostic);
  }
}

const base::Result<journal::Standing>& Run::look_at(const std::string& flight) {
  const auto found = looked_at_.find(flight);
  if (found != looked_at_.end()) return found->second;
  return looked_at_.emplace(flight, journal::look_at_journal(workspace_.journal_file(flight)))
      .first->second;
}

// A failed apply has stored some of its outputs, and they are not what it promised.
bool Run::may_read_outputs(const runplan::Root& root) {
  const journal::Standing* standing = logbook_ ? logbook_->standing(root.flight) : nullptr;
  if (standing == nullptr) {
    const auto& looked = look_at(root.flight);
    if (!looked) return false;
    standing = &*looked;
  }
  const auto found = standing->roots.find(root.id);
  return found == standing->roots.end() || (found->second.waits == Waits::Nothing &&
                                            found->second.outputs == journal::OutputsLeft::Whole);
}

// What a dead runner's apply has done, where that is what this run would do: its outputs are read.
Run::Settled Run::settle_adopted(Job& job) {
  const Adopted* adopted = logbook_ ? logbook_->find_adopted(root_of(job).id) : nullptr;
  const bool is_ours = adopted != nullptr && request_.task == Task::Apply &&
                       adopted->verdict == Verdict::Applied &&
                       adopted->fingerprint == job.fingerprint;
  if (!is_ours) return Settled::No;
  job.is_adopted = true;
  job.verdict = Verdict::Applied;
  job.counts = adopted->counts;
  job.reason = "taken over from run " + adopted->run;
  start_first_step(job);
  return Settled::Yes;
}

}  // namespace space::flight
