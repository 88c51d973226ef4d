#include "runner/cli/approval.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <set>

#include "core/base/strings.h"
#include "runner/flight/destruction.h"
#include "runner/flight/preview.h"
#include "runner/process/command_runner.h"
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

std::string goes_through(const FlyOptions& options, const Loaded& loaded) {
  std::set<std::string> flights;
  for (const std::size_t root : loaded.roots) flights.insert(loaded.plan.roots[root].flight);
  const std::vector<std::string> names(flights.begin(), flights.end());
  return "`space " + verb_of(options.command) + " " + options.common.target + "` goes through " +
         std::to_string(loaded.roots.size()) +
         (loaded.roots.size() == 1 ? " procedure of " : " procedures of ") +
         base::list_names(names);
}

flight::Previewed preview_of(const FlyOptions& options, const Loaded& loaded,
                             const tofu::Places& places, const Setting& setting) {
  flight::PreviewRequest request;
  request.target = options.common.target;
  request.roots = loaded.roots;
  request.parallel = parallel_for(options.parallel, setting);
  request.keeping = flight::Keeping::Yes;
  request.places = places;
  const auto processes = process::make_process_runner();
  flight::World world{setting.files, setting.clock, *processes, setting.environment,
                      base::run_command};
  return flight::preview(loaded.plan, request, loaded.workspace, world);
}

std::size_t count(const runplan::Preview& preview, PreviewVerdict verdict) {
  return static_cast<std::size_t>(
      std::count_if(preview.roots.begin(), preview.roots.end(),
                    [verdict](const auto& root) { return root.verdict == verdict; }));
}

// Where nothing would change there is nothing to ask.
std::optional<Approval> ask_for_what_is_shown(const FlyOptions& options, const Loaded& loaded,
                                              const tofu::Places& places, const Setting& setting,
                                              int& exit_code) {
  flight::Previewed previewed = preview_of(options, loaded, places, setting);
  status::Style style{color_for(options.common.color, setting),
                      options.why == Switch::On ? status::Reasons::Why : status::Reasons::Brief};
  if (is_terminal_out()) style.fold = terminal_size().columns;
  if (previewed.refusal) {
    for (const auto& diagnostic : previewed.preview.diagnostics)
      print_diagnostic(diagnostic, style);
    print_error(*previewed.refusal);
    exit_code = previewed.exit_code;
    return std::nullopt;
  }
  const runplan::Preview& shown = previewed.preview;
  Approval approval;
  const std::size_t apart = count(shown, PreviewVerdict::Apart);
  if (count(shown, PreviewVerdict::Unchanged) < shown.roots.size()) {
    std::fputs(status::preview_text(shown, style).c_str(), stderr);
    std::string question = "\n" + goes_through(options, loaded) + ", and does what is shown";
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
  (void)plans::write_reviewed(previewed.reviewed);  // gives it its digest
  approval.reviewed = std::move(previewed.reviewed);
  if (apart > 0) approval.apart = flight::ApartRoots::Fly;
  return approval;
}

std::string doomed_text(const flight::Destruction& destruction) {
  std::string text;
  for (const flight::Doomed& one : destruction.doomed) {
    text += "  " + one.root + "  " + std::to_string(one.objects) +
            (one.objects == 1 ? " object" : " objects");
    if (!one.readers.empty()) text += ", after " + base::list_names(one.readers);
    text += "\n";
  }
  return text;
}

// Whoever approves it: what others read stays.
std::optional<Approval> approve_destroy(const FlyOptions& options, const Loaded& loaded,
                                        const tofu::Places& places, const Setting& setting,
                                        int& exit_code) {
  flight::DestructionRequest request;
  request.target = options.common.target;
  request.roots = loaded.roots;
  request.parallel = parallel_for(options.parallel, setting);
  request.showing = options.auto_approve == Switch::On ? flight::Showing::No : flight::Showing::Yes;
  request.places = places;
  const auto processes = process::make_process_runner();
  flight::World world{setting.files, setting.clock, *processes, setting.environment,
                      base::run_command};
  auto destruction = flight::look_at_destruction(loaded.plan, request, loaded.workspace, world);
  if (destruction.refusal) {
    print_error(*destruction.refusal);
    exit_code = destruction.exit_code;
    return std::nullopt;
  }
  Approval approval;
  approval.readers = std::move(destruction.readers);
  if (options.auto_approve == Switch::On) return approval;
  std::fputs(("would be destroyed, in this order:\n" + doomed_text(destruction)).c_str(), stderr);
  if (says_yes("\n" + goes_through(options, loaded) + ", and destroys all that they made"))
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

std::optional<Approval> approve(const FlyOptions& options, const Loaded& loaded,
                                const tofu::Places& places, const Setting& setting,
                                int& exit_code) {
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
    return approve_destroy(options, loaded, places, setting, exit_code);
  if (!needs_a_yes) return approval;
  if (options.resume == Switch::Off)
    return ask_for_what_is_shown(options, loaded, places, setting, exit_code);
  if (says_yes(goes_through(options, loaded))) return approval;
  exit_code = k_failed;
  return std::nullopt;
}

}  // namespace space::runner
