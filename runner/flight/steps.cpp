// How a root's steps begin: what each tofu command is given, and what must lie there before.
#include "core/base/failpoint.h"
#include "core/base/hash.h"
#include "runner/flight/lock_file.h"
#include "runner/flight/review.h"
#include "runner/flight/run_state.h"
#include "runner/flight/tail.h"

namespace space::flight {

namespace {

using runplan::RunEvent;
using runplan::Verdict;

tofu::Purpose purpose_of(Task task) {
  if (task == Task::Drift) return tofu::Purpose::Refresh;
  return task == Task::Destroy ? tofu::Purpose::Destroy : tofu::Purpose::Change;
}

}  // namespace

// The provider set that somebody must fetch before this root can be initialised; "" where nobody
// must.
std::string Run::needed_fetch(const Job& job) const {
  const runplan::Root& root = root_of(job);
  const auto lock =
      world_.files.read(base::join_path(workspace_.root_folder(root), k_dependency_lock));
  const std::string set =
      tofu::provider_set(root, mirrored_, job.digests.has_lock_file && lock ? *lock : "");
  const bool is_there =
      set.empty() || world_.files.stat(store_.mark(set)).kind == base::FileKind::Regular;
  return is_there ? "" : set;
}

void Run::start_first_step(Job& job) {
  const runplan::Root& root = root_of(job);
  for (const std::string& folder : {job.folder, workspace_.data_folder(root)}) {
    if (const auto made = world_.files.make_directories(folder); !made) {
      return fail_to_start(
          job, {"cannot make `" + folder + "`: " + made.error().message, made.error().help});
    }
  }
  if (const std::string state = workspace_.state_file(root); !state.empty())
    (void)world_.files.make_directories(base::parent_path(state));
  if (!job.digests.has_lock_file) bring_lock(root, workspace_, world_.files);
  job.init_stamp = base::sha256_hex("tofu " + plan_.project.tofu + "\ncli " + cli_digest_ + "\n" +
                                    job.digests.init + "\n");
  const auto stamp = world_.files.read(workspace_.init_stamp(root));
  if (stamp && *stamp == job.init_stamp) return start_initialised(job);
  if (request_.looking == Looking::Never)
    return finish(job, Verdict::Deferred, "it would have to be initialised");
  // The first root with these providers fetches them alone; the others wait for it.
  if (const std::string set = needed_fetch(job); !set.empty()) {
    const auto [waiting, is_first] = fetching_.try_emplace(set);
    if (!is_first) {
      waiting->second.push_back(job.root);
      emit(event_of(job, RunEvent::Kind::RootReady));
      return;
    }
    job.fetches = set;
    return start_step(job, Step::Fetch);
  }
  start_step(job, Step::Init);
}

void Run::start_initialised(Job& job) {
  if (job.is_adopted) return read_outputs_then_finish(job);
  if (job.kind == JobKind::Reader || request_.task == Task::Read)
    return start_step(job, Step::Output);
  if (request_.task == Task::Execute) return start_step(job, Step::Execute);
  if (request_.task == Task::States) return start_step(job, Step::Take);
  const bool must_plan =
      !job.why.empty() || request_.task == Task::Destroy || request_.task == Task::Drift;
  start_step(job, must_plan ? Step::Plan : Step::Look);
}

void Run::fail_to_start(Job& job, const base::Error& error) {
  if (job.kind == JobKind::Reader) return finish_reader(job, std::nullopt, error.message);
  add_problem(job, error.message, error.help);
  finish(job, Verdict::FailedClean, error.message);
}

process::Launch Run::launch_of(const Job& job, Step step) const {
  const runplan::Root& root = root_of(job);
  const auto in = [&job](const char* name) { return base::join_path(job.folder, name); };
  process::Launch launch;
  launch.folder = workspace_.root_folder(root);
  launch.environment =
      tofu::base_environment(world_.environment, request_.places, workspace_.data_folder(root));
  for (const auto& [name, value] : job.inputs.at_every_command) launch.environment[name] = value;
  launch.held_lock = locks_.descriptor_of(root.flight);
  const std::string name = name_of(step);
  launch.output_file = in((name + ".out").c_str());
  launch.error_file = in((name + ".err").c_str());
  const auto lock_file =
      job.digests.has_lock_file ? tofu::LockFile::Present : tofu::LockFile::Absent;
  switch (step) {
    case Step::Fetch: {
      const std::string folder =
          store_.fetch_folder(workspace_.run + "-" + std::to_string(job.root));
      launch.argv = tofu::fetch_command(request_.places, lock_file);
      launch.environment["TF_DATA_DIR"] = base::join_path(folder, "data");
      launch.environment["TF_CLI_CONFIG_FILE"] = base::join_path(folder, "tofu.rc");
      break;
    }
    case Step::Init:
      launch.argv = tofu::init_command(request_.places, lock_file);
      break;
    case Step::Plan: {
      launch.argv =
          tofu::plan_command(request_.places, purpose_of(request_.task), in("inputs.tfvars.json"),
                             in("plan.tfplan"), in("plan.jsonl"));
      break;
    }
    case Step::Apply:
      launch.argv = tofu::apply_command(request_.places, in("plan.tfplan"));
      for (const auto& [variable, value] : job.inputs.at_apply)
        launch.environment[variable] = value;
      launch.keeper = process::Keeper::Guarded;
      launch.exit_file = in("exit.json");
      break;
    case Step::Show:
      launch.argv = tofu::show_command(request_.places, in("plan.tfplan"));
      break;
    case Step::Look:
    case Step::Check:
    case Step::Pull:
    case Step::Take:
      launch.argv = tofu::pull_command(request_.places);
      break;
    case Step::Output:
      launch.argv = tofu::output_command(request_.places);
      break;
    case Step::Execute:
      launch.argv = {request_.places.program};
      launch.argv.insert(launch.argv.end(), request_.arguments.begin(), request_.arguments.end());
      break;
  }
  return launch;
}

void Run::start_step(Job& job, Step step) {
  if (step == Step::Plan && request_.looking == Looking::Never)
    return finish(job, Verdict::Deferred, "it would have to be planned");
  job.step = step;
  job.stream = tofu::StreamReader();
  job.stream_offset = 0;
  job.step_milliseconds = job.news_milliseconds = world_.clock.mono_milliseconds();
  job.news = 0;
  job.is_out_of_time = false;
  if (is_interrupted_)
    return job.kind == JobKind::Reader
               ? finish_reader(job, std::nullopt, "interrupted")
               : finish(job, Verdict::FailedClean,
                        "interrupted before `" + std::string(name_of(step)) + "`");
  if (step == Step::Fetch) {
    const std::string folder = store_.fetch_folder(workspace_.run + "-" + std::to_string(job.root));
    const std::string plugins = base::join_path(folder, "plugins");
    auto made = world_.files.make_directories(plugins);
    if (made) {
      made = world_.files.write(base::join_path(folder, "tofu.rc"),
                                tofu::fetch_config_text(plugins, store_.mirror(), mirrored_),
                                base::FileMode::Private);
    }
    if (!made)
      return fail_to_start(
          job, {"cannot make `" + folder + "`: " + made.error().message, made.error().help});
  }
  if (step == Step::Plan) {
    const std::string path = base::join_path(job.folder, "inputs.tfvars.json");
    if (job.reviewed != nullptr) job.given = given_outputs(root_of(job), job.inputs.variables_json);
    const auto written =
        world_.files.write(path, job.inputs.variables_json, base::FileMode::Private);
    job.inputs.variables_json.clear();
    if (!written)
      return fail_to_start(
          job, {"cannot write `" + path + "`: " + written.error().message, written.error().help});
  }
  if (step == Step::Apply) {
    const auto room = check_room({workspace_.ours(), workspace_.out},
                                 needed_room({state_bytes(root_of(job))}), world_.free_bytes);
    if (!room) return fail_to_start(job, room.error());
    LastEnd intent;
    intent.verdict = "applying";
    intent.run = workspace_.run;
    intent.duration_milliseconds = durations_[job.root];
    const auto written = write_last(workspace_.last_file(root_of(job)), intent, world_.files);
    if (!written)
      return fail_to_start(job, {"cannot note that the apply begins: " + written.error().message,
                                 written.error().help});
  }
  const base::Status noted = step == Step::Apply
                                 ? note_apply(job)
                                 : note_step(job, journal::Kind::StepBegun, journal::Sync::Later);
  if (!noted) return fail_to_start(job, noted.error());
  base::killpoint("step.begin", name_of(step));
  const process::Launch launch = launch_of(job, step);
  job.stream_file =
      step == Step::Plan ? base::join_path(job.folder, "plan.jsonl") : launch.output_file;
  job.error_file = launch.error_file;
  auto process = world_.processes.start(launch);
  if (!process) return fail_to_start(job, process.error());
  job.process = *process;
  by_process_[*process] = &job;
  if (job.kind == JobKind::Reader) return;
  RunEvent event = event_of(job, RunEvent::Kind::RootStarted);
  event.detail = name_of(step);
  emit(event);
}

// Reads what the stream has gained.
void Run::pump(Job& job) {
  const bool has_stream = job.step != Step::Output && job.step != Step::Execute &&
                          job.step != Step::Look && job.step != Step::Pull &&
                          job.step != Step::Take && job.step != Step::Show &&
                          job.step != Step::Check;
  if (!has_stream) return;
  const std::string bytes = read_tail(job.stream_file, job.stream_offset);
  job.stream_offset += bytes.size();
  job.stream.feed(bytes, [&](const tofu::Progress& progress) {
    if (job.kind == JobKind::Reader || progress.address.empty()) return;
    RunEvent event = event_of(job, RunEvent::Kind::RootProgress);
    event.detail = scrubber_.scrub(progress.address + " " + progress.what);
    emit(event);
  });
}

}  // namespace space::flight
