// CommandRunner: starts programs and says when they end: the seam between the run's logic and real
// processes. In: a Launch (argv, never a shell; the whole environment; files for both outputs,
// never a pipe). Out: one event at a time. Every child has an own session, so that a key at the
// terminal reaches the runner alone. Must not decide anything: what an exit means is judged
// elsewhere. ProcessRunner is the real one; tests bring their own.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace space::process {

// Guarded: by the shim, which outlives us, forwards one interrupt and records how the child ended.
enum class Keeper : std::uint8_t { Direct, Guarded };

struct Launch {
  std::vector<std::string> argv;  // argv[0] is a path
  std::map<std::string, std::string> environment;
  std::string folder;
  std::string output_file;  // made new, mode 0600
  std::string error_file;   // made new, mode 0600
  std::string exit_file;    // Guarded: where the shim records the end
  Keeper keeper = Keeper::Direct;
  int held_lock = -1;  // a descriptor the child keeps open until it and its children end
};

struct Exit {
  bool recorded = false;  // false: nobody saw how it ended
  int code = -1;          // of an exit
  int signal = 0;         // of an end by a signal
  bool is_clean() const { return recorded && signal == 0 && code == 0; }
};

struct Event {
  enum class Kind : std::uint8_t { Exited, Interrupt, Tick };
  Kind kind = Kind::Tick;
  std::size_t job = 0;  // Exited: the number that start() gave
  Exit exit;
};

class CommandRunner {
 public:
  virtual ~CommandRunner() = default;
  virtual base::Result<std::size_t> start(const Launch& launch) = 0;
  virtual Event wait(std::int64_t milliseconds) = 0;  // at the latest after that time, with a Tick
  virtual void interrupt(std::size_t job) = 0;        // one SIGINT, ever: later calls do nothing
};

// By libuv, in this thread. Takes SIGINT, SIGTERM and SIGHUP for as long as it lives; behind it
// they are ignored: what is left to do is to say how the run ended.
std::unique_ptr<CommandRunner> make_process_runner();

}  // namespace space::process
