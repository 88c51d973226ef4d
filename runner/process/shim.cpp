#include "runner/process/shim.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "core/base/failpoint.h"

extern char** environ;

namespace space::process {

namespace {

bool write_all(int file, const char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t written = ::write(file, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes += written;
    count -= static_cast<std::size_t>(written);
  }
  return true;
}

int make_new(const char* path) {
  return ::open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
}

void sync_folder(const std::string& path) {
  const std::string folder = path.substr(0, path.find_last_of('/') + 1);
  const int file =
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

// A reader sees a whole record or none.
bool write_record(const std::string& path, const char* text) {
  const std::string unfinished = path + ".new";
  const int file = base::failpoint("record.open", path) ? -1 : make_new(unfinished.c_str());
  if (file < 0) return false;
  const bool good = !base::failpoint("record.write", path) &&
                    write_all(file, text, std::strlen(text)) &&
                    !base::failpoint("record.sync", path) && ::fsync(file) == 0;
  ::close(file);
  if (!good || base::failpoint("record.rename", path) ||
      ::rename(unfinished.c_str(), path.c_str()) != 0)
    return false;
  base::killpoint("record.renamed", path);
  sync_folder(path);
  return true;
}

long long wall_milliseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return static_cast<long long>(now.tv_sec) * 1000 + now.tv_nsec / 1000000;
}

[[noreturn]] void become(char** argv, const sigset_t& mask) {
  struct sigaction normal {};
  normal.sa_handler = SIG_DFL;
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGPIPE})
    ::sigaction(number, &normal, nullptr);
  ::sigprocmask(SIG_SETMASK, &mask, nullptr);
  if (!base::failpoint("shim.exec")) ::execve(argv[0], argv, environ);
  const std::string text =
      std::string("cannot start `") + argv[0] + "`: " + std::strerror(errno) + "\n";
  write_all(2, text.data(), text.size());
  ::_exit(127);
}

// Until the child ends. Signals are blocked and taken one by one, so none falls between two steps.
int wait_for(pid_t child, const sigset_t& taken) {
  bool was_forwarded = false;
  for (;;) {
    int status = 0;
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child) return status;
    if (ended < 0 && errno != EINTR) return -1;
    const int number = ::sigwaitinfo(&taken, nullptr);
    if ((number == SIGINT || number == SIGTERM) && !was_forwarded) {
      was_forwarded = true;
      ::kill(child, SIGINT);
    }
  }
}

}  // namespace

std::vector<std::string> shim_arguments(const Launch& launch) {
  std::vector<std::string> argv{
      "space", k_shim_word, launch.exit_file, launch.output_file, launch.error_file, "--"};
  argv.insert(argv.end(), launch.argv.begin(), launch.argv.end());
  return argv;
}

int run_shim(int argc, char** argv) {
  if (argc < 7 || std::strcmp(argv[5], "--") != 0) {
    std::fputs("space: `_shim` is how `space` calls itself; it is not for people\n", stderr);
    return 2;
  }
  base::killpoint("shim.begin");
  ::umask(077);
  ::setsid();  // fails where we lead a session already
  sigset_t taken{}, before{};
  ::sigemptyset(&taken);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) ::sigaddset(&taken, number);
  ::sigprocmask(SIG_BLOCK, &taken, &before);

  const int input = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int output = base::failpoint("shim.output") ? -1 : make_new(argv[3]);
  const int error = base::failpoint("shim.error") ? -1 : make_new(argv[4]);
  if (input < 0 || output < 0 || error < 0) return k_shim_cannot_start;
  sync_folder(argv[3]);  // that there is none will mean, whatever happens, that nothing was begun
  const pid_t child = base::failpoint("shim.fork") ? -1 : ::fork();
  if (child < 0) return k_shim_cannot_start;
  if (child == 0) {
    ::dup2(input, 0);
    ::dup2(output, 1);
    ::dup2(error, 2);
    become(argv + 6, before);
  }
  base::killpoint("shim.forked");
  // For people who look at what still runs; never read back for a decision.
  if (const int file = make_new((std::string(argv[2]) + ".pid").c_str()); file >= 0) {
    const std::string pid = std::to_string(child) + "\n";
    write_all(file, pid.data(), pid.size());
    ::close(file);
  }
  const int status = wait_for(child, taken);
  base::killpoint("shim.ended");
  char text[128];
  if (status >= 0 && WIFSIGNALED(status)) {
    std::snprintf(text, sizeof text, "{\"signal\":%d,\"ended_ms\":%lld}\n", WTERMSIG(status),
                  wall_milliseconds());
  } else if (status >= 0) {
    std::snprintf(text, sizeof text, "{\"exit_code\":%d,\"ended_ms\":%lld}\n", WEXITSTATUS(status),
                  wall_milliseconds());
  } else {
    return k_shim_cannot_record;
  }
  return write_record(argv[2], text) ? 0 : k_shim_cannot_record;
}

}  // namespace space::process
