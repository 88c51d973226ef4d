#include "runner/flight/in_clear.h"

#include <algorithm>
#include <array>

#include "core/runplan/json_reader.h"
#include "core/runplan/json_writer.h"
#include "runner/flight/old_runs.h"
#include "runner/process/flight_lock.h"

namespace space::flight {

namespace {

using runplan::JsonReader;

constexpr std::array<const char*, 9> k_in_clear{"exec.out",   "inputs.tfvars.json", "look.out",
                                                "output.out", "plan.tfplan",        "pull.out",
                                                "secrets",    "show.out",           "take.out"};
constexpr const char* k_ended = "ended";
constexpr std::size_t k_parts_of_flight = 3, k_parts_of_root = 5;

std::string runs_folder(const Workspace& workspace) {
  return base::join_path(workspace.ours(), "runs");
}

// Folders of roots lie ENV/SPACE/MISSION/STAGE/PROCEDURE below the run's.
class Sweeper {
 public:
  Sweeper(const Workspace& workspace, const Locks& held, base::FileSystem& files)
      : workspace_(workspace), held_(held), files_(files) {}

  // False where somebody still works there.
  bool sweep(const std::string& folder, const std::string& id, std::size_t parts) {
    if (parts == k_parts_of_root) {
      remove_in_clear(folder, files_);
      return true;
    }
    runplan::Flight flight;
    flight.id = id;
    process::FlightLock lock(workspace_.lock_file(flight));
    if (parts == k_parts_of_flight && held_.descriptor_of(id) < 0) {
      const auto state = lock.try_lock(workspace_.run);
      if (!state || *state != process::LockState::Held) return false;
    }
    const auto entries = files_.list(folder);
    if (!entries) return false;
    bool is_clean = true;
    for (const auto& entry : *entries) {
      if (entry.kind != base::FileKind::Directory) continue;
      const std::string below = id.empty() ? entry.name : id + "/" + entry.name;
      is_clean = sweep(base::join_path(folder, entry.name), below, parts + 1) && is_clean;
    }
    return is_clean;
  }

 private:
  const Workspace& workspace_;
  const Locks& held_;
  base::FileSystem& files_;
};

bool is_json(std::string_view text) {
  JsonReader in(text);
  return in.skip() && in.finish();
}

// The members of the object that `in` stands before, but for one; of `inside` likewise.
void copy_without(JsonReader& in, runplan::JsonWriter& out, std::string_view inside,
                  std::string_view left_out) {
  std::string key;
  out.begin_object();
  if (in.begin_object()) {
    while (in.next_member(key)) {
      if (key == left_out && inside.empty()) {
        in.skip();
        continue;
      }
      out.key(key);
      if (key == inside && in.peek() == JsonReader::Kind::Object) {
        copy_without(in, out, "", left_out);
      } else {
        out.raw(in.raw());
      }
    }
  }
  out.end_object();
}

std::string line_at_rest(std::string_view line, const secrets::Scrubber& scrubber) {
  std::string kept(line);
  const bool was_json = is_json(line);
  if (was_json && line.find("\"difference\":") != std::string_view::npos) {
    JsonReader in(line);
    runplan::JsonWriter out;
    if (in.peek() == JsonReader::Kind::Object) {
      copy_without(in, out, "diagnostic", "difference");
      if (in.finish()) kept = out.take();
    }
  }
  std::string scrubbed = scrubber.scrub(kept);
  const bool is_broken = was_json && !is_json(scrubbed);
  if (is_broken) return "{\"@message\":\"(secret)\",\"type\":\"scrubbed\"}";
  return scrubbed;
}

}  // namespace

void remove_in_clear(const std::string& folder, base::FileSystem& files) {
  for (const char* name : k_in_clear) remove_all(base::join_path(folder, name), files);
}

void mark_ended(const Workspace& workspace, base::FileSystem& files) {
  const std::string folder = base::join_path(runs_folder(workspace), workspace.run);
  if (files.stat(folder).kind != base::FileKind::Directory) return;
  (void)files.write(base::join_path(folder, k_ended), "", base::FileMode::Private);
}

void remove_leftovers(const Workspace& workspace, const Locks& held, base::FileSystem& files) {
  const auto runs = files.list(runs_folder(workspace));
  if (!runs) return;
  Sweeper sweeper(workspace, held, files);
  for (const auto& run : *runs) {
    if (run.name == workspace.run || may_live(run.name)) continue;
    const std::string folder = base::join_path(runs_folder(workspace), run.name);
    const std::string mark = base::join_path(folder, k_ended);
    if (files.stat(mark).kind != base::FileKind::Missing) continue;
    if (sweeper.sweep(folder, "", 0)) (void)files.write(mark, "", base::FileMode::Private);
  }
}

std::string at_rest(std::string_view stream, const secrets::Scrubber& scrubber) {
  std::string kept;
  kept.reserve(stream.size());
  while (!stream.empty()) {
    const std::size_t end = std::min(stream.find('\n'), stream.size());
    kept += line_at_rest(stream.substr(0, end), scrubber);
    if (end < stream.size()) kept += '\n';
    stream.remove_prefix(std::min(end + 1, stream.size()));
  }
  return kept;
}

}  // namespace space::flight
