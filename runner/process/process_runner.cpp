#include <fcntl.h>
#include <unistd.h>
#include <uv.h>

#include <array>
#include <csignal>
#include <cstring>
#include <deque>
#include <unordered_map>
#include <utility>

#include "core/base/check.h"
#include "core/base/failpoint.h"
#include "runner/process/command_runner.h"
#include "runner/process/exit_file.h"
#include "runner/process/shim.h"

namespace space::process {

namespace {

class File {
 public:
  explicit File(int number) : number_(number) {}
  ~File() {
    if (number_ >= 0) ::close(number_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

int make_new(const std::string& path) {
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW,
                0600);
}

class ProcessRunner final : public CommandRunner {
 public:
  ProcessRunner() {
    SPACE_CHECK(uv_loop_init(&loop_) == 0, "no event loop");
    for (std::size_t i = 0; i < k_signals.size(); ++i) {
      uv_signal_init(&loop_, &signals_[i]);
      signals_[i].data = this;
      uv_signal_start(&signals_[i], &ProcessRunner::on_signal, k_signals[i]);
      uv_unref(handle(&signals_[i]));
    }
    uv_timer_init(&loop_, &timer_);
    timer_.data = this;
  }

  // Closing gives the signals back their defaults. One more Ctrl-C while we leave would then kill
  // us, and hide how the run ended; from here on they mean nothing.
  ~ProcessRunner() override {
    sigset_t taken, before;
    ::sigemptyset(&taken);
    for (const int number : k_signals) ::sigaddset(&taken, number);
    ::pthread_sigmask(SIG_BLOCK, &taken, &before);
    for (uv_signal_t& signal : signals_) uv_close(handle(&signal), nullptr);
    for (const int number : k_signals) std::signal(number, SIG_IGN);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    uv_close(handle(&timer_), nullptr);
    for (auto& [job, child] : children_) {
      if (uv_is_closing(handle(&child->process)) == 0) uv_close(handle(&child->process), nullptr);
    }
    uv_run(&loop_, UV_RUN_NOWAIT);
    uv_run(&loop_, UV_RUN_NOWAIT);
    uv_loop_close(&loop_);
  }
  ProcessRunner(const ProcessRunner&) = delete;
  ProcessRunner& operator=(const ProcessRunner&) = delete;

  base::Result<std::size_t> start(const Launch& launch) override {
    if (base::failpoint("spawn.start", launch.output_file))
      return base::Error{"cannot start `" + launch.argv[0] + "`: " + std::strerror(errno), ""};
    auto child = std::make_unique<Child>();
    child->owner = this;
    child->job = next_job_;
    std::vector<std::string> argv = launch.argv;
    if (launch.keeper == Keeper::Guarded) {
      child->exit_file = launch.exit_file;
      argv = shim_arguments(launch);
    }
    const bool guarded = launch.keeper == Keeper::Guarded;
    // The shim makes its own files: it must have them before it starts anything, whatever happens
    // to us.
    const File output(guarded || base::failpoint("spawn.output", launch.output_file)
                          ? -1
                          : make_new(launch.output_file));
    const File error(guarded || base::failpoint("spawn.error", launch.error_file)
                         ? -1
                         : make_new(launch.error_file));
    if (!guarded && (output.get() < 0 || error.get() < 0)) {
      return base::Error{"cannot make `" + launch.output_file + "`: " + std::strerror(errno), ""};
    }
    if (const int problem = spawn(*child, launch, argv, output.get(), error.get()); problem != 0) {
      const std::string reason = uv_strerror(problem);
      discard(std::move(child));
      return base::Error{"cannot start `" + launch.argv[0] + "`: " + reason, ""};
    }
    children_.emplace(child->job, std::move(child));
    return next_job_++;
  }

  Event wait(std::int64_t milliseconds) override {
    timed_out_ = false;
    // Repeating: one that is due before the loop begins to wait (it counts from its own, older
    // time) is fired then, and the wait that follows would have no end.
    const auto patience = static_cast<std::uint64_t>(milliseconds > 0 ? milliseconds : 0);
    uv_timer_start(&timer_, &ProcessRunner::on_timer, patience, patience > 0 ? patience : 1);
    while (events_.empty() && !timed_out_) uv_run(&loop_, UV_RUN_ONCE);
    uv_timer_stop(&timer_);
    if (events_.empty()) return {};
    Event event = events_.front();
    events_.pop_front();
    return event;
  }

  void interrupt(std::size_t job) override {
    const auto found = children_.find(job);
    if (found == children_.end() || found->second->was_interrupted) return;
    found->second->was_interrupted = true;
    uv_process_kill(&found->second->process, SIGINT);
  }

 private:
  struct Child {
    uv_process_t process{};
    ProcessRunner* owner = nullptr;
    std::size_t job = 0;
    std::string exit_file;
    bool was_interrupted = false;
  };
  static constexpr std::array<int, 3> k_signals{SIGINT, SIGTERM, SIGHUP};

  template <class Handle>
  static uv_handle_t* handle(Handle* any) {
    return reinterpret_cast<uv_handle_t*>(any);
  }

  int spawn(Child& child, const Launch& launch, std::vector<std::string>& argv, int output,
            int error) {
    std::vector<std::string> variables;
    for (const auto& [name, value] : launch.environment) variables.push_back(name + "=" + value);
    const bool guarded = launch.keeper == Keeper::Guarded;
    const std::string failpoints = guarded ? base::failpoint_variable() : "";
    if (!failpoints.empty()) variables.push_back(failpoints);
    std::vector<char*> argv_pointers, environment_pointers;
    for (std::string& word : argv) argv_pointers.push_back(word.data());
    for (std::string& variable : variables) environment_pointers.push_back(variable.data());
    argv_pointers.push_back(nullptr);
    environment_pointers.push_back(nullptr);

    uv_stdio_container_t streams[4] = {};
    const auto hand = [&streams](int slot, int number) {
      streams[slot].flags = number >= 0 ? UV_INHERIT_FD : UV_IGNORE;
      streams[slot].data.fd = number;
    };
    hand(0, -1);
    hand(1, output);
    hand(2, error);
    hand(k_lock_descriptor, launch.held_lock);
    // The shim is this very program, even where its file has been replaced since.
    uv_process_options_t options{};
    options.exit_cb = &ProcessRunner::on_exit;
    options.file = guarded ? "/proc/self/exe" : argv_pointers[0];
    options.args = argv_pointers.data();
    options.env = environment_pointers.data();
    options.cwd = launch.folder.empty() ? nullptr : launch.folder.c_str();
    options.flags = UV_PROCESS_DETACHED;
    options.stdio = streams;
    options.stdio_count = launch.held_lock >= 0 ? 4 : 3;
    child.process.data = &child;
    const int problem = uv_spawn(&loop_, &child.process, &options);
    base::killpoint("spawn.started", launch.output_file);
    return problem;
  }

  // uv_spawn has touched the handle even where it failed: it is freed by the loop.
  void discard(std::unique_ptr<Child> child) {
    Child* gone = child.release();
    uv_close(handle(&gone->process),
             [](uv_handle_t* closed) { delete static_cast<Child*>(closed->data); });
  }

  static void on_exit(uv_process_t* process, std::int64_t status, int signal) {
    auto* child = static_cast<Child*>(process->data);
    ProcessRunner* owner = child->owner;
    Event event;
    event.kind = Event::Kind::Exited;
    event.job = child->job;
    event.exit = owner->exit_of(*child, static_cast<int>(status), signal);
    owner->events_.push_back(event);
    const auto found = owner->children_.find(child->job);
    auto self = std::move(found->second);
    owner->children_.erase(found);
    owner->discard(std::move(self));
  }

  static Exit exit_of(const Child& child, int status, int signal) {
    if (child.exit_file.empty()) return {true, status, signal};
    base::killpoint("exit.read", child.exit_file);
    const Exit recorded = read_exit_file(child.exit_file);
    const bool never_started = !recorded.recorded && signal == 0 && status == k_shim_cannot_start;
    return never_started ? Exit{true, status, 0} : recorded;
  }

  static void on_signal(uv_signal_t* signal, int) {
    Event event;
    event.kind = Event::Kind::Interrupt;
    static_cast<ProcessRunner*>(signal->data)->events_.push_back(event);
  }

  static void on_timer(uv_timer_t* timer) {
    static_cast<ProcessRunner*>(timer->data)->timed_out_ = true;
  }

  uv_loop_t loop_{};
  std::array<uv_signal_t, k_signals.size()> signals_{};
  uv_timer_t timer_{};
  bool timed_out_ = false;
  std::deque<Event> events_;
  std::unordered_map<std::size_t, std::unique_ptr<Child>> children_;
  std::size_t next_job_ = 0;
};

}  // namespace

std::unique_ptr<CommandRunner> make_process_runner() { return std::make_unique<ProcessRunner>(); }

}  // namespace space::process
