#include "runner/process/flight_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "core/base/clock.h"
#include "core/base/failpoint.h"
#include "core/runplan/json_reader.h"
#include "core/runplan/json_writer.h"

namespace space::process {

namespace {

// Field 22 of /proc/PID/stat, "" where there is no such process. The second field may hold
// anything.
std::string start_of(std::int64_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::size_t end_of_name = text.rfind(')');
  if (end_of_name == std::string::npos) return "";
  std::istringstream rest(text.substr(end_of_name + 1));
  std::string field;
  for (int i = 3; i <= 22; ++i) {
    if (!(rest >> field)) return "";
    if (i == 3 && field == "Z") return "";  // it has ended and nobody has taken note
  }
  return field;
}

Holder parse_holder(const std::string& text) {
  Holder holder;
  runplan::JsonReader in(text);
  std::string key;
  if (!in.begin_object()) return {};
  while (in.next_member(key)) {
    if (key == "pid") {
      in.read(holder.pid);
    } else if (key == "started") {
      in.read(holder.started);
    } else if (key == "run") {
      in.read(holder.run);
    } else if (key == "since_ms") {
      in.read(holder.since_milliseconds);
    } else {
      in.skip();
    }
  }
  return in.finish() ? holder : Holder{};
}

Holder read_holder(int file) {
  char text[1024];
  const ssize_t count = ::pread(file, text, sizeof text, 0);
  return count > 0 ? parse_holder(std::string(text, static_cast<std::size_t>(count))) : Holder{};
}

void write_holder(int file, const std::string& run) {
  runplan::JsonWriter out;
  out.begin_object();
  out.member("pid", static_cast<std::int64_t>(::getpid()));
  out.member("started", start_of(::getpid()));
  out.member("run", run);
  out.member("since_ms", base::SystemClock().wall_milliseconds());
  out.end_object();
  const std::string text = out.take() + "\n";
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, text.data(), text.size(), 0) < 0)
    return;  // for people alone
}

bool lives(const Holder& holder) {
  return holder.pid > 0 && !holder.started.empty() && start_of(holder.pid) == holder.started;
}

}  // namespace

std::optional<Holder> living_holder(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return std::nullopt;
  Holder holder = read_holder(file);
  ::close(file);
  if (!lives(holder)) return std::nullopt;
  return holder;
}

FlightLock::FlightLock(FlightLock&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      is_held_(std::exchange(other.is_held_, false)),
      holder_(std::move(other.holder_)) {}

void FlightLock::release() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
  is_held_ = false;
}

base::Result<LockState> FlightLock::try_lock(const std::string& run) {
  if (is_held_) return LockState::Held;
  if (file_ < 0 && !base::failpoint("lock.open", path_))
    file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file_ < 0) {
    return base::Error{"cannot open the lock `" + path_ + "`: " + std::strerror(errno), ""};
  }
  if (!base::failpoint("lock.take", path_) && ::flock(file_, LOCK_EX | LOCK_NB) == 0) {
    is_held_ = true;
    base::killpoint("lock.taken", path_);
    write_holder(file_, run);
    return LockState::Held;
  }
  if (errno != EWOULDBLOCK && errno != EINTR) {
    return base::Error{"cannot lock `" + path_ + "`: " + std::strerror(errno),
                       "the file system must know flock"};
  }
  holder_ = read_holder(file_);
  return lives(holder_) ? LockState::Busy : LockState::Orphaned;
}

}  // namespace space::process
