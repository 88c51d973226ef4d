#include "runner/tofu/install_steps.h"

#include <filesystem>
#include <optional>
#include <utility>

#include "core/base/strings.h"

namespace space::tofu {

namespace {

// Also how often a download's size is looked at.
constexpr std::int64_t k_tick_milliseconds = 200;
constexpr std::size_t k_last_words = 2000;

class Clearing {
 public:
  Clearing(std::string what, InstallTools& tools)
      : what_(std::move(what)), tools_(tools), begin_(tools.clock.mono_milliseconds()) {}

  void clear(const std::filesystem::path& path) {
    std::error_code problem;
    const auto status = std::filesystem::symlink_status(path, problem);
    if (std::filesystem::is_directory(status)) {
      // Ours are not writable, so that nobody changes a program by mistake.
      using std::filesystem::perms;
      std::filesystem::permissions(path, perms::owner_all, std::filesystem::perm_options::add,
                                   problem);
      for (std::filesystem::directory_iterator it(path, problem), end;
           !problem && it != end && !is_interrupted_; it.increment(problem)) {
        clear(it->path());
      }
    }
    if (is_interrupted_) return;
    std::filesystem::remove(path, problem);
    tell();
  }

 private:
  void tell() {
    const std::int64_t passed = tools_.clock.mono_milliseconds() - begin_;
    if (passed < told_ + k_tick_milliseconds) return;
    told_ = passed;
    tools_.on_progress(what_, passed / 1000);
    if (tools_.processes.wait(0).kind == process::Event::Kind::Interrupt)
      is_interrupted_ = tools_.was_interrupted = true;
  }

  std::string what_;
  InstallTools& tools_;
  std::int64_t begin_;
  std::int64_t told_ = 0;
  bool is_interrupted_ = false;
};

std::string last_words(const std::string& text) {
  const std::string_view all = base::trim(text);
  if (all.empty()) return "it said nothing";
  return std::string(all.substr(all.size() > k_last_words ? all.size() - k_last_words : 0));
}

}  // namespace

base::Error interruption() {
  return {"interrupted", "nothing is half done: the same command again goes on"};
}

bool is_interrupted(InstallTools& tools) {
  if (tools.processes.wait(0).kind == process::Event::Kind::Interrupt) tools.was_interrupted = true;
  return tools.was_interrupted;
}

base::Result<StepEnd> InstallSteps::run(const InstallStep& step) {
  if (tools_.was_interrupted) return interruption();
  const std::int64_t begin = tools_.clock.mono_milliseconds();
  tools_.on_progress(step.what, 0);
  process::Launch launch;
  launch.argv = step.argv;
  launch.environment = step.environment;
  launch.folder = step.folder;
  const std::string name = base::join_path(folder_, "step-" + std::to_string(++count_));
  launch.output_file = name + ".out";
  launch.error_file = name + ".err";
  SPACE_TRY(const std::size_t job, tools_.processes.start(launch));
  std::optional<base::Error> problem;
  const auto stop = [&](base::Error error) {
    if (!problem) problem = std::move(error);
    tools_.processes.interrupt(job);
  };
  for (;;) {
    const process::Event event = tools_.processes.wait(k_tick_milliseconds);
    if (event.kind == process::Event::Kind::Exited && event.job == job) {
      if (problem) return *problem;
      StepEnd end{event.exit, "", ""};
      if (const auto text = tools_.files.read(launch.output_file)) end.output = *text;
      if (const auto text = tools_.files.read(launch.error_file)) end.error = *text;
      return end;
    }
    if (event.kind == process::Event::Kind::Interrupt) {
      tools_.was_interrupted = true;
      stop(interruption());
    }
    if (step.watch && !problem) {
      if (const auto watched = step.watch(); !watched) stop(watched.error());
    }
    tools_.on_progress(step.what, (tools_.clock.mono_milliseconds() - begin) / 1000);
  }
}

base::Status InstallSteps::must(const InstallStep& step) {
  SPACE_TRY(const StepEnd end, run(step));
  if (end.exit.is_clean()) return base::Done{};
  return base::Error{step.what + " failed: " + last_words(end.error), ""};
}

void clear_folder(const std::string& folder, const std::string& what, InstallTools& tools) {
  Clearing(what, tools).clear(folder);
}

}  // namespace space::tofu
