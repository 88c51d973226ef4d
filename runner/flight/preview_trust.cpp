#include "runner/flight/preview_trust.h"

#include <map>

namespace space::flight {

namespace {

using runplan::PreviewRoot;
using runplan::PreviewVerdict;

bool changes_by_itself(const PreviewRoot& root) {
  return root.verdict == PreviewVerdict::Changes && root.causes.empty() && root.drift.empty() &&
         root.deferred.empty();
}

// How each of these ends when it is planned alone; the finished events, by root.
std::map<std::string, status::RootResult> planned_alone(const std::vector<std::size_t>& roots,
                                                        Looking looking,
                                                        const runplan::RunPlan& plan,
                                                        const PreviewRequest& request,
                                                        const Workspace& workspace, World& world) {
  std::map<std::string, status::RootResult> results;
  if (roots.empty()) return results;
  RunRequest alone = request_of(request, Task::Plan);
  alone.roots = roots;
  alone.looking = looking;
  Flown flown = fly_unseen(plan, alone, workspace, world);
  for (status::RootResult& root : flown.result.roots) results[root.finished.root] = std::move(root);
  return results;
}

std::size_t index_of(const runplan::RunPlan& plan, const std::string& id) {
  return static_cast<std::size_t>(runplan::find_root(plan, id) - plan.roots.data());
}

}  // namespace

void hold_to_own_plans(std::vector<PreviewRoot>& roots, const runplan::RunPlan& plan,
                       const PreviewRequest& request, const Workspace& workspace, World& world) {
  std::vector<std::size_t> asked, doubted;
  for (const PreviewRoot& root : roots) {
    if (!changes_by_itself(root)) continue;
    const std::size_t index = index_of(plan, root.root);
    const std::string last = workspace.last_file(plan.roots[index]);
    if (world.files.stat(last).kind == base::FileKind::Regular) asked.push_back(index);
  }
  const auto known = planned_alone(asked, Looking::Never, plan, request, workspace, world);
  for (const std::size_t root : asked) {
    const auto found = known.find(plan.roots[root].id);
    if (found != known.end() && found->second.finished.verdict == runplan::Verdict::Unchanged)
      doubted.push_back(root);
  }
  const auto own = planned_alone(doubted, Looking::Always, plan, request, workspace, world);
  for (PreviewRoot& root : roots) {
    const auto found = own.find(root.root);
    if (found == own.end()) continue;
    const runplan::RunEvent& end = found->second.finished;
    root.changes.clear();
    root.outputs.clear();
    root.verdict = PreviewVerdict::Apart;
    root.counts = end.counts;
    root.diagnostics = found->second.diagnostics;
    root.reason =
        "nothing that goes into it has changed, and planned together it would change: "
        "planned by itself it is `" +
        runplan::name_of(end.verdict) + "`";
  }
}

}  // namespace space::flight
