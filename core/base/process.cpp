#include "core/base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "core/base/strings.h"

extern char** environ;

namespace space::base {

namespace {

std::string words_of(int number) { return std::generic_category().message(number); }

class Descriptor {
 public:
  Descriptor() = default;
  ~Descriptor() { reset(-1); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }
  void reset(int number) {
    if (number_ >= 0) ::close(number_);
    number_ = number;
  }

 private:
  int number_ = -1;
};

struct Pipe {
  Descriptor read_end, write_end;

  int open() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return errno;
    read_end.reset(ends[0]);
    write_end.reset(ends[1]);
    // Where our own standard streams are closed, a pipe may get 0 to 2, which the child's set-up
    // would overwrite.
    for (Descriptor* end : {&read_end, &write_end}) {
      if (end->get() > 2) continue;
      const int higher = ::fcntl(end->get(), F_DUPFD_CLOEXEC, 3);
      if (higher < 0) return errno;
      end->reset(higher);
    }
    return 0;
  }
};

// A write into a pipe that the child has closed must be EPIPE and not our end. Blocks SIGPIPE for
// this thread alone.
class NoSigpipe {
 public:
  NoSigpipe() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~NoSigpipe() {
    const timespec now{0, 0};
    if (!was_pending_) {
      while (sigtimedwait(&pipe_, nullptr, &now) >= 0) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoSigpipe(const NoSigpipe&) = delete;
  NoSigpipe& operator=(const NoSigpipe&) = delete;

 private:
  sigset_t pipe_{}, before_{};
  bool was_pending_ = false;
};

int spawn(const Command& command, const std::string& program, Pipe& in, Pipe& out, Pipe& err,
          pid_t& child) {
  std::vector<std::string> variables;
  variables.reserve(command.environment.size());
  for (const auto& [name, value] : command.environment) variables.push_back(name + "=" + value);
  std::vector<char*> argv, envp;
  argv.reserve(command.argv.size() + 1);
  envp.reserve(variables.size() + 1);
  for (const std::string& word : command.argv) argv.push_back(const_cast<char*>(word.c_str()));
  for (std::string& variable : variables) envp.push_back(variable.data());
  argv.push_back(nullptr);
  envp.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, in.read_end.get(), 0);
  posix_spawn_file_actions_adddup2(&actions, out.write_end.get(), 1);
  posix_spawn_file_actions_adddup2(&actions, err.write_end.get(), 2);
  if (!command.folder.empty()) {
    posix_spawn_file_actions_addchdir_np(&actions, command.folder.c_str());
  }
  // What we block or ignore is ours; the child starts as from a shell.
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  const int failure =
      ::posix_spawn(&child, program.c_str(), &actions, &attributes, argv.data(), envp.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return failure;
}

// Takes what is there; false at the end of the stream. Bounded, so that an endless writer cannot
// keep us from looking at the time; the bound is above what a pipe holds.
bool drain(int descriptor, std::string& into) {
  std::array<char, 65536> buffer;
  for (int turn = 0; turn < 64; ++turn) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count > 0) {
      into.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (count == 0) {
      return false;
    } else if (errno != EINTR) {
      return errno == EAGAIN;
    }
  }
  return true;
}

// Gives what fits; false when all is given or nobody reads any more.
bool feed(int descriptor, std::string_view& rest) {
  while (!rest.empty()) {
    const ssize_t count = ::write(descriptor, rest.data(), rest.size());
    if (count >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      return errno == EAGAIN;
    }
  }
  return false;
}

enum class Ending { Ended, TimedOut };

// Serves the three pipes until both outputs end, the child does, or the time is over.
Ending serve(const Command& command, pid_t child, Descriptor& in, Descriptor& out, Descriptor& err,
             CommandResult& result) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + std::chrono::milliseconds(command.timeout_milliseconds);
  // The child's end is watched as well: something it left in the background may hold its pipes open
  // for ever.
  Descriptor child_end;
  child_end.reset(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  for (Descriptor* end : {&in, &out, &err}) ::fcntl(end->get(), F_SETFL, O_NONBLOCK);
  std::string_view rest = command.standard_input;
  if (!feed(in.get(), rest)) in.reset(-1);
  bool ended = false;
  while (!ended && (out.get() >= 0 || err.get() >= 0)) {
    int wait = -1;
    if (command.timeout_milliseconds > 0) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
      if (left <= 0) return Ending::TimedOut;
      wait = static_cast<int>(std::min<std::int64_t>(left + 1, 60'000));
    }
    // poll skips the rows whose descriptor is -1.
    std::array<pollfd, 4> rows{pollfd{in.get(), POLLOUT, 0}, pollfd{out.get(), POLLIN, 0},
                               pollfd{err.get(), POLLIN, 0}, pollfd{child_end.get(), POLLIN, 0}};
    if (::poll(rows.data(), rows.size(), wait) < 0) continue;  // EINTR
    ended =
        rows[3].revents != 0;  // looked at before reading: what it wrote is in the pipes by then
    if (rows[0].revents != 0 && !feed(in.get(), rest)) in.reset(-1);
    if ((rows[1].revents != 0 || ended) && out.get() >= 0 &&
        !drain(out.get(), result.standard_output)) {
      out.reset(-1);
    }
    if ((rows[2].revents != 0 || ended) && err.get() >= 0 &&
        !drain(err.get(), result.standard_error)) {
      err.reset(-1);
    }
  }
  // Outputs closed, child still going: the time counts on.
  while (!ended && command.timeout_milliseconds > 0 && child_end.get() >= 0) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return Ending::TimedOut;
    pollfd row{child_end.get(), POLLIN, 0};
    ended = ::poll(&row, 1, static_cast<int>(std::min<std::int64_t>(left + 1, 60'000))) > 0;
  }
  return Ending::Ended;
}

int reap(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Result<CommandResult> run_command(const Command& command) {
  if (command.argv.empty() || command.argv[0].empty()) return Error{"the command is empty", ""};
  const std::string& name = command.argv[0];
  std::string program = name;
  if (name.find('/') == std::string::npos) {
    const auto path = command.environment.find("PATH");
    if (path == command.environment.end()) {
      return Error{"cannot look for `" + name + "`: its environment has no PATH",
                   "give PATH, or a path with a slash"};
    }
    const auto found = find_in_path(name, path->second);
    if (!found) {
      return Error{"there is no program `" + name + "` in PATH", "install it, or give its path"};
    }
    program = *found;
  }
  struct ::stat info {};
  if (!command.folder.empty() &&
      (::stat(command.folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode))) {
    return Error{"cannot run `" + name + "` in `" + command.folder + "`: it is no directory", ""};
  }
  Pipe in, out, err;
  for (Pipe* pipe : {&in, &out, &err}) {
    if (const int failure = pipe->open(); failure != 0) {
      return Error{"cannot run `" + name + "`: " + words_of(failure), ""};
    }
  }
  pid_t child = -1;
  const NoSigpipe guard;
  if (const int failure = spawn(command, program, in, out, err, child); failure != 0) {
    return Error{"cannot run `" + name + "`: " + words_of(failure), ""};
  }
  in.read_end.reset(-1);
  out.write_end.reset(-1);
  err.write_end.reset(-1);
  CommandResult result;
  if (serve(command, child, in.write_end, out.read_end, err.read_end, result) == Ending::TimedOut) {
    ::kill(child, SIGKILL);  // not reaped yet, so the number is still its own
    reap(child);
    return Error{"`" + name + "` did not end within " +
                     std::to_string(command.timeout_milliseconds) + " ms and was killed",
                 ""};
  }
  result.exit_code = reap(child);
  return result;
}

std::map<std::string, std::string> process_environment() {
  std::map<std::string, std::string> variables;
  for (char** row = environ; row != nullptr && *row != nullptr; ++row) {
    const std::string_view text = *row;
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return variables;
}

std::optional<std::string> find_in_path(std::string_view name, std::string_view path) {
  if (name.empty() || name.find('/') != std::string_view::npos) return std::nullopt;
  for (const std::string_view folder : split(path, ':')) {
    // An empty or relative entry means the current folder: a program planted there must not be run.
    if (folder.empty() || folder.front() != '/') continue;
    std::string candidate = std::string(folder) + "/" + std::string(name);
    struct ::stat info {};
    if (::stat(candidate.c_str(), &info) == 0 && S_ISREG(info.st_mode) &&
        ::access(candidate.c_str(), X_OK) == 0) {
      return candidate;
    }
  }
  return std::nullopt;
}

}  // namespace space::base
