#include "runner/flight/run.h"

#include <algorithm>

#include "core/base/hash.h"
#include "core/base/strings.h"
#include "runner/flight/destruction.h"
#include "runner/flight/in_clear.h"
#include "runner/flight/lock_file.h"
#include "runner/flight/old_runs.h"
#include "runner/flight/run_state.h"

namespace space::flight {

namespace {

using runplan::RunEvent;

constexpr std::size_t k_kept_runs = 20;
constexpr int k_lock_file = 14;

secrets::Sources secret_sources(const Workspace& workspace, World& world) {
  return {world.environment, workspace.project, &world.files, world.run_command};
}

schedule::Direction direction_of(Task task) {
  if (task == Task::Destroy) return schedule::Direction::Backward;
  const bool only_looks = task == Task::Drift || task == Task::States;
  return only_looks ? schedule::Direction::AllAtOnce : schedule::Direction::Forward;
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
      digester_(plan, world.files, workspace),
      tracer_(world.files, workspace, scrubber_),
      locks_(request.locks == nullptr ? own_locks_ : *request.locks) {}

Flown fly(const runplan::RunPlan& plan, const RunRequest& request, const Workspace& workspace,
          World& world, status::View& view) {
  return Run(plan, request, workspace, world, view).fly();
}

RunRequest request_of(const Scope& scope, Task task) {
  RunRequest request;
  static_cast<Scope&>(request) = scope;
  request.task = task;
  return request;
}

Flown fly_unseen(const runplan::RunPlan& plan, const RunRequest& request,
                 const Workspace& workspace, World& world) {
  const auto view = status::make_plain_view({}, [](std::string_view) {});
  return fly(plan, request, workspace, world, *view);
}

Flown read_states(const runplan::RunPlan& plan, const Scope& scope,
                  const std::vector<std::size_t>& more, const Workspace& workspace, World& world) {
  RunRequest request = request_of(scope, Task::States);
  request.roots.insert(request.roots.end(), more.begin(), more.end());
  std::sort(request.roots.begin(), request.roots.end());
  return fly_unseen(plan, request, workspace, world);
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
  event.tofu_sha256 = request_.tofu_sha256;
  emit(event);
  loop();
  end_never_started();
  end_logbook();
  mark_ended(workspace_, world_.files);
  for (const auto& [root, outputs] : book_.all()) {
    if (outputs && selected_.count(root) > 0) flown_.outputs.emplace(root, *outputs);
  }
  auto& roots = flown_.result.roots;
  std::sort(roots.begin(), roots.end(),
            [](const auto& a, const auto& b) { return a.finished.root < b.finished.root; });
  event.kind = RunEvent::Kind::RunFinished;
  event.duration_milliseconds = world_.clock.mono_milliseconds() - begun_;
  event.exit_code = static_cast<int>(ending());
  event.next = next_commands();
  for (const auto& root : roots) {
    runplan::add(event.counts, root.finished.counts);
    if (root.finished.verdict > event.verdict) event.verdict = root.finished.verdict;
  }
  flown_.result.finished = emit(event);
  flown_.exit_code = event.exit_code;
  return std::move(flown_);
}

std::optional<Refusal> Run::prepare() {
  const auto tell_at_once = [&](const std::string& text) {
    tell(text);
    view_.tick(world_.clock.mono_milliseconds() - begun_);
  };
  if (request_.task != Task::Read) {
    if (auto unlocked = find_unlocked(plan_, request_.roots, workspace_, world_.files))
      return Refusal{std::move(*unlocked), k_lock_file};
  }
  if (const auto written = prepare_plugins(); !written) return Refusal{written.error(), 1};
  if (auto refusal =
          locks_.take(flights_to_lock(), workspace_, world_.files, world_.processes, tell_at_once))
    return refusal;
  if (auto refused = refuse_flown_readers(request_.readers, plan_, workspace_, world_.files))
    return Refusal{std::move(*refused), static_cast<int>(Ending::StillRead)};
  if (auto refusal = check_room_for_all()) return refusal;
  if (auto refusal = refuse_other_than_reviewed()) return refusal;
  if (auto refusal = prepare_logbook()) return refusal;
  for (const auto& [root, outputs] : request_.recorded) {
    if (outputs) {
      keep_outputs(root, *outputs);
    } else {
      book_.enter_never_applied(root);
    }
  }
  std::vector<schedule::Part> parts;
  for (const std::size_t root : request_.roots) {
    const auto last = read_last(workspace_.last_file(plan_.roots[root]), world_.files);
    parts.push_back({root, last ? last->duration_milliseconds : 0});
    durations_[root] = parts.back().duration;
  }
  auto schedule = schedule::Schedule::make(plan_, parts, direction_of(request_.task));
  if (!schedule) return Refusal{schedule.error(), 1};
  schedule_ = std::move(*schedule);
  remove_leftovers(workspace_, locks_, world_.files);
  const std::string runs = base::join_path(workspace_.ours(), "runs");
  remove_old_runs(runs, k_kept_runs, world_.files);
  remove_left_joint_roots(runs, world_.files);
  return std::nullopt;
}

std::uint64_t Run::state_bytes(const runplan::Root& root) const {
  if (root.state.type == "local") return world_.files.stat(workspace_.state_file(root)).size;
  const auto last = read_last(workspace_.last_file(root), world_.files);
  return last && last->state_bytes > 0 ? static_cast<std::uint64_t>(last->state_bytes) : 0;
}

std::optional<Refusal> Run::check_room_for_all() const {
  if (request_.task != Task::Apply && request_.task != Task::Destroy) return std::nullopt;
  std::vector<std::uint64_t> states;
  for (const std::size_t root : request_.roots) states.push_back(state_bytes(plan_.roots[root]));
  const auto room =
      check_room({workspace_.ours(), workspace_.out}, needed_room(states), world_.free_bytes);
  if (room) return std::nullopt;
  return Refusal{room.error(), 1};
}

base::Status Run::prepare_plugins() {
  SPACE_TRY(store_, tofu::plugin_store(world_.environment, world_.files));
  std::vector<std::string> folders = {store_.folder(), workspace_.ours()};
  if (store_.own_mirror.empty()) folders.push_back(store_.mirror());
  for (const std::string& folder : folders) {
    const auto made = world_.files.make_directories(folder);
    if (!made)
      return base::Error{"cannot make `" + folder + "`: " + made.error().message,
                         made.error().help};
  }
  remove_old_fetches(store_.fetches(), world_.clock.wall_milliseconds(), world_.files);
  mirrored_ = tofu::providers_in(store_.mirror(), world_.files);
  const std::string text = tofu::cli_config_text(store_.folder(), store_.mirror());
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
    if (!is_planning(request_.task)) continue;
    for (const std::string& id : root.reads) {
      const runplan::Root* read = runplan::find_root(plan_, id);
      if (needs_tofu(read)) wanted.insert(read->flight);
    }
  }
  for (const SeenReader& reader : request_.readers) wanted.insert(plan_.roots[reader.root].flight);
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
        break;
    }
    watch();
    view_.tick(world_.clock.mono_milliseconds() - begun_);
  }
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
  names.reserve(by_process_.size());
  for (const auto& [process, job] : by_process_) names.push_back(root_of(*job).id);
  std::sort(names.begin(), names.end());
  tell(names.empty() ? "interrupted" : "interrupted once: waiting for " + base::list_names(names));
}

}  // namespace space::flight
