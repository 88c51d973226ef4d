#include "compiler/cli/progress.h"

#include <chrono>
#include <utility>

namespace space::cli {

Progress::Progress(World& world, std::string what) : world_(world), what_(std::move(what)) {
  if (world_.err.is_terminal()) thread_ = std::thread([this] { run(); });
}

Progress::~Progress() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

void Progress::run() {
  bool shown = false;
  std::unique_lock lock(mutex_);
  for (int seconds = 1; !ended_.wait_for(lock, std::chrono::seconds(1), [this] { return done_; });
       ++seconds) {
    world_.err.write("\r" + what_ + " … " + std::to_string(seconds) + " s");
    shown = true;
  }
  if (shown) world_.err.write("\r\x1b[K");
}

}  // namespace space::cli
