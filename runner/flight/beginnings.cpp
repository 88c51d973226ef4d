#include <algorithm>

#include "core/base/hash.h"
#include "runner/flight/evidence.h"
#include "runner/flight/project_key.h"
#include "runner/flight/run_state.h"

namespace space::flight {

namespace {

using runplan::Verdict;

// "after stage 000", or by the name of another flight.
std::string after_what(const runplan::RunPlan& plan, const runplan::Root& root,
                       const std::vector<Missing>& missing) {
  std::string stage, flight;
  for (const Missing& one : missing) {
    const runplan::Root* producer = runplan::find_root(plan, one.root);
    if (producer == nullptr) continue;
    if (producer->flight == root.flight) {
      stage = std::max(stage, producer->stage);
    } else {
      flight = std::max(flight, producer->flight);
    }
  }
  if (!flight.empty()) return "`" + flight + "`";
  return "stage " + stage;
}

}  // namespace

// Called again where the root had to wait for another one to be read.
void Run::begin(std::size_t index) {
  const runplan::Root& root = plan_.roots[index];
  auto& slot = jobs_[index];
  if (!slot) {
    slot = std::make_unique<Job>();
    slot->root = index;
    slot->begun_milliseconds = world_.clock.mono_milliseconds();
    slot->folder = workspace_.run_folder(root);
    slot->reviewed = reviewed_of(root);
  }
  Job& job = *slot;
  if (is_interrupted_) return finish(job, Verdict::Skipped, "interrupted");
  if (is_planning(request_.task) &&
      look_for_errored_state(root.id, workspace_, world_.files) == tofu::ErroredState::Present) {
    add_problem(job, "`" + errored_state(root.id, workspace_) + "` is there",
                "it holds a state that could be saved nowhere else: bring it back to where the "
                "state lies (`tofu state push` in that folder), then move the file away");
    return finish(
        job, Verdict::FailedPartial,
        "an earlier apply left its state in `errored.tfstate`: a person must bring it back");
  }
  if (request_.task == Task::Read && settle_read(job) == Settled::Yes) return;
  if (request_.task == Task::States && settle_take(job) == Settled::Yes) return;
  if (is_planning(request_.task) && settle_upstream(root) == Settled::No)
    return;  // it will be begun again
  tell_standing(job);
  auto inputs = gather_inputs(root, input_sources(job),
                              is_planning(request_.task) ? Extent::All : Extent::AccessAlone);
  if (!inputs) {
    add_problem(job, inputs.error().message, inputs.error().help);
    return finish(job, Verdict::FailedClean, inputs.error().message);
  }
  job.inputs = std::move(*inputs);
  if (settle_missing(job) == Settled::Yes) return;
  auto digests = digester_.digest(root);
  if (!digests) {
    add_problem(job, digests.error().message, digests.error().help);
    return finish(job, Verdict::FailedClean, digests.error().message);
  }
  job.digests = std::move(*digests);
  job.parts = parts_of(job);
  job.fingerprint = digest_of(job.parts);
  if (settle_adopted(job) == Settled::Yes) return;
  if (settle_unreviewed(job) == Settled::Yes) return;
  if (settle_unchanged(job) == Settled::Yes) return;
  start_first_step(job);
}

// Makes sure that the outputs this root reads are known, as far as they can be.
Run::Settled Run::settle_upstream(const runplan::Root& root) {
  Settled settled = Settled::Yes;
  for (const std::string& id : root.reads) {
    if (book_.known(id) != OutputBook::Known::No || broken_reads_.count(id) > 0) continue;
    const runplan::Root* read = runplan::find_root(plan_, id);
    if (read == nullptr) continue;
    if (!may_read_outputs(*read)) {
      if (request_.task == Task::Plan) {
        book_.enter_never_applied(id);  // deferred: what it gives is known after a good apply
      } else {
        broken_reads_[id] = "its last apply was not whole, and has stored some of them alone";
      }
      continue;
    }
    if (read->state.type == "local") {
      const auto state = read_local_state(*read, workspace_, world_.files);
      if (!state) {
        broken_reads_[id] = state.error().message;
        continue;
      }
      if (!state->is_there || (state->facts && state->facts->lineage.empty())) {
        book_.enter_never_applied(id);
        continue;
      }
      if (state->facts) {
        keep_outputs(id, state->facts->outputs);
        continue;
      }
    }
    const auto index = static_cast<std::size_t>(read - plan_.roots.data());
    const auto self = static_cast<std::size_t>(&root - plan_.roots.data());
    waiting_for_[index].push_back(self);
    if (jobs_.count(index) == 0) start_reader(index);
    settled = Settled::No;
    break;  // one at a time: it is asked again when that one is known
  }
  return settled;
}

// `space output` of a local state needs no tofu.
Run::Settled Run::settle_read(Job& job) {
  const runplan::Root& root = root_of(job);
  if (root.state.type != "local") return Settled::No;
  auto state = read_local_state(root, workspace_, world_.files);
  if (state && state->is_there && !state->facts) return Settled::No;
  if (!state) {
    finish(job, Verdict::FailedClean, state.error().message);
    return Settled::Yes;
  }
  if (state->is_there && !state->facts->lineage.empty())
    enter_outputs(job, std::move(state->facts->outputs));
  finish(job, Verdict::Unchanged, state->is_there ? "" : "never applied");
  return Settled::Yes;
}

// A local state that is not encrypted is its file.
Run::Settled Run::settle_take(Job& job) {
  const runplan::Root& root = root_of(job);
  const std::string path = workspace_.state_file(root);
  if (path.empty()) return Settled::No;
  auto state = read_local_state(root, workspace_, world_.files);
  if (state && state->is_there && !state->facts) return Settled::No;
  base::Result<std::string> text = std::string();
  if (state && state->is_there) text = world_.files.read(path);
  if (!state || !text) {
    const base::Error& problem = !state ? state.error() : text.error();
    add_problem(job, problem.message, problem.help);
    finish(job, Verdict::FailedClean, problem.message);
    return Settled::Yes;
  }
  flown_.states[root.id] = std::move(*text);
  finish(job, Verdict::Unchanged, "");
  return Settled::Yes;
}

void Run::start_reader(std::size_t index) {
  auto& slot = jobs_[index];
  slot = std::make_unique<Job>();
  Job& job = *slot;
  job.root = index;
  job.kind = JobKind::Reader;
  job.begun_milliseconds = world_.clock.mono_milliseconds();
  job.folder = workspace_.run_folder(root_of(job));
  auto inputs = gather_inputs(root_of(job), input_sources(job), Extent::AccessAlone);
  if (!inputs) return finish_reader(job, std::nullopt, inputs.error().message);
  job.inputs = std::move(*inputs);
  auto digests = digester_.digest(root_of(job));
  if (!digests) return finish_reader(job, std::nullopt, digests.error().message);
  job.digests = std::move(*digests);
  start_first_step(job);
}

Run::Settled Run::settle_missing(Job& job) {
  const runplan::Root& root = root_of(job);
  if (!is_planning(request_.task)) return Settled::No;
  for (const std::string& id : root.reads) {
    const auto broken = broken_reads_.find(id);
    if (broken == broken_reads_.end()) continue;
    add_problem(job, "the outputs of `" + id + "` cannot be read", broken->second);
    finish(job, Verdict::FailedClean, "the outputs of `" + id + "` cannot be read");
    return Settled::Yes;
  }
  if (request_.task == Task::Destroy && root.state.type == "local") {
    const auto state = read_local_state(root, workspace_, world_.files);
    if (state && (!state->is_there ||
                  (state->facts && state->facts->objects == 0 && state->facts->outputs.empty()))) {
      finish(job, Verdict::Unchanged, "nothing to destroy");
      return Settled::Yes;
    }
  }
  if (job.inputs.missing.empty()) return Settled::No;
  if (request_.task == Task::Plan) {
    finish(job, Verdict::Deferred, "known after " + after_what(plan_, root, job.inputs.missing));
    return Settled::Yes;
  }
  const Missing& first = job.inputs.missing.front();
  const std::string reason =
      "it needs output `" + first.output + "` of `" + first.root + "`, which " + first.what;
  add_problem(job, reason, "apply `" + first.root + "` first");
  finish(job, Verdict::FailedClean, reason);
  return Settled::Yes;
}

InputSources Run::input_sources(const Job& job) {
  const runplan::Root& root = root_of(job);
  const runplan::Flight* flight = runplan::find_flight(plan_, root.flight);
  SPACE_CHECK(flight != nullptr, "a root without its flight");
  const std::string folder = job.folder;
  return {*flight,
          [this](const std::string& id) { return book_.find(id); },
          [this](const std::string& id, const std::string& output) {
            return runplan::find_output(plan_, id, output);
          },
          secrets_,
          hmac_key(),
          [this, folder](const std::string& name,
                         const std::string& value) -> base::Result<std::string> {
            const std::string path = base::join_path(folder, "secrets/" + name);
            SPACE_TRY_STATUS(world_.files.make_directories(base::parent_path(path)));
            SPACE_TRY_STATUS(world_.files.write(path, value, base::FileMode::Private));
            return path;
          }};
}

std::string Run::hmac_key() {
  if (key_.empty()) key_ = project_key(workspace_, world_.files);
  return key_;
}

}  // namespace space::flight
