// FlightLock: one runner a flight, by flock on a file. The descriptor is handed to every child of
// the flight, so the lock stays held while any of them lives, even where the runner was killed. The
// file says who took it; that text is for people and for telling a living runner from the children
// of a dead one, the lock itself is the kernel's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace space::process {

struct Holder {
  std::int64_t pid = 0;
  std::string started;  // the kernel's start time of that process: a reused pid is another process
  std::string run;
  std::int64_t since_milliseconds = 0;  // wall time
};

// Who took the lock of that file, where that process lives still. For who only looks.
std::optional<Holder> living_holder(const std::string& path);

enum class LockState : std::uint8_t {
  Held,      // it is ours
  Busy,      // another runner, which lives, flies this
  Orphaned,  // its runner is gone and children of it still work: wait for them
};

class FlightLock {
 public:
  explicit FlightLock(std::string path) : path_(std::move(path)) {}
  ~FlightLock() { release(); }
  FlightLock(FlightLock&& other) noexcept;
  FlightLock& operator=(FlightLock&&) = delete;
  FlightLock(const FlightLock&) = delete;
  FlightLock& operator=(const FlightLock&) = delete;

  // Tries once. The file's folder must be there. An Error where the file cannot be used at all.
  base::Result<LockState> try_lock(const std::string& run);
  void release();
  int descriptor() const { return file_; }
  const Holder& holder() const { return holder_; }  // after Busy or Orphaned
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  int file_ = -1;
  bool is_held_ = false;
  Holder holder_;
};

}  // namespace space::process
