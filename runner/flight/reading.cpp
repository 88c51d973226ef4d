// How the outputs of a root are read once its verdict stands: from the state's file where it can be
// read here, else by asking tofu for the state.
#include <utility>

#include "core/base/hash.h"
#include "core/base/strings.h"
#include "runner/flight/run_state.h"

namespace space::flight {

namespace {

using runplan::Verdict;

// After an apply outputs that cannot be read are a promise that it broke.
Verdict unreadable(const Job& job) {
  return job.verdict == Verdict::Applied ? Verdict::FailedPartial : Verdict::FailedClean;
}

}  // namespace

void Run::read_outputs_then_finish(Job& job) {
  const runplan::Root& root = root_of(job);
  if (request_.task == Task::Destroy) return finish(job, job.verdict, job.reason);
  if (root.state.type != "local") return start_step(job, Step::Pull);
  auto state = read_local_state(root, workspace_, world_.files);
  if (!state) {
    add_problem(job, state.error().message, state.error().help);
    return finish(job, unreadable(job), state.error().message);
  }
  if (state->is_there && !state->facts) return start_step(job, Step::Pull);
  const bool was_applied = state->is_there && !state->facts->lineage.empty();
  if (!was_applied && job.verdict == Verdict::Planned) {
    book_.enter_never_applied(root.id);
    return finish(job, job.verdict, job.reason);
  }
  enter_outputs(job, was_applied ? std::move(state->facts->outputs) : tofu::Outputs());
  finish(job, job.verdict, job.reason);
}

// Its text holds what is sensitive in clear, and goes as soon as it is read.
base::Result<PulledState> Run::read_pulled(const Job& job, const process::Exit& exit) {
  const std::string path = base::join_path(job.folder, std::string(name_of(job.step)) + ".out");
  const auto text = world_.files.read(path);
  (void)world_.files.remove(path);
  if (!exit.is_clean() || !text) return base::Error{"`tofu state pull` failed", ""};
  PulledState pulled{base::sha256_hex(*text), static_cast<std::int64_t>(text->size()), {}};
  SPACE_TRY(auto facts, tofu::parse_state(*text));
  if (!facts)
    return base::Error{"it is not of version 4",
                       "this `space` knows the states of tofu " + plan_.project.tofu};
  pulled.facts = std::move(*facts);
  return pulled;
}

void Run::after_pull(Job& job, const process::Exit& exit) {
  const runplan::Root& root = root_of(job);
  auto pulled = read_pulled(job, exit);
  if (!pulled) {
    collect_diagnostics(job, Verdict::FailedClean);
    return finish(job, unreadable(job), pulled.error().message);
  }
  const bool was_applied = !pulled->facts.lineage.empty();
  tofu::Outputs outputs = std::exchange(pulled->facts.outputs, {});
  job.pulled = std::move(*pulled);
  if (!was_applied && job.verdict == Verdict::Planned) {
    book_.enter_never_applied(root.id);
  } else {
    enter_outputs(job, std::move(outputs));
  }
  finish(job, job.verdict, job.reason);
}

}  // namespace space::flight
