#include "runner/flight/target.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "core/base/strings.h"

namespace space::flight {

namespace {

// `name` itself, or `name--KEY`.
bool is_meant(std::string_view wanted, std::string_view whole) {
  return whole == wanted ||
         (whole.size() > wanted.size() + 2 && whole.substr(0, wanted.size()) == wanted &&
          whole.substr(wanted.size(), 2) == "--");
}

constexpr std::array<std::string_view, 5> k_parts{"environment", "space", "mission",
                                                  "stage or procedure", "procedure"};

// ENV, SPACE, MISSION, STAGE, PROCEDURE
std::array<std::string_view, 5> parts_of(const runplan::Root& root) {
  std::array<std::string_view, 5> parts;
  const auto split = base::split(root.id, '/');
  for (std::size_t i = 0; i < parts.size() && i < split.size(); ++i) parts[i] = split[i];
  return parts;
}

bool part_fits(const std::vector<std::string_view>& wanted,
               const std::array<std::string_view, 5>& parts, std::size_t part) {
  if (part < 2) return wanted[part] == parts[part];
  if (part == 2) return is_meant(wanted[2], parts[2]);
  if (part == 3)
    return wanted[3] == parts[3] || (wanted.size() == 4 && is_meant(wanted[3], parts[4]));
  return is_meant(wanted[4], parts[4]);
}

base::Error not_known(const runplan::RunPlan& plan, const std::vector<std::string_view>& wanted,
                      std::size_t part) {
  std::set<std::string_view> there;
  for (const runplan::Root& root : plan.roots) {
    const auto parts = parts_of(root);
    bool fits = true;
    for (std::size_t i = 0; i < part && fits; ++i) fits = part_fits(wanted, parts, i);
    if (!fits) continue;
    there.insert(parts[part]);
    if (part == 3) there.insert(parts[4]);
  }
  const std::vector<std::string_view> candidates(there.begin(), there.end());
  std::string where;
  for (std::size_t i = 0; i < part; ++i) where += (i > 0 ? "/" : "") + std::string(wanted[i]);
  base::Error error;
  error.message = "there is no " + std::string(k_parts[part]) + " `" + std::string(wanted[part]) +
                  "`" + (where.empty() ? "" : " in `" + where + "`");
  if (const auto near = base::closest(wanted[part], candidates)) {
    error.help = "did you mean `" + std::string(*near) + "`?";
  } else if (!candidates.empty()) {
    const std::vector<std::string> names(candidates.begin(), candidates.end());
    error.help = "there is " + base::list_names(names);
  }
  return error;
}

}  // namespace

base::Result<std::vector<std::size_t>> select_roots(const runplan::RunPlan& plan,
                                                    std::string_view target) {
  while (!target.empty() && target.back() == '/') target.remove_suffix(1);
  if (plan.roots.empty())
    return base::Error{"the run plan has no procedures", "write it again with `spacec build`"};
  if (target.empty())
    return base::Error{"no target is given",
                       "a target is `ENV[/SPACE[/MISSION[/STAGE|PROCEDURE]]]`"};
  const std::vector<std::string_view> wanted = base::split(target, '/');
  if (wanted.size() > k_parts.size()) {
    return base::Error{"target `" + std::string(target) + "` has too many parts",
                       "a target is `ENV[/SPACE[/MISSION[/STAGE|PROCEDURE]]]`"};
  }
  std::vector<std::size_t> selected;
  std::size_t best = 0;  // how many parts fit somewhere
  for (std::size_t i = 0; i < plan.roots.size(); ++i) {
    const auto parts = parts_of(plan.roots[i]);
    std::size_t fits = 0;
    while (fits < wanted.size() && part_fits(wanted, parts, fits)) ++fits;
    best = std::max(best, fits);
    if (fits == wanted.size()) selected.push_back(i);
  }
  if (selected.empty()) return not_known(plan, wanted, best);
  return selected;
}

const runplan::Environment* environment_of(const runplan::RunPlan& plan,
                                           const std::vector<std::size_t>& roots) {
  if (roots.empty()) return nullptr;
  const std::string_view name = parts_of(plan.roots[roots.front()])[0];
  const auto found = std::find_if(plan.environments.begin(), plan.environments.end(),
                                  [&](const runplan::Environment& e) { return e.name == name; });
  return found == plan.environments.end() ? nullptr : &*found;
}

}  // namespace space::flight
