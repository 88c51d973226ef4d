#include "runner/flight/drift.h"

#include <algorithm>
#include <set>
#include <utility>

#include "runner/flight/joint_parts.h"
#include "runner/plans/leaves.h"
#include "runner/status/text.h"

namespace space::flight {

namespace {

using plans::Action;
using runplan::DriftRoot;
using runplan::DriftVerdict;
using runplan::PreviewAction;
using runplan::PreviewValue;
using Scrub = std::function<std::string(std::string_view)>;

DriftRoot root_named(const runplan::Root& root) {
  DriftRoot out;
  static_cast<runplan::RootName&>(out) = runplan::name_of(root);
  return out;
}

// A refresh knows no other changes.
PreviewAction action_of(Action action) {
  if (action == Action::Delete) return PreviewAction::Delete;
  return action == Action::Create ? PreviewAction::Create : PreviewAction::Update;
}

PreviewValue scrubbed(PreviewValue value, const Scrub& scrub) {
  value.json = scrub(value.json);
  return value;
}

class Looker {
 public:
  Looker(const runplan::RunPlan& plan, const Scope& scope, const Workspace& workspace, World& world)
      : plan_(plan), scope_(scope), workspace_(workspace), world_(world) {
    scope_.locks = &locks_;
    for (const std::size_t root : scope.roots) asked_.insert(plan.roots[root].id);
  }

  Drifted run() {
    const std::int64_t begun = world_.clock.mono_milliseconds();
    out_.report.target = scope_.target;
    out_.report.wall_milliseconds = world_.clock.wall_milliseconds();
    Flown read = read_states(plan_, scope_, roots_read_from_outside(plan_, scope_.roots),
                             workspace_, world_);
    take_end(read);
    if (out_.refusal) return std::move(out_);
    RunRequest looks = request_of(scope_, Task::Drift);
    looks.roots.clear();
    take_states(read, looks);
    if (!looks.roots.empty() && !is_interrupted()) {
      Flown looked = fly_unseen(plan_, looks, workspace_, world_);
      take_end(looked);
      if (out_.refusal) return std::move(out_);
      for (auto& [id, root] : looked.drift) found_[id] = std::move(root);
      take_failures(looked);
    }
    collect();
    out_.report.duration_milliseconds = world_.clock.mono_milliseconds() - begun;
    return std::move(out_);
  }

 private:
  void take_end(const Flown& flown) {
    out_.refusal = flown.refusal;
    out_.exit_code = std::max(out_.exit_code, flown.exit_code);
  }

  bool is_interrupted() const { return out_.exit_code == static_cast<int>(Ending::Interrupted); }

  // Who has a state is looked at; what all of them gave is what the others take in.
  void take_states(Flown& read, RunRequest& looks) {
    take_failures(read);
    for (auto& [id, text] : read.states) {
      auto facts = tofu::parse_state(text);
      text.clear();
      const runplan::Root* root = runplan::find_root(plan_, id);
      if (!facts || !*facts) {
        fail(*root, facts ? "its state is not of version 4" : facts.error().message, {});
        continue;
      }
      if ((*facts)->lineage.empty()) {
        looks.recorded[id] = std::nullopt;
        if (asked_.count(id) == 0) continue;
        found_[id] = root_named(*root);
        found_[id].verdict = DriftVerdict::NeverApplied;
        continue;
      }
      looks.recorded[id] = std::move((*facts)->outputs);
      if (asked_.count(id) > 0)
        looks.roots.push_back(static_cast<std::size_t>(root - plan_.roots.data()));
    }
    std::sort(looks.roots.begin(), looks.roots.end());
  }

  void take_failures(const Flown& flown) {
    for (const status::RootResult& result : flown.result.roots) {
      const bool failed = status::is_failure(result.finished.verdict) ||
                          result.finished.verdict == runplan::Verdict::Skipped;
      if (!failed) continue;
      if (const runplan::Root* root = runplan::find_root(plan_, result.finished.root))
        fail(*root, result.finished.reason, result.diagnostics);
    }
  }

  void fail(const runplan::Root& root, const std::string& reason,
            const std::vector<runplan::RunDiagnostic>& diagnostics) {
    if (asked_.count(root.id) == 0) return;  // those that read it say so
    DriftRoot& out = found_[root.id] = root_named(root);
    out.verdict = DriftVerdict::Failed;
    out.reason = reason;
    out.diagnostics = diagnostics;
  }

  // What could not be looked at comes before what has drifted: there may be more.
  void collect() {
    bool has_failed = false, has_drifted = false;
    for (const std::size_t index : scope_.roots) {
      const runplan::Root& root = plan_.roots[index];
      const auto found = found_.find(root.id);
      if (found == found_.end()) fail(root, "it was not looked at", {});
      DriftRoot& one = found_[root.id];
      has_failed = has_failed || one.verdict == DriftVerdict::Failed;
      has_drifted = has_drifted || one.verdict == DriftVerdict::Drifted;
      out_.report.roots.push_back(std::move(one));
    }
    if (!has_failed && !is_interrupted()) {
      out_.exit_code = static_cast<int>(has_drifted ? Ending::Drift : Ending::Good);
    } else if (out_.exit_code == 0) {
      out_.exit_code = static_cast<int>(Ending::FailedClean);
    }
    out_.report.exit_code = out_.exit_code;
  }

  const runplan::RunPlan& plan_;
  Scope scope_;
  const Workspace& workspace_;
  World& world_;
  Locks locks_;  // from the first state that is read to the last look: nobody flies in between
  std::set<std::string> asked_;
  std::map<std::string, DriftRoot> found_;
  Drifted out_;
};

}  // namespace

DriftRoot drift_of(const runplan::Root& root, const plans::PlanDocument& document,
                   const Scrub& scrub) {
  DriftRoot out = root_named(root);
  for (const plans::Change& change : document.drift) {
    if (change.action == Action::NoOp) continue;
    runplan::PreviewChange object;
    object.address = scrub(change.address);
    object.deposed = change.deposed;
    object.action = action_of(change.action);
    object.leaves = plans::differences(change);
    for (runplan::PreviewLeaf& leaf : object.leaves) {
      leaf.path = scrub(leaf.path);
      leaf.before = scrubbed(std::move(leaf.before), scrub);
      leaf.after = scrubbed(std::move(leaf.after), scrub);
    }
    out.objects.push_back(std::move(object));
  }
  for (const auto& [name, change] : document.outputs) {
    if (change.action == Action::NoOp) continue;
    out.outputs.push_back({name, action_of(change.action),
                           scrubbed(plans::whole_before(change.values), scrub),
                           scrubbed(plans::whole_after(change.values), scrub)});
  }
  if (!out.objects.empty() || !out.outputs.empty()) out.verdict = DriftVerdict::Drifted;
  return out;
}

Drifted look_for_drift(const runplan::RunPlan& plan, const Scope& scope, const Workspace& workspace,
                       World& world) {
  return Looker(plan, scope, workspace, world).run();
}

}  // namespace space::flight
