#include <algorithm>
#include <utility>

#include "core/base/failpoint.h"
#include "core/base/hash.h"
#include "runner/flight/in_clear.h"
#include "runner/flight/lock_file.h"
#include "runner/flight/old_runs.h"
#include "runner/flight/run_state.h"
#include "runner/tofu/state_lock.h"

namespace space::flight {

namespace {

using runplan::RunEvent;
using runplan::Verdict;

}  // namespace

constexpr const char* k_outputs_file = "outputs.tf";

bool is_good(Verdict verdict) {
  switch (verdict) {
    case Verdict::Unchanged:
    case Verdict::Planned:
    case Verdict::Applied:
    case Verdict::Destroyed:
    case Verdict::Deferred:
      return true;
    default:
      return false;
  }
}

runplan::Operation operation_of(Task task) {
  switch (task) {
    case Task::Apply:
      return runplan::Operation::Apply;
    case Task::Destroy:
      return runplan::Operation::Destroy;
    default:
      return runplan::Operation::Plan;
  }
}

RunEvent Run::emit(RunEvent event) {
  event.operation = operation_of(request_.task);
  event.target = request_.target;
  event.wall_milliseconds = world_.clock.wall_milliseconds();
  event.elapsed_milliseconds = world_.clock.mono_milliseconds() - begun_;
  view_.on_event(event);
  return event;
}

RunEvent Run::event_of(const Job& job, RunEvent::Kind kind) const {
  RunEvent event;
  event.kind = kind;
  event.root = root_of(job).id;
  event.flight = root_of(job).flight;
  event.stage = root_of(job).stage;
  return event;
}

void Run::add_problem(Job& job, const std::string& summary, const std::string& detail) {
  runplan::RunDiagnostic diagnostic;
  diagnostic.summary = scrubber_.scrub(summary);
  diagnostic.detail = scrubber_.scrub(detail);
  job.diagnostics.push_back(std::move(diagnostic));
}

// Where an output comes from, as far as the root's own file says it.
void Run::add_output_problem(Job& job, const tofu::OutputProblem& problem) {
  const runplan::Root& root = root_of(job);
  runplan::TofuDiagnostic diagnostic;
  const auto text =
      world_.files.read(base::join_path(workspace_.root_folder(root), k_outputs_file));
  const std::size_t at =
      text ? text->find("output \"" + problem.output + "\" {") : std::string::npos;
  if (at != std::string::npos) {
    diagnostic.file = k_outputs_file;
    diagnostic.line = static_cast<std::uint32_t>(
        std::count(text->begin(), text->begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1);
    diagnostic.begin = diagnostic.end = static_cast<std::uint32_t>(at);
  }
  std::string what = problem.what;
  if (problem.kind == tofu::OutputProblem::Kind::Missing && text)
    what = at != std::string::npos ? "is null" : "is missing: its root gives none";
  diagnostic.summary = "output `" + problem.output + "` of `" + root.id + "` " + what;
  diagnostic.detail = problem.help;
  job.diagnostics.push_back(tracer_.trace(root, diagnostic));
  job.reason = diagnostic.summary;
}

// What is sensitive must be shown nowhere from here on, whoever reads it.
void Run::keep_outputs(const std::string& root, tofu::Outputs outputs) {
  for (const auto& [name, value] : outputs) {
    if (!value.sensitive) continue;
    for (const std::string& leaf : tofu::leaves_of(value.json)) scrubber_.add(leaf);
  }
  book_.enter(root, std::move(outputs));
}

// Holds what was read to what is declared; after an apply a broken promise is the root's own
// failure.
void Run::enter_outputs(Job& job, tofu::Outputs outputs) {
  const runplan::Root& root = root_of(job);
  if (request_.task == Task::Apply) {
    if (const auto problem = tofu::first_problem(root, outputs)) {
      add_output_problem(job, *problem);
      job.verdict = job.verdict == Verdict::Applied ? Verdict::FailedPartial : Verdict::FailedClean;
      return;
    }
    if (auto checked = tofu::check_outputs(root, outputs)) outputs = std::move(*checked);
  }
  for (const auto& [name, value] : outputs) {
    RunEvent event = event_of(job, RunEvent::Kind::OutputRead);
    event.detail = name;
    emit(event);
  }
  keep_outputs(root.id, std::move(outputs));
}

void Run::remember(const Job& job, Verdict verdict) {
  const runplan::Root& root = root_of(job);
  if (request_.task != Task::Plan && request_.task != Task::Apply && request_.task != Task::Destroy)
    return;
  if (verdict == Verdict::Planned || verdict == Verdict::Deferred || verdict == Verdict::Skipped)
    return;
  if (verdict == Verdict::Unchanged &&
      (job.reason == runplan::k_not_looked_at || request_.task == Task::Destroy))
    return;
  const bool after_apply = job.step == Step::Apply || job.step == Step::Output ||
                           job.step == Step::Pull || job.is_adopted;
  if (verdict == Verdict::FailedClean && !after_apply) return;
  LastEnd last;
  last.verdict = runplan::name_of(verdict);
  if (request_.reviewed != nullptr) last.reviewed = request_.reviewed->digest;
  last.run = workspace_.run;
  last.ended_milliseconds = world_.clock.wall_milliseconds();
  last.duration_milliseconds = verdict == Verdict::Unchanged && durations_[job.root] > 0
                                   ? durations_[job.root]
                                   : world_.clock.mono_milliseconds() - job.begun_milliseconds;
  if (verdict == Verdict::Applied || verdict == Verdict::Unchanged) {
    last.parts = job.parts;
    last.providers = kept_providers(job);
    if (job.pulled) {
      last.state_sha256 = job.pulled->sha256;
      last.state_bytes = job.pulled->bytes;
      last.lineage = job.pulled->facts.lineage;
      last.serial = job.pulled->facts.serial;
    } else if (const auto state = read_local_state(root, workspace_, world_.files);
               state && state->facts) {
      last.state_sha256 = state->sha256;
      last.lineage = state->facts->lineage;
      last.serial = state->facts->serial;
    }
  }
  (void)write_last(workspace_.last_file(root), last, world_.files);  // only a help for the next run
}

// What lay there for tofu alone.
void Run::take_away(const Job& job) {
  if (!job.folder.empty()) remove_in_clear(job.folder, world_.files);
  const bool tofu_ran = !job.init_stamp.empty();
  if (tofu_ran && !job.digests.has_lock_file)
    take_lock_away(root_of(job), workspace_, world_.files);
}

void Run::finish(Job& job, Verdict verdict, std::string reason) {
  job.reason = std::move(reason);
  note_apply_end(job, {verdict, job.reason});  // where it could not even be started
  note_root_end(job, verdict);
  base::killpoint("root.remember", root_of(job).id);
  remember(job, verdict);
  base::killpoint("root.remembered", root_of(job).id);
  take_away(job);
  if (!job.diagnostics.empty()) {
    RunEvent event = event_of(job, RunEvent::Kind::RootDiagnostic);
    event.diagnostics = job.diagnostics;
    emit(event);
  }
  RunEvent event = event_of(job, RunEvent::Kind::RootFinished);
  event.verdict = verdict;
  event.reason = scrubber_.scrub(job.reason);
  event.remains = job.remains;
  event.why = scrubber_.scrub(job.why);
  event.counts = job.counts;
  event.duration_milliseconds = world_.clock.mono_milliseconds() - job.begun_milliseconds;
  const bool did_nothing = verdict == Verdict::Skipped || verdict == Verdict::Deferred ||
                           job.reason == runplan::k_not_looked_at;
  if (did_nothing) event.duration_milliseconds = 0;
  event.begun_milliseconds = job.begun_milliseconds - begun_;
  if (const auto by = schedule_->released_by(job.root)) event.after = plan_.roots[*by].id;
  RunEvent told = emit(event);
  told.operation = operation_of(request_.task);
  flown_.result.roots.push_back({std::move(told), job.diagnostics});
  if (verdict == Verdict::FailedClean && tofu::held_lock(job.stream.facts().diagnostics))
    ++locked_out_;
  const std::size_t index = job.root;
  const std::string fetches = job.fetches;
  jobs_.erase(index);
  schedule_->finished(index,
                      is_good(verdict) ? schedule::Outcome::Good : schedule::Outcome::Failed);
  if (!fetches.empty()) pass_fetch_on(fetches);
}

// Lets those begin that wait for what was read here.
void Run::finish_reader(Job& job, std::optional<tofu::Outputs> outputs, std::string problem) {
  const std::string id = root_of(job).id;
  if (!problem.empty()) {
    broken_reads_[id] = std::move(problem);
  } else if (outputs) {
    keep_outputs(id, std::move(*outputs));
  } else {
    book_.enter_never_applied(id);
  }
  take_away(job);
  const std::size_t index = job.root;
  const std::string fetches = job.fetches;
  jobs_.erase(index);
  if (!fetches.empty()) pass_fetch_on(fetches);
  const auto found = waiting_for_.find(index);
  if (found == waiting_for_.end()) return;
  const std::vector<std::size_t> waited = std::move(found->second);
  waiting_for_.erase(found);
  for (const std::size_t root : waited) begin(root);
}

void Run::end_never_started() {
  std::map<std::size_t, std::size_t> because;
  for (const schedule::Skipped& skipped : schedule_->skipped())
    because[skipped.root] = skipped.because_of;
  for (const std::size_t index : schedule_->never_started()) {
    Job job;
    job.root = index;
    const auto found = because.find(index);
    RunEvent event = event_of(job, RunEvent::Kind::RootFinished);
    event.verdict = Verdict::Skipped;
    event.reason =
        found != because.end() ? "`" + plan_.roots[found->second].id + "` failed" : "interrupted";
    flown_.result.roots.push_back({emit(event), {}});
  }
}

Ending Run::ending() const {
  if (is_interrupted_) return Ending::Interrupted;
  Ending worst = Ending::Good;
  std::size_t clean = 0;
  const auto at_least = [&worst](Ending ending) { worst = std::max(worst, ending); };
  for (const auto& root : flown_.result.roots) {
    switch (root.finished.verdict) {
      case Verdict::FailedClean:
        ++clean;
        at_least(Ending::FailedClean);
        break;
      case Verdict::FailedPartial:
      case Verdict::Interrupted:
        at_least(Ending::FailedPartial);
        break;
      case Verdict::Indeterminate:
        at_least(Ending::Indeterminate);
        break;
      default:
        break;
    }
  }
  if (worst == Ending::FailedClean && clean == unreviewed_) return Ending::NotReviewed;
  // Nothing went wrong but that another was there first.
  return worst == Ending::FailedClean && clean == locked_out_ ? Ending::Busy : worst;
}

}  // namespace space::flight
