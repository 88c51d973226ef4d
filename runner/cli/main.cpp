// space: makes the real world and calls one subcommand. The shim comes before everything: it must
// cost nothing.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <thread>

#include "core/base/process.h"
#include "runner/cli/options.h"
#include "runner/cli/session.h"
#include "runner/process/shim.h"

namespace space::runner {

namespace {

struct Dispatch {
  const Setting& setting;
  int operator()(const FlyOptions& options) const { return fly(options, setting); }
  int operator()(const PreviewOptions& options) const { return preview(options, setting); }
  int operator()(const DriftOptions& options) const { return drift(options, setting); }
  int operator()(const OutputOptions& options) const { return output(options, setting); }
  int operator()(const StatusOptions& options) const { return status(options, setting); }
  int operator()(const ResolveOptions& options) const { return resolve(options, setting); }
  int operator()(const ExecOptions& options) const { return exec(options, setting); }
  int operator()(const LockOptions& options) const { return lock(options, setting); }
  int operator()(const TofuOptions& options) const { return tofu_command(options, setting); }
  int operator()(const SandboxOptions& options) const { return sandbox_command(options, setting); }
};

// A descriptor under 3 that is closed would be taken by the next file, and written to by mistake.
void open_standard_streams() {
  for (int number = 0; number <= 2; ++number) {
    if (::fcntl(number, F_GETFD) < 0)
      (void)::open("/dev/null", O_RDWR);  // takes the lowest free one
  }
}

int run(int argc, char** argv) {
  const auto parsed = parse_arguments(argc, argv);
  if (const int* code = std::get_if<int>(&parsed)) return *code;
  std::error_code problem;
  const std::string folder = std::filesystem::current_path(problem).string();
  if (problem) {
    print_error({"the working folder is gone", ""});
    return k_failed;
  }
  base::DiskFileSystem files;
  const base::SystemClock clock;
  const Setting setting{files, clock, base::process_environment(), folder,
                        std::thread::hardware_concurrency()};
  return std::visit(Dispatch{setting}, std::get<Options>(parsed));
}

}  // namespace

}  // namespace space::runner

int main(int argc, char** argv) {
  if (argc > 1 && std::strcmp(argv[1], space::process::k_shim_word) == 0)
    return space::process::run_shim(argc, argv);
  space::runner::open_standard_streams();
  ::umask(077);                   // states, plans and streams are nobody else's
  std::signal(SIGPIPE, SIG_IGN);  // a reader of ours that goes away must not end a run
  try {
    return space::runner::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "internal error: %s\n  = help: this is a bug of space; please report it\n",
                 error.what());
    return 70;
  }
}
