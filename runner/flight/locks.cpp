#include "runner/flight/locks.h"

#include "core/base/clock.h"

namespace space::flight {

namespace {

constexpr std::int64_t k_look_again_milliseconds = 20;

std::string since(const process::Holder& holder) {
  return holder.since_milliseconds > 0 ? ", since " + base::rfc3339(holder.since_milliseconds) : "";
}

}  // namespace

std::optional<Refusal> Locks::take(const std::vector<const runplan::Flight*>& flights,
                                   const Workspace& workspace, base::FileSystem& files,
                                   process::CommandRunner& processes,
                                   const std::function<void(const std::string&)>& on_wait) {
  for (const runplan::Flight* flight : flights) {
    const std::string path = workspace.lock_file(*flight);
    if (const auto made = files.make_directories(base::parent_path(path)); !made) {
      return Refusal{{"cannot make `" + base::parent_path(path) + "`: " + made.error().message,
                      made.error().help},
                     14};
    }
    process::FlightLock& lock = locks_.try_emplace(flight->id, path).first->second;
    bool has_told = false;
    for (;;) {
      const auto state = lock.try_lock(workspace.run);
      if (!state) return Refusal{state.error(), 14};
      if (*state == process::LockState::Held) break;
      const process::Holder& holder = lock.holder();
      if (*state == process::LockState::Busy) {
        const std::string pid = std::to_string(holder.pid);
        return Refusal{{"`" + flight->id + "` is being flown by process " + pid + " (run " +
                            holder.run + since(holder) + ")",
                        "wait until it has ended"},
                       75};
      }
      if (!has_told) {
        on_wait("waiting for tofu processes of an earlier run of `" + flight->id +
                "`, whose runner is gone" +
                (holder.run.empty() ? "" : " (run " + holder.run + ")"));
        has_told = true;
      }
      if (processes.wait(k_look_again_milliseconds).kind == process::Event::Kind::Interrupt) {
        return Refusal{{"interrupted while waiting for an earlier run of `" + flight->id + "`", ""},
                       130};
      }
    }
  }
  return std::nullopt;
}

int Locks::descriptor_of(const std::string& flight) const {
  const auto found = locks_.find(flight);
  return found == locks_.end() ? -1 : found->second.descriptor();
}

}  // namespace space::flight
