#include "runner/status/critical_path.h"

#include <algorithm>
#include <unordered_map>

namespace space::status {

std::vector<Leg> critical_path(const RunResult& result) {
  std::unordered_map<std::string_view, const runplan::RunEvent*> ends;
  const runplan::RunEvent* at = nullptr;
  for (const RootResult& root : result.roots) {
    const runplan::RunEvent& end = root.finished;
    if (end.verdict == runplan::Verdict::Skipped) continue;
    ends.emplace(end.root, &end);
    if (at == nullptr || end.elapsed_milliseconds > at->elapsed_milliseconds) at = &end;
  }
  std::vector<Leg> legs;
  while (at != nullptr && legs.size() < ends.size()) {
    const auto before = ends.find(at->after);
    const runplan::RunEvent* earlier = before == ends.end() ? nullptr : before->second;
    const std::int64_t free_at = earlier == nullptr ? 0 : earlier->elapsed_milliseconds;
    legs.push_back({at->root, std::max<std::int64_t>(at->begun_milliseconds - free_at, 0),
                    at->elapsed_milliseconds - at->begun_milliseconds});
    at = earlier;
  }
  std::reverse(legs.begin(), legs.end());
  return legs;
}

}  // namespace space::status
