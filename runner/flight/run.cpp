#include "runner/flight/run.h"

#include <algorithm>

#include "core/base/hash.h"
#include "core/base/strings.h"
#include "runner/flight/old_runs.h"
#include "runner/flight/run_state.h"

namespace space::flight {

namespace {

using runplan::RunEvent;
using runplan::Verdict;

constexpr std::int64_t k_tick_milliseconds = 100;
constexpr std::size_t k_kept_runs = 20;

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

bool is_change(Task task) {
  return task == Task::Plan || task == Task::Apply || task == Task::Destroy;
}

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

secrets::Sources secret_sources(const Workspace& workspace, World& world) {
  return {world.environment, workspace.project, &world.files, world.run_command};
}

}  // namespace

Run::Run(const runplan::RunPlan& plan, const RunRequest& request, const Workspace& workspace,
         World& world, status::View& view)
    : plan_(plan),
      request_(request),
      workspace_(workspace),
      world_(world),
      view_(view),
      secrets_(secret_sources(workspace, world), scrubber_),
      digester_(world.files, workspace),
      tracer_(world.files, workspace, scrubber_) {}

Flown fly(const runplan::RunPlan& plan, const RunRequest& request, const Workspace& workspace,
          World& world, status::View& view) {
  return Run(plan, request, workspace, world, view).fly();
}

Flown Run::fly() {
  begun_ = world_.clock.mono_milliseconds();
  for (const std::size_t root : request_.roots) selected_.insert(plan_.roots[root].id);
  if (auto refusal = prepare()) {
    flown_.refusal = std::move(refusal->error);
    flown_.exit_code = refusal->exit_code;
    return std::move(flown_);
  }
  RunEvent event;
  event.kind = RunEvent::Kind::RunStarted;
  event.roots = static_cast<std::int64_t>(request_.roots.size());
  emit(event);
  loop();
  end_never_started();
  for (const auto& [root, outputs] : book_.all()) {
    if (outputs && selected_.count(root) > 0) flown_.outputs.emplace(root, *outputs);
  }
  auto& roots = flown_.result.roots;
  std::sort(roots.begin(), roots.end(),
            [](const auto& a, const auto& b) { return a.finished.root < b.finished.root; });
  event.kind = RunEvent::Kind::RunFinished;
  event.duration_milliseconds = world_.clock.mono_milliseconds() - begun_;
  event.exit_code = static_cast<int>(ending());
  for (const auto& root : roots) {
    event.counts.add += root.finished.counts.add;
    event.counts.change += root.finished.counts.change;
    event.counts.remove += root.finished.counts.remove;
    event.counts.import_ += root.finished.counts.import_;
    if (root.finished.verdict > event.verdict) event.verdict = root.finished.verdict;
  }
  emit(event);
  flown_.result.finished = event;
  flown_.result.finished.operation = operation_of(request_.task);
  flown_.result.finished.target = request_.target;
  flown_.exit_code = event.exit_code;
  return std::move(flown_);
}

std::optional<LockRefusal> Run::prepare() {
  const auto tell = [&](const std::string& text) {
    RunEvent event;
    event.kind = RunEvent::Kind::Waiting;
    event.detail = text;
    emit(event);
    view_.tick(world_.clock.mono_milliseconds() - begun_);
  };
  if (const auto written = write_cli_config(); !written) return LockRefusal{written.error(), 1};
  if (auto refusal =
          locks_.take(flights_to_lock(), workspace_, world_.files, world_.processes, tell))
    return refusal;
  std::vector<schedule::Part> parts;
  for (const std::size_t root : request_.roots) {
    const auto last = read_last(workspace_.last_file(plan_.roots[root]), world_.files);
    parts.push_back({root, last ? last->duration_milliseconds : 0});
    durations_[root] = parts.back().duration;
  }
  const auto direction =
      request_.task == Task::Destroy ? schedule::Direction::Backward : schedule::Direction::Forward;
  auto schedule = schedule::Schedule::make(plan_, parts, direction);
  if (!schedule) return LockRefusal{schedule.error(), 1};
  schedule_ = std::move(*schedule);
  // Plans and streams of old runs hold what was secret then.
  const std::string runs = base::join_path(workspace_.ours(), "runs");
  remove_old_runs(runs, k_kept_runs, world_.files);
  return std::nullopt;
}

base::Status Run::write_cli_config() {
  SPACE_TRY(const std::string cache, tofu::cache_folder(world_.environment));
  const std::string plugins = base::join_path(cache, "plugins");
  const std::string mirror = base::join_path(cache, "providers");
  SPACE_TRY_STATUS(world_.files.make_directories(plugins));
  SPACE_TRY_STATUS(world_.files.make_directories(workspace_.ours()));
  std::vector<std::string> mirrored;
  const auto folders = [&](const std::string& path) {
    std::vector<std::string> names;
    if (const auto entries = world_.files.list(path)) {
      for (const auto& entry : *entries) {
        if (entry.kind == base::FileKind::Directory) names.push_back(entry.name);
      }
    }
    return names;
  };
  for (const std::string& host : folders(mirror)) {
    for (const std::string& space : folders(base::join_path(mirror, host))) {
      for (const std::string& type : folders(base::join_path(mirror, host + "/" + space))) {
        mirrored.push_back(host + "/" + space + "/" + type);
      }
    }
  }
  const std::string text = tofu::cli_config_text(plugins, mirror, mirrored);
  cli_digest_ = base::sha256_hex(text);
  const auto present = world_.files.read(request_.places.cli_config);
  if (present && *present == text) return base::Done{};
  return world_.files.write(request_.places.cli_config, text, base::FileMode::Private);
}

// Those of the target, and those whose states only tofu can read for it.
std::vector<const runplan::Flight*> Run::flights_to_lock() const {
  std::set<std::string> wanted;
  const auto needs_tofu = [](const runplan::Root* root) {
    return root != nullptr &&
           (root->state.type != "local" || !root->state.encryption_variables.empty());
  };
  for (const std::size_t index : request_.roots) {
    const runplan::Root& root = plan_.roots[index];
    if (request_.task != Task::Read || needs_tofu(&root)) wanted.insert(root.flight);
    if (!is_change(request_.task)) continue;
    for (const std::string& id : root.reads) {
      const runplan::Root* read = runplan::find_root(plan_, id);
      if (needs_tofu(read)) wanted.insert(read->flight);
    }
  }
  std::vector<const runplan::Flight*> flights;
  for (const std::string& id : wanted) {
    if (const runplan::Flight* flight = runplan::find_flight(plan_, id)) flights.push_back(flight);
  }
  return flights;
}

// Start all that may start, then take one event.
void Run::loop() {
  for (;;) {
    while (schedule_->running() < request_.parallel) {
      const auto root = schedule_->next();
      if (!root) break;
      begin(*root);
    }
    if (schedule_->is_over()) return;
    const process::Event event = world_.processes.wait(k_tick_milliseconds);
    switch (event.kind) {
      case process::Event::Kind::Exited:
        on_exit(event.job, event.exit);
        break;
      case process::Event::Kind::Interrupt:
        on_interrupt();
        break;
      case process::Event::Kind::Tick:
        for (const auto& [process, job] : by_process_) pump(*job);
        break;
    }
    view_.tick(world_.clock.mono_milliseconds() - begun_);
  }
}

// Called again where the root had to wait for another one to be read.
void Run::begin(std::size_t index) {
  const runplan::Root& root = plan_.roots[index];
  auto& slot = jobs_[index];
  if (!slot) {
    slot = std::make_unique<Job>();
    slot->root = index;
    slot->begun_milliseconds = world_.clock.mono_milliseconds();
    slot->folder = workspace_.run_folder(root);
  }
  Job& job = *slot;
  if (is_interrupted_) return finish(job, Verdict::Skipped, "interrupted");
  const std::string errored = base::join_path(workspace_.root_folder(root), "errored.tfstate");
  if (is_change(request_.task) && world_.files.stat(errored).kind != base::FileKind::Missing) {
    return finish(
        job, Verdict::FailedPartial,
        "an earlier apply left its state in `errored.tfstate`: a person must bring it back");
  }
  if (request_.task == Task::Read && settle_read(job) == Settled::Yes) return;
  if (is_change(request_.task) && settle_upstream(root) == Settled::No)
    return;  // it will be begun again
  auto inputs = gather_inputs(root, input_sources(job),
                              is_change(request_.task) ? Extent::All : Extent::AccessAlone);
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
  job.fingerprint =
      base::sha256_hex("tofu " + plan_.project.tofu + "\ncli " + cli_digest_ + "\nstate " +
                       root.state.type + " " + root.state.address + " " + root.state.path +
                       "\nfiles " + job.digests.all + "\n" + job.inputs.fingerprint);
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
        book_.enter(id, state->facts->outputs);
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
  if (!is_change(request_.task)) return Settled::No;
  for (const std::string& id : root.reads) {
    const auto broken = broken_reads_.find(id);
    if (broken == broken_reads_.end()) continue;
    add_problem(job, "the outputs of `" + id + "` cannot be read", broken->second);
    finish(job, Verdict::FailedClean, "the outputs of `" + id + "` cannot be read");
    return Settled::Yes;
  }
  if (request_.task == Task::Destroy && root.state.type == "local") {
    const auto state = read_local_state(root, workspace_, world_.files);
    if (state && (!state->is_there || (state->facts && state->facts->resources == 0 &&
                                       state->facts->outputs.empty()))) {
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
      "it needs output `" + first.output + "` of `" + first.root + "`, which is not there";
  add_problem(job, reason, "apply `" + first.root + "` first");
  finish(job, Verdict::FailedClean, reason);
  return Settled::Yes;
}

// Section 5 of the design: nothing that went into the last good end has changed, nor has the state
// since.
Run::Settled Run::settle_unchanged(Job& job) {
  const runplan::Root& root = root_of(job);
  const bool may_skip = (request_.task == Task::Plan || request_.task == Task::Apply) &&
                        request_.looking == Looking::SkipUnchanged && root.never_skip.empty() &&
                        root.state.type == "local";
  if (!may_skip) return Settled::No;
  const auto last = read_last(workspace_.last_file(root), world_.files);
  if (!last || last->fingerprint != job.fingerprint ||
      (last->verdict != "applied" && last->verdict != "unchanged"))
    return Settled::No;
  auto state = read_local_state(root, workspace_, world_.files);
  if (!state || !state->is_there || !state->facts || state->sha256 != last->state_sha256)
    return Settled::No;
  auto outputs = tofu::check_outputs(root, state->facts->outputs);
  if (!outputs) return Settled::No;
  enter_outputs(job, std::move(*outputs));
  finish(job, Verdict::Unchanged, "not looked at");
  return Settled::Yes;
}

void Run::on_interrupt() {
  if (!is_interrupted_) {
    is_interrupted_ = true;
    schedule_->stop();
    // One for each, ever: a second would make tofu let go of its lock and end at once.
    for (const auto& [process, job] : by_process_) world_.processes.interrupt(process);
  }
  tell_waiting();
}

void Run::tell_waiting() {
  std::vector<std::string> names;
  for (const auto& [process, job] : by_process_) names.push_back(root_of(*job).id);
  std::sort(names.begin(), names.end());
  RunEvent event;
  event.kind = RunEvent::Kind::Waiting;
  event.detail =
      names.empty() ? "interrupted" : "interrupted once: waiting for " + base::list_names(names);
  emit(event);
}

InputSources Run::input_sources(const Job& job) {
  const runplan::Root& root = root_of(job);
  const runplan::Flight* flight = runplan::find_flight(plan_, root.flight);
  SPACE_CHECK(flight != nullptr, "a root without its flight");
  const std::string folder = job.folder;
  return {*flight,
          [this](const std::string& id) { return book_.find(id); },
          [this](const std::string& id, const std::string& output) {
            const runplan::Root* read = runplan::find_root(plan_, id);
            return read != nullptr && std::any_of(read->outputs.begin(), read->outputs.end(),
                                                  [&](const runplan::Output& o) {
                                                    return o.name == output && o.optional;
                                                  });
          },
          secrets_,
          flight->secrets.empty() ? std::string("none") : hmac_key(),
          [this, folder](const std::string& name,
                         const std::string& value) -> base::Result<std::string> {
            const std::string path = base::join_path(folder, "secrets/" + name);
            SPACE_TRY_STATUS(world_.files.make_directories(base::parent_path(path)));
            SPACE_TRY_STATUS(world_.files.write(path, value, base::FileMode::Private));
            return path;
          }};
}

std::string Run::hmac_key() {
  if (!key_.empty()) return key_;
  if (const auto present = world_.files.read(workspace_.key_file());
      present && present->size() >= 64) {
    key_ = *present;
    return key_;
  }
  key_ = secrets::random_hex(32);
  (void)world_.files.write(workspace_.key_file(), key_,
                           base::FileMode::Private);  // else nothing is known as unchanged
  return key_;
}

}  // namespace space::flight
