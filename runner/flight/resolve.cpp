#include "runner/flight/resolve.h"

#include <algorithm>
#include <set>

#include "runner/flight/evidence.h"
#include "runner/flight/logbook.h"

namespace space::flight {

namespace {

using Waits = journal::RootStanding::Waits;

class Resolver {
 public:
  Resolver(const runplan::RunPlan& plan, const Resolution& resolution, const Workspace& workspace,
           World& world)
      : plan_(plan),
        resolution_(resolution),
        workspace_(workspace),
        world_(world),
        logbook_(workspace, world.files, world.clock, {}) {}

  Resolved run(const std::vector<std::size_t>& roots) {
    std::vector<const runplan::Flight*> flights;
    std::set<std::string> ids;
    for (const std::size_t root : roots) {
      meant_.insert(plan_.roots[root].id);
      if (ids.insert(plan_.roots[root].flight).second)
        flights.push_back(runplan::find_flight(plan_, plan_.roots[root].flight));
    }
    resolved_.refusal =
        locks_.take(flights, workspace_, world_.files, world_.processes, [](const std::string&) {});
    if (resolved_.refusal) return std::move(resolved_);
    if (const auto opened = open(ids); !opened) {
      resolved_.refusal = Refusal{opened.error(), 1};
      return std::move(resolved_);
    }
    for (const std::string& id : ids) {
      for (const Waiting& one : waiting_in(id, *logbook_.standing(id), workspace_, world_.files)) {
        if (is_meant(one.root)) resolve_one(id, one);
        if (resolved_.refusal) return std::move(resolved_);
      }
    }
    return std::move(resolved_);
  }

 private:
  // What the target names, and what no run plan names any more.
  bool is_meant(const std::string& root) const {
    return meant_.count(root) > 0 || runplan::find_root(plan_, root) == nullptr;
  }

  base::Status open(const std::set<std::string>& flights) {
    std::set<std::string> anew;
    for (const std::string& flight : flights) {
      const std::string path = workspace_.journal_file(flight);
      if (journal::look_at_journal(path)) continue;
      if (world_.files.stat(path).kind != base::FileKind::Regular) continue;  // open() says why
      SPACE_TRY_STATUS(journal::set_aside(path, workspace_.run));
      anew.insert(flight);
      resolved_.set_aside.push_back(path + ".damaged-" + workspace_.run);
    }
    SPACE_TRY_STATUS(logbook_.open(flights));
    for (const std::string& flight : anew) SPACE_TRY_STATUS(note(flight, "", workspace_.run));
    return logbook_.adopt();
  }

  void resolve_one(const std::string& flight, const Waiting& one) {
    if (look_for_errored_state(one.root, workspace_, world_.files) == tofu::ErroredState::Present) {
      resolved_.refusal = Refusal{
          {"`" + errored_state(one.root, workspace_) +
               "` holds a state that could be saved nowhere else",
           "bring it back to where the state lies (`tofu state push` in that folder), move the "
           "file away, then resolve again; a copy is `" +
               workspace_.errored_copy(one.root, one.run) + "`"},
          13};
      return;
    }
    if (const auto noted = note(flight, one.root, one.run); !noted) {
      resolved_.refusal = Refusal{noted.error(), 1};
      return;
    }
    if (logbook_.standing(flight)->waiting(Waits::Person).empty())
      logbook_.release_run(flight, one.run);
    resolved_.opened.push_back(one);
  }

  base::Status note(const std::string& flight, const std::string& root, const std::string& run) {
    journal::Record record;
    record.root = root;
    record.run = run;
    record.reason = resolution_.reason;
    record.person = resolution_.person;
    return logbook_.note_resolved(flight, record);
  }

  const runplan::RunPlan& plan_;
  const Resolution& resolution_;
  const Workspace& workspace_;
  World& world_;
  Logbook logbook_;
  Locks locks_;
  std::set<std::string> meant_;
  Resolved resolved_;
};

}  // namespace

Resolved resolve(const runplan::RunPlan& plan, const std::vector<std::size_t>& roots,
                 const Resolution& resolution, const Workspace& workspace, World& world) {
  return Resolver(plan, resolution, workspace, world).run(roots);
}

}  // namespace space::flight
