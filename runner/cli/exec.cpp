// exec: one read-only tofu command in one root. What could change a state or the root is not among
// them.
#include <algorithm>

#include "core/base/strings.h"
#include "runner/cli/session.h"

namespace space::runner {

namespace {

const std::vector<std::vector<std::string>> k_allowed{
    {"graph"},         {"metadata", "functions"}, {"output"},        {"providers"}, {"show"},
    {"state", "list"}, {"state", "pull"},         {"state", "show"}, {"validate"},  {"version"},
};
// `providers lock` and `providers mirror` write.
const std::vector<std::vector<std::string>> k_refused{{"providers", "lock"},
                                                      {"providers", "mirror"}};

bool begins_with(const std::vector<std::string>& arguments, const std::vector<std::string>& words) {
  return arguments.size() >= words.size() &&
         std::equal(words.begin(), words.end(), arguments.begin());
}

bool is_allowed(const std::vector<std::string>& arguments) {
  const auto fits = [&](const std::vector<std::string>& words) {
    return begins_with(arguments, words);
  };
  return std::any_of(k_allowed.begin(), k_allowed.end(), fits) &&
         std::none_of(k_refused.begin(), k_refused.end(), fits);
}

}  // namespace

int exec(const ExecOptions& options, const Setting& setting) {
  if (!is_allowed(options.arguments)) {
    std::vector<std::string> names;
    for (const auto& words : k_allowed) names.push_back(base::join(words, " "));
    print_error({"`tofu " + base::join(options.arguments, " ") + "` is not one that only reads",
                 "there is " + base::list_names(names, names.size())});
    return k_usage;
  }
  int exit_code = k_fine;
  const auto loaded = load(options.common, setting, exit_code);
  if (!loaded) return exit_code;
  if (loaded->roots.size() != 1) {
    print_error({"`" + options.common.target + "` means " + std::to_string(loaded->roots.size()) +
                     " procedures, and `exec` is for one",
                 "the first is `" + loaded->plan.roots[loaded->roots.front()].id + "`"});
    return k_usage;
  }
  const auto places = find_places(*loaded, setting);
  if (!places) return k_no_tofu;
  const auto view = status::make_plain_view({}, [](std::string_view) {});
  flight::RunRequest request =
      flight::request_of(scope_of(*loaded, options.common, 1, *places), flight::Task::Execute);
  request.arguments = options.arguments;
  const auto flown = fly_request(*loaded, request, *view, setting, exit_code);
  if (!flown) return exit_code;
  print_out(flown->printed);
  for (const auto& root : flown->result.roots) {
    if (exit_code != 0)
      print_error(
          {root.finished.reason, root.diagnostics.empty() ? "" : root.diagnostics.front().detail});
  }
  return exit_code == 0 ? k_fine : k_no_tofu;
}

}  // namespace space::runner
