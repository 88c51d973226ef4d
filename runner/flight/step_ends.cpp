// From one step to the next: what the exit of each process means for its root.
#include <algorithm>
#include <utility>

#include "core/base/failpoint.h"
#include "core/base/strings.h"
#include "runner/flight/drift.h"
#include "runner/flight/evidence.h"
#include "runner/flight/in_clear.h"
#include "runner/flight/old_runs.h"
#include "runner/flight/run_state.h"
#include "runner/tofu/state_lock.h"

namespace space::flight {

namespace {

using runplan::Verdict;

constexpr std::size_t k_last_words = 2000;

// tofu's own text of a plan, without its advice at the end.
std::string_view plan_body(std::string_view text) {
  const std::size_t rule = text.find("\n\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80");
  if (rule != std::string_view::npos) text = text.substr(0, rule);
  return base::trim(text);
}

std::vector<std::string> changed_by(const tofu::StreamFacts& plan) {
  std::vector<std::string> addresses;
  for (const tofu::Change& change : plan.changes) {
    const bool changes = change.action != "noop" && change.action != "read" &&
                         change.action != "move" && change.action != "remove";
    if (changes) addresses.push_back(change.address);
  }
  return addresses;
}

void tell_out_of_time(const Job& job, tofu::Judgement& judgement) {
  if (!job.is_out_of_time || is_good(judgement.verdict)) return;
  judgement.reason = "its time was up; " + judgement.reason;
}

}  // namespace

runplan::Remains Run::remains_of(const Job& job) const {
  tofu::Parts parts = tofu::parts_of(job.stream.facts());
  runplan::Remains remains{
      std::move(parts.done), std::move(parts.failed), std::move(parts.unknown), {}, ""};
  const std::vector<std::string>& begun = job.stream.facts().started;
  for (const std::string& address : job.planned) {
    if (std::find(begun.begin(), begun.end(), address) == begun.end())
      remains.not_begun.push_back(address);
  }
  remains.evidence = workspace_.shown(job.folder);
  return remains;
}

void Run::on_exit(std::size_t process, const process::Exit& exit) {
  const auto found = by_process_.find(process);
  if (found == by_process_.end()) return;
  Job& job = *found->second;
  by_process_.erase(found);
  job.process.reset();
  pump(job);
  job.stream.finish();
  clean_streams(job);
  if (job.step != Step::Apply)  // that one with its verdict
    (void)note_step(job, journal::Kind::StepEnded, journal::Sync::Later);
  base::killpoint("step.end", name_of(job.step));
  switch (job.step) {
    case Step::Fetch:
      return after_fetch(job, exit);
    case Step::Init:
      return after_init(job, exit);
    case Step::Look:
      return after_look(job, exit);
    case Step::Pull:
      return after_pull(job, exit);
    case Step::Plan:
      return after_plan(job, exit);
    case Step::Show:
      return request_.task == Task::Drift ? after_drift(job, exit) : after_show(job, exit);
    case Step::Check:
      return after_check(job, exit);
    case Step::Apply:
      return after_apply(job, exit);
    case Step::Output:
      return after_output(job, exit);
    case Step::Execute:
      return after_execute(job, exit);
    case Step::Take:
      return after_take(job, exit);
  }
}

// What stays for people holds nothing that is known to be sensitive; but a state that tofu could
// save nowhere stays as it was printed.
void Run::clean_streams(const Job& job) {
  if (job.stream.facts().has_state_dump) return;
  if (scrubber_.is_empty() && !job.stream.facts().has_error()) return;
  std::vector<std::string> paths{job.error_file, base::join_path(job.folder, "plan.out")};
  const bool is_stream = job.step == Step::Fetch || job.step == Step::Init ||
                         job.step == Step::Plan || job.step == Step::Apply;
  if (is_stream) paths.push_back(job.stream_file);  // of the others it is what was asked for
  for (const std::string& path : paths) {
    const auto text = world_.files.read(path);
    if (!text) continue;
    const std::string kept = at_rest(*text, scrubber_);
    if (kept != *text) (void)world_.files.write(path, kept, base::FileMode::Private);
  }
}

void Run::collect_diagnostics(Job& job, Verdict verdict) {
  bool has_error = false;
  for (const runplan::TofuDiagnostic& diagnostic : job.stream.facts().diagnostics) {
    has_error = has_error || diagnostic.is_error;
    job.diagnostics.push_back(tracer_.trace(root_of(job), tofu::without_lock_advice(diagnostic)));
  }
  const bool failed = verdict == Verdict::FailedClean || verdict == Verdict::FailedPartial ||
                      verdict == Verdict::Indeterminate;
  if (has_error || !failed) return;
  const auto text = world_.files.read(job.error_file);
  if (!text || base::trim(*text).empty()) return;
  const std::string_view words = base::trim(*text);
  add_problem(
      job, "tofu said no more than this",
      std::string(words.substr(words.size() > k_last_words ? words.size() - k_last_words : 0)));
}

void Run::after_fetch(Job& job, const process::Exit& exit) {
  const std::string folder = store_.fetch_folder(workspace_.run + "-" + std::to_string(job.root));
  base::Status added = base::Done{};
  if (exit.is_clean() && !job.stream.facts().has_error()) {
    added = tofu::add_plugins(base::join_path(folder, "plugins"), store_.folder(), world_.files);
    const std::string mark = store_.mark(job.fetches);
    if (added) added = world_.files.make_directories(base::parent_path(mark));
    if (added) added = world_.files.write(mark, job.fetches, base::FileMode::Plain);
    if (!added) add_problem(job, added.error().message, added.error().help);
  }
  remove_all(folder, world_.files);
  if (!added || !exit.is_clean() || job.stream.facts().has_error()) return init_failed(job, exit);
  const std::string fetched = std::exchange(job.fetches, "");
  start_step(job, Step::Init);  // it may be gone after that
  pass_fetch_on(fetched);
}

// Those that wait try for themselves: what failed may have been that root's own fault.
void Run::pass_fetch_on(const std::string& provider_set) {
  const auto found = fetching_.find(provider_set);
  if (found == fetching_.end()) return;
  const std::vector<std::size_t> waited = std::move(found->second);
  fetching_.erase(found);
  for (const std::size_t root : waited) start_first_step(*jobs_.at(root));
}

void Run::init_failed(Job& job, const process::Exit& exit) {
  const tofu::Judgement judgement =
      tofu::judge_plan(exit.is_clean() ? process::Exit{true, 1, 0} : exit, job.stream.facts());
  if (job.kind == JobKind::Reader) return finish_reader(job, std::nullopt, judgement.reason);
  collect_diagnostics(job, Verdict::FailedClean);
  finish(job, Verdict::FailedClean, judgement.reason);
}

void Run::after_init(Job& job, const process::Exit& exit) {
  if (!exit.is_clean() || job.stream.facts().has_error()) return init_failed(job, exit);
  (void)world_.files.write(workspace_.init_stamp(root_of(job)), job.init_stamp,
                           base::FileMode::Private);
  start_initialised(job);
}

void Run::after_plan(Job& job, const process::Exit& exit) {
  (void)world_.files.remove(base::join_path(job.folder, "inputs.tfvars.json"));
  const tofu::StreamFacts& facts = job.stream.facts();
  tofu::Judgement judgement = tofu::judge_plan(exit, facts);
  tell_out_of_time(job, judgement);
  collect_diagnostics(job, judgement.verdict);
  if (judgement.verdict == Verdict::FailedClean)
    return finish(job, Verdict::FailedClean, judgement.reason);
  if (request_.task == Task::Drift) return start_step(job, Step::Show);
  job.counts = facts.planned;
  job.planned = changed_by(facts);
  job.verdict = judgement.verdict;
  if (job.reviewed != nullptr) return start_step(job, Step::Show);
  if (judgement.verdict == Verdict::Unchanged) {
    (void)world_.files.remove(base::join_path(job.folder, "plan.tfplan"));
    return read_outputs_then_finish(job);
  }
  if (request_.shown.count(root_of(job).id) > 0) return look_at_state(job);
  if (request_.task != Task::Plan) return start_step(job, Step::Apply);
  if (const auto text = world_.files.read(base::join_path(job.folder, "plan.out"))) {
    view_.on_plan_text(root_of(job).id, scrubber_.scrub(plan_body(*text)));
  }
  read_outputs_then_finish(job);
}

void Run::after_apply(Job& job, const process::Exit& exit) {
  const std::string& root = root_of(job).id;
  const auto errored = look_for_errored_state(root, workspace_, world_.files);
  tofu::Judgement judgement =
      judge_apply_of(root, workspace_.run, exit, job.stream.facts(), workspace_, world_.files);
  base::killpoint("apply.judged", root);
  tell_out_of_time(job, judgement);
  note_apply_end(job, judgement);
  if (judgement.verdict != Verdict::Applied) job.remains = remains_of(job);
  if (errored == tofu::ErroredState::Present) {
    const auto kept = keep_errored_state(root, workspace_.run, workspace_, world_.files);
    if (!kept)
      add_problem(job, "cannot copy `errored.tfstate`: " + kept.error().message, kept.error().help);
  }
  collect_diagnostics(job, judgement.verdict);
  job.counts = job.stream.facts().applied;
  (void)world_.files.remove(base::join_path(job.folder, "plan.tfplan"));
  if (judgement.verdict != Verdict::Applied)
    return finish(job, judgement.verdict, judgement.reason);
  job.verdict = request_.task == Task::Destroy ? Verdict::Destroyed : Verdict::Applied;
  if (job.verdict == Verdict::Destroyed) return finish(job, Verdict::Destroyed, "");
  read_outputs_then_finish(job);
}

void Run::after_output(Job& job, const process::Exit& exit) {
  const runplan::Root& root = root_of(job);
  const std::string path = base::join_path(job.folder, "output.out");
  const auto text = world_.files.read(path);
  (void)world_.files.remove(path);
  base::Result<tofu::Outputs> outputs = base::Error{"`tofu output` failed", ""};
  if (exit.is_clean() && text) outputs = tofu::parse_outputs(*text);
  if (!outputs) {
    const std::string reason = outputs.error().message;
    if (job.kind == JobKind::Reader) return finish_reader(job, std::nullopt, reason);
    collect_diagnostics(job, Verdict::FailedClean);
    return finish(job,
                  job.verdict == Verdict::Applied ? Verdict::FailedPartial : Verdict::FailedClean,
                  reason);
  }
  // Where nothing was ever applied, tofu says `{}` and no more.
  const bool never_applied =
      outputs->empty() && !root.outputs.empty() && job.verdict != Verdict::Applied;
  if (job.kind == JobKind::Reader)
    return finish_reader(job, never_applied ? std::nullopt : std::optional(std::move(*outputs)),
                         "");
  if (never_applied) {
    book_.enter_never_applied(root.id);
  } else {
    enter_outputs(job, std::move(*outputs));
  }
  finish(job, job.verdict, job.reason);
}

void Run::after_take(Job& job, const process::Exit& exit) {
  const std::string path = base::join_path(job.folder, "take.out");
  auto text = world_.files.read(path);
  (void)world_.files.remove(path);
  if (exit.is_clean() && text) {
    flown_.states[root_of(job).id] = std::move(*text);
    return finish(job, Verdict::Unchanged, "");
  }
  collect_diagnostics(job, Verdict::FailedClean);
  finish(job, Verdict::FailedClean, "its state cannot be read");
}

// The plan and its text hold what is sensitive in clear, and go as soon as they are read.
void Run::after_drift(Job& job, const process::Exit& exit) {
  const std::string path = base::join_path(job.folder, "show.out");
  const auto text = world_.files.read(path);
  (void)world_.files.remove(path);
  (void)world_.files.remove(base::join_path(job.folder, "plan.tfplan"));
  base::Result<plans::PlanDocument> document = base::Error{"`tofu show` failed", ""};
  if (exit.is_clean() && text) document = plans::read_plan(*text);
  if (document && document->is_errored) document = base::Error{"its plan is not whole", ""};
  if (!document) {
    collect_diagnostics(job, Verdict::FailedClean);
    return finish(job, Verdict::FailedClean, document.error().message);
  }
  const auto scrub = [this](std::string_view told) { return scrubber_.scrub(told); };
  flown_.drift[root_of(job).id] = drift_of(root_of(job), *document, scrub);
  finish(job, Verdict::Unchanged, "");
}

void Run::after_execute(Job& job, const process::Exit& exit) {
  if (const auto text = world_.files.read(base::join_path(job.folder, "exec.out")))
    flown_.printed += scrubber_.scrub(*text);
  if (const auto text = world_.files.read(base::join_path(job.folder, "exec.err"));
      text && !exit.is_clean()) {
    flown_.printed += scrubber_.scrub(*text);
  }
  remove_all(job.folder, world_.files);
  finish(job, exit.is_clean() ? Verdict::Unchanged : Verdict::FailedClean,
         exit.is_clean() ? "" : "tofu ended with exit code " + std::to_string(exit.code));
}

}  // namespace space::flight
