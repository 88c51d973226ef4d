// An apply that is bound to what was reviewed: each procedure is planned for real, and its plan is
// applied only where it is no more than the reviewed one. Otherwise nothing of it is changed, what
// depends on it is not begun, and what is being applied ends as it would.
#include "runner/flight/lock_file.h"
#include "runner/flight/review.h"
#include "runner/flight/run_state.h"
#include "runner/flight/sensitive.h"
#include "runner/plans/canonical.h"

namespace space::flight {

namespace {

using runplan::PreviewVerdict;
using runplan::Verdict;

constexpr const char* k_plan_file = "plan.tfplan";
constexpr const char* k_show_file = "show.out";

}  // namespace

const plans::ReviewedProcedure* Run::reviewed_of(const runplan::Root& root) const {
  if (request_.reviewed == nullptr || request_.task != Task::Apply) return nullptr;
  const plans::ReviewedProcedure* found = request_.reviewed->find(root.id);
  const bool may_fly = found != nullptr && found->verdict == PreviewVerdict::Apart &&
                       request_.apart == ApartRoots::Fly;
  return may_fly ? nullptr : found;
}

std::optional<Refusal> Run::refuse_other_than_reviewed() {
  if (request_.reviewed == nullptr) return std::nullopt;
  ReviewedParts parts(plan_, request_.tofu_sha256, world_.files, workspace_);
  auto refused = refuse_unreviewed(*request_.reviewed, plan_, request_.roots, parts, hmac_key());
  if (!refused) return std::nullopt;
  return Refusal{std::move(*refused), static_cast<int>(Ending::NotReviewed)};
}

bool Run::was_applied_as_reviewed(const Job& job) const {
  return job.last && job.last->reviewed == request_.reviewed->digest;
}

// Nothing of it could be shown together with the rest.
Run::Settled Run::settle_unreviewed(Job& job) {
  const plans::ReviewedProcedure* reviewed = job.reviewed;
  if (reviewed == nullptr ||
      (reviewed->verdict != PreviewVerdict::Apart && reviewed->verdict != PreviewVerdict::Failed))
    return Settled::No;
  add_problem(job, "no plan of it was reviewed: " + reviewed->reason,
              "`space apply " + root_of(job).id + "` goes through it alone");
  stop_unreviewed(job, "no plan of it was reviewed");
  return Settled::Yes;
}

void Run::stop_unreviewed(Job& job, std::string reason) {
  ++unreviewed_;
  job.counts = {};  // of a plan that is not applied
  finish(job, Verdict::FailedClean, std::move(reason));
}

// The JSON of a plan holds what is sensitive in clear, and goes as soon as it is read.
void Run::after_show(Job& job, const process::Exit& exit) {
  const std::string path = base::join_path(job.folder, k_show_file);
  const auto text = world_.files.read(path);
  (void)world_.files.remove(path);
  base::Result<plans::PlanDocument> real = base::Error{"`tofu show` failed", ""};
  if (exit.is_clean() && text) real = plans::read_plan(*text);
  auto digest = real ? plans::canonical_digest(*text) : base::Result<std::string>(real.error());
  if (!digest) {
    collect_diagnostics(job, Verdict::FailedClean);
    add_problem(job, "its plan cannot be compared with the reviewed one: " + digest.error().message,
                digest.error().help);
    return stop_unreviewed(job, "its plan cannot be compared with the reviewed one");
  }
  const runplan::Root& root = root_of(job);
  if (!has_emitted_lock(plan_, root)) {
    const auto versions = plugin_versions(written_lock(root, workspace_, world_.files));
    if (const std::string other = other_plugins(*job.reviewed, versions); !other.empty()) {
      add_problem(job, "its plan is made by other plugins than the reviewed one",
                  other + "; `space lock` pins them");
      return stop_unreviewed(job, other);
    }
  }
  job.plan_digest = std::move(*digest);
  add_sensitive(*real, scrubber_);
  const bool is_done = was_applied_as_reviewed(job) && job.verdict == Verdict::Unchanged;
  if (is_done) return after_review(job);
  const auto findings = hold_to_review(*job.reviewed, *real, job.given, seal_with(hmac_key()));
  job.given.clear();
  for (const plans::Finding& finding : findings) {
    runplan::RunDiagnostic diagnostic = diagnostic_of(finding);
    diagnostic.detail = scrubber_.scrub(diagnostic.detail);
    diagnostic.address = scrubber_.scrub(diagnostic.address);
    job.diagnostics.push_back(std::move(diagnostic));
  }
  if (plans::has_stop(findings)) return stop_unreviewed(job, "its plan is not the reviewed one");
  look_at_state(job);
}

// After the plan: a plan is of this state or an older one, and tofu applies none of an older one.
void Run::look_at_state(Job& job) {
  const runplan::Root& root = root_of(job);
  if (root.state.type != "local") return start_step(job, Step::Check);
  const auto state = read_local_state(root, workspace_, world_.files);
  if (state && state->is_there && !state->facts) return start_step(job, Step::Check);  // encrypted
  if (!state) {
    add_problem(job, state.error().message, state.error().help);
    return stop_unreviewed(job, state.error().message);
  }
  hold_state(job, state->is_there ? *state->facts : tofu::StateFacts());
}

void Run::after_check(Job& job, const process::Exit& exit) {
  const auto pulled = read_pulled(job, exit);
  if (!pulled) {
    collect_diagnostics(job, Verdict::FailedClean);
    return stop_unreviewed(job, "its state cannot be looked at: " + pulled.error().message);
  }
  hold_state(job, pulled->facts);
}

void Run::hold_state(Job& job, const tofu::StateFacts& facts) {
  const bool is_reviewed = job.reviewed != nullptr;
  const StateMark seen = is_reviewed ? StateMark{job.reviewed->lineage, job.reviewed->serial}
                                     : request_.shown.at(root_of(job).id);
  const std::string_view how = is_reviewed ? "reviewed" : "shown";
  const std::string other = other_state(seen, facts, how);
  if (other.empty()) return after_review(job);
  add_problem(job, "somebody has applied it since it was " + std::string(how), other);
  stop_unreviewed(job, other);
}

void Run::after_review(Job& job) {
  if (job.verdict != Verdict::Unchanged) return start_step(job, Step::Apply);
  (void)world_.files.remove(base::join_path(job.folder, k_plan_file));
  read_outputs_then_finish(job);
}

}  // namespace space::flight
