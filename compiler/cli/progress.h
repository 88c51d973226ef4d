// Progress: says on standard error that work goes on, when it is a terminal and the work takes
// longer than a second. The line is taken away when the Progress ends, so what is printed after
// stands where it would have.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "compiler/cli/world.h"

namespace space::cli {

class Progress {
 public:
  Progress(World& world, std::string what);  // "checking"
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  void run();

  World& world_;
  std::string what_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool done_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace space::cli
