#include "runner/flight/destruction.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/strings.h"
#include "runner/schedule/schedule.h"

namespace space::flight {

namespace {

constexpr std::size_t k_most_named = 3;

std::set<std::string> ids_of(const runplan::RunPlan& plan, const std::vector<std::size_t>& roots) {
  std::set<std::string> ids;
  for (const std::size_t root : roots) ids.insert(plan.roots[root].id);
  return ids;
}

std::string last_of(const runplan::Root& root, const Workspace& workspace,
                    const base::FileSystem& files) {
  auto text = files.read(workspace.last_file(root));
  return text ? std::move(*text) : "";
}

class Look {
 public:
  Look(const runplan::RunPlan& plan, const Scope& scope, Showing showing,
       const Workspace& workspace, World& world)
      : plan_(plan), scope_(scope), showing_(showing), workspace_(workspace), world_(world) {}

  Destruction run() {
    const std::vector<std::size_t> readers = readers_outside(plan_, scope_.roots);
    for (const std::size_t reader : readers) {
      out_.readers.push_back({reader, last_of(plan_.roots[reader], workspace_, world_.files)});
    }
    if (!read_states(readers)) return std::move(out_);
    refuse_readers(readers);
    if (!out_.refusal && showing_ == Showing::Yes) tell_doomed();
    return std::move(out_);
  }

 private:
  bool read_states(const std::vector<std::size_t>& readers) {
    Scope read = scope_;
    if (showing_ == Showing::No) read.roots.clear();
    if (read.roots.empty() && readers.empty()) return true;
    Flown flown = flight::read_states(plan_, read, readers, workspace_, world_);
    if (flown.refusal) {
      refuse(*flown.refusal, flown.exit_code);
      return false;
    }
    if (flown.exit_code == static_cast<int>(Ending::Interrupted)) {
      refuse({"interrupted: nothing was changed", ""}, flown.exit_code);
      return false;
    }
    for (const auto& [root, text] : flown.states) {
      const auto facts = tofu::parse_state(text);
      if (!facts || !*facts) continue;
      seen_[root] = {static_cast<std::size_t>((*facts)->objects),
                     {(*facts)->lineage, (*facts)->serial}};
    }
    return true;
  }

  std::optional<SeenState> seen(const runplan::Root& root) const {
    const auto found = seen_.find(root.id);
    return found == seen_.end() ? std::nullopt : std::optional(found->second);
  }

  void refuse(base::Error error, int exit_code) {
    out_.refusal = std::move(error);
    out_.exit_code = exit_code;
  }

  void refuse_readers(const std::vector<std::size_t>& readers) {
    const std::set<std::string> target = ids_of(plan_, scope_.roots);
    std::vector<std::string> told;
    std::set<std::string> flights;
    for (const std::size_t index : readers) {
      const runplan::Root& reader = plan_.roots[index];
      const std::optional<SeenState> state = seen(reader);
      if (state && state->objects == 0) continue;
      const auto read = std::find_if(reader.reads.begin(), reader.reads.end(),
                                     [&](const std::string& id) { return target.count(id) > 0; });
      told.push_back(
          "`" + reader.id + "` reads `" + *read + "` and " +
          (state ? "has " + base::counted(state->objects, "object") : "its state cannot be read"));
      flights.insert(reader.flight);
    }
    if (told.empty()) return;
    std::string text;
    const std::size_t named = std::min(told.size(), k_most_named);
    for (std::size_t i = 0; i < named; ++i) text += (i > 0 ? "; " : "") + told[i];
    if (told.size() > named) text += "; and " + std::to_string(told.size() - named) + " more";
    const std::vector<std::string> names(flights.begin(), flights.end());
    refuse({"what `" + scope_.target + "` gives is read still: " + text,
            "destroy " + base::list_names(names) + " first, or a target that holds both"},
           static_cast<int>(Ending::StillRead));
  }

  void tell_doomed() {
    std::map<std::string, std::vector<std::string>> readers;  // of each, in the target
    std::vector<schedule::Part> parts;
    for (const std::size_t root : scope_.roots) {
      parts.push_back({root, 0});
      for (const std::string& id : plan_.roots[root].reads)
        readers[id].push_back(plan_.roots[root].id);
    }
    auto order = schedule::Schedule::make(plan_, parts, schedule::Direction::Backward);
    if (!order) return refuse(order.error(), 1);
    while (const auto next = order->next()) {
      const runplan::Root& root = plan_.roots[*next];
      out_.doomed.push_back({root.id, seen(root), readers[root.id]});
      order->finished(*next, schedule::Outcome::Good);
    }
  }

  const runplan::RunPlan& plan_;
  const Scope& scope_;
  Showing showing_;
  const Workspace& workspace_;
  World& world_;
  std::map<std::string, SeenState> seen_;  // by root; none where a state cannot be read
  Destruction out_;
};

}  // namespace

std::vector<std::size_t> readers_outside(const runplan::RunPlan& plan,
                                         const std::vector<std::size_t>& roots) {
  const std::set<std::string> target = ids_of(plan, roots);
  std::vector<std::size_t> readers;
  for (std::size_t i = 0; i < plan.roots.size(); ++i) {
    const runplan::Root& root = plan.roots[i];
    const bool reads =
        std::any_of(root.reads.begin(), root.reads.end(),
                    [&target](const std::string& id) { return target.count(id) > 0; });
    if (reads && target.count(root.id) == 0) readers.push_back(i);
  }
  return readers;
}

std::optional<base::Error> refuse_flown_readers(const std::vector<SeenReader>& readers,
                                                const runplan::RunPlan& plan,
                                                const Workspace& workspace,
                                                const base::FileSystem& files) {
  for (const SeenReader& reader : readers) {
    const runplan::Root& root = plan.roots[reader.root];
    if (last_of(root, workspace, files) == reader.last) continue;
    return base::Error{
        "`" + root.id + "`, which reads what is to be destroyed, was flown meanwhile",
        "try again: it is looked at anew"};
  }
  return std::nullopt;
}

Destruction look_at_destruction(const runplan::RunPlan& plan, const Scope& scope, Showing showing,
                                const Workspace& workspace, World& world) {
  return Look(plan, scope, showing, workspace, world).run();
}

}  // namespace space::flight
