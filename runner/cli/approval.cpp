#include "runner/cli/approval.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <set>

#include "core/base/strings.h"
#include "runner/flight/destruction.h"
#include "runner/status/preview_view.h"

namespace space::runner {

namespace {

using runplan::PreviewVerdict;

// The file that the apply is bound to. Nothing after an error, which was printed.
std::optional<plans::ReviewedPlan> load_reviewed(const FlyOptions& options,
                                                 const Setting& setting) {
  const auto text = setting.files.read(options.reviewed);
  if (!text) {
    print_error(base::cannot("read", options.reviewed, text.error()));
    return std::nullopt;
  }
  auto reviewed = plans::read_reviewed(*text);
  if (!reviewed) {
    print_error({"`" + options.reviewed + "`: " + reviewed.error().message, reviewed.error().help});
    return std::nullopt;
  }
  if (reviewed->target == options.common.target) return std::move(*reviewed);
  print_error({"`" + options.reviewed + "` is a review of `" + reviewed->target + "`, not of `" +
                   options.common.target + "`",
               "`space apply " + reviewed->target + " --reviewed " + options.reviewed + "`"});
  return std::nullopt;
}

bool somebody_is_there() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1; }

bool says_yes(const std::string& question) {
  std::fputs((question + ".\nOnly `yes` goes on: ").c_str(), stderr);
  std::string answer;
  std::getline(std::cin, answer);
  if (answer == "yes") return true;
  print_error({"not approved: nothing was changed", ""});
  return false;
}

std::string goes_through(const FlyOptions& options, const Asked& asked) {
  const auto& roots = asked.loaded.plan.roots;
  std::set<std::string> flights;
  for (const std::size_t root : asked.scope.roots) flights.insert(roots[root].flight);
  const std::vector<std::string> names(flights.begin(), flights.end());
  return "`space " + verb_of(options.command) + " " + options.common.target + "` goes through " +
         base::counted(asked.scope.roots.size(), "procedure") + " of " + base::list_names(names);
}

std::size_t count(const runplan::Preview& preview, PreviewVerdict verdict) {
  return static_cast<std::size_t>(
      std::count_if(preview.roots.begin(), preview.roots.end(),
                    [verdict](const auto& root) { return root.verdict == verdict; }));
}

// Where nothing would change there is nothing to ask.
std::optional<Approval> ask_for_what_is_shown(const FlyOptions& options, const Asked& asked,
                                              const Setting& setting, int& exit_code) {
  flight::PreviewRequest request;
  static_cast<flight::Scope&>(request) = asked.scope;
  request.keeping = flight::Keeping::Yes;
  request.tofu_sha256 = asked.tofu_sha256;
  const status::Style style = style_for(options.common, options.why, setting);
  auto previewed = make_preview(asked.loaded, request, style, setting, exit_code);
  if (!previewed) return std::nullopt;
  const runplan::Preview& shown = previewed->preview;
  Approval approval;
  const std::size_t apart = count(shown, PreviewVerdict::Apart);
  if (count(shown, PreviewVerdict::Unchanged) < shown.roots.size()) {
    std::fputs(status::preview_text(shown, style).c_str(), stderr);
    std::string question = "\n" + goes_through(options, asked) + ", and does what is shown";
    if (count(shown, PreviewVerdict::Deferred) > 0)
      question += ".\nWhat is deferred is asked about when it is known";
    if (apart > 0)
      question +=
          ".\nWhat is apart (" + std::to_string(apart) + ") goes with a plan that is not shown";
    if (!says_yes(question)) {
      exit_code = k_failed;
      return std::nullopt;
    }
  }
  approval.reviewed = std::move(previewed->reviewed);
  if (apart > 0) approval.apart = flight::ApartRoots::Fly;
  return approval;
}

std::string doomed_text(const flight::Destruction& destruction) {
  std::string text;
  for (const flight::Doomed& one : destruction.doomed) {
    text += "  " + one.root + "  " +
            (one.state ? base::counted(one.state->objects, "object") : "its state cannot be read");
    if (!one.readers.empty()) text += ", after " + base::list_names(one.readers);
    text += "\n";
  }
  return text;
}

// Whoever approves it: what others read stays.
std::optional<Approval> approve_destroy(const FlyOptions& options, const Asked& asked,
                                        const Setting& setting, int& exit_code) {
  const auto showing =
      options.auto_approve == Switch::On ? flight::Showing::No : flight::Showing::Yes;
  RealWorld real(setting);
  auto destruction = flight::look_at_destruction(asked.loaded.plan, asked.scope, showing,
                                                 asked.loaded.workspace, real.world);
  if (destruction.refusal) {
    print_error(*destruction.refusal);
    exit_code = destruction.exit_code;
    return std::nullopt;
  }
  Approval approval;
  approval.readers = std::move(destruction.readers);
  if (options.auto_approve == Switch::On) return approval;
  for (const flight::Doomed& one : destruction.doomed) {
    if (one.state) approval.shown[one.root] = one.state->mark;
  }
  std::fputs(("would be destroyed, in this order:\n" + doomed_text(destruction)).c_str(), stderr);
  if (says_yes("\n" + goes_through(options, asked) + ", and destroys all that they made"))
    return approval;
  exit_code = k_failed;
  return std::nullopt;
}

}  // namespace

std::string verb_of(Command command) {
  switch (command) {
    case Command::Plan:
      return "plan";
    case Command::Apply:
      return "apply";
    case Command::Destroy:
      return "destroy";
  }
  return "";
}

std::optional<Approval> approve(const FlyOptions& options, const Asked& asked,
                                const Setting& setting, int& exit_code) {
  Approval approval;
  if (!options.reviewed.empty()) {
    approval.reviewed = load_reviewed(options, setting);
    if (approval.reviewed) return approval;
    exit_code = static_cast<int>(flight::Ending::NotReviewed);
    return std::nullopt;
  }
  const bool needs_a_yes = options.command != Command::Plan && options.auto_approve == Switch::Off;
  if (needs_a_yes && !somebody_is_there()) {
    print_error({"nobody can be asked here: standard input is no terminal",
                 "`--auto-approve` goes on without asking"});
    exit_code = k_usage;
    return std::nullopt;
  }
  if (options.command == Command::Destroy)
    return approve_destroy(options, asked, setting, exit_code);
  if (!needs_a_yes) return approval;
  if (options.resume == Switch::Off)
    return ask_for_what_is_shown(options, asked, setting, exit_code);
  if (says_yes(goes_through(options, asked))) return approval;
  exit_code = k_failed;
  return std::nullopt;
}

}  // namespace space::runner
