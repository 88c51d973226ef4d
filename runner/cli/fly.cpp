// plan, apply and destroy.

#include "runner/cli/approval.h"
#include "runner/cli/session.h"
#include "runner/flight/target.h"
#include "runner/status/report.h"
#include "runner/status/text.h"

namespace space::runner {

namespace {

flight::Task task_of(Command command) {
  switch (command) {
    case Command::Plan:
      return flight::Task::Plan;
    case Command::Apply:
      return flight::Task::Apply;
    case Command::Destroy:
      return flight::Task::Destroy;
  }
  return flight::Task::Plan;
}

// A workstation changes nothing but a sandbox. Governance, which will allow more, does not exist
// yet.
std::optional<base::Error> refuse_kind(const Loaded& loaded, Command command) {
  if (command == Command::Plan) return std::nullopt;
  const runplan::Environment* environment = flight::environment_of(loaded.plan, loaded.roots);
  if (environment != nullptr && environment->kind == runplan::EnvironmentKind::Sandbox)
    return std::nullopt;
  const std::string name = environment == nullptr ? "" : environment->name;
  return base::Error{"`space " + verb_of(command) +
                         "` is for environments of kind `sandbox` alone, and `" + name +
                         "` is another kind",
                     "`space plan` works in every environment"};
}

std::unique_ptr<status::View> make_view(const FlyOptions& options, const status::Style& style,
                                        const Setting& setting) {
  if (options.common.json == Switch::On) return status::make_json_view(&print_out);
  return can_move_cursor(setting) ? status::make_live_view(style, terminal_of(setting), &print_out)
                                  : status::make_plain_view(style, &print_out);
}

int write_report(const FlyOptions& options, const flight::Flown& flown, const Setting& setting) {
  if (options.report.empty()) return k_fine;
  const bool is_junit = options.report.ends_with(".xml");
  const auto written = write_for_others(
      options.report, is_junit ? report_junit(flown.result) : report_json(flown.result), setting);
  if (written) return k_fine;
  print_error({"cannot write the report `" + options.report + "`: " + written.error().message,
               written.error().help});
  return k_failed;
}

}  // namespace

int fly(const FlyOptions& options, const Setting& setting) {
  int exit_code = k_fine;
  const auto loaded = load(options.common, setting, exit_code);
  if (!loaded) return exit_code;
  if (const auto refused = refuse_kind(*loaded, options.command)) {
    print_error(*refused);
    return k_identity;
  }
  const auto places = find_places(*loaded, setting);
  if (!places) return k_no_tofu;
  const auto digest = digest_of_tofu(*places, setting);
  if (!digest) {
    print_error(digest.error());
    return k_no_tofu;
  }
  const flight::Scope scope =
      scope_of(*loaded, options.common, parallel_for(options.parallel, setting), *places);
  const auto approval = approve(options, {*loaded, scope, *digest}, setting, exit_code);
  if (!approval) return exit_code;
  status::Style style = style_for(options.common, options.why, setting);
  const auto view = make_view(options, style, setting);
  flight::RunRequest request = flight::request_of(scope, task_of(options.command));
  request.tofu_sha256 = *digest;
  request.looking =
      options.refresh == Switch::On ? flight::Looking::Always : flight::Looking::SkipUnchanged;
  request.warn_after_milliseconds = options.warn_after_milliseconds;
  request.time_out_milliseconds = options.time_out_milliseconds;
  request.resuming = options.resume == Switch::On ? flight::Resuming::Yes : flight::Resuming::No;
  request.reviewed = approval->reviewed ? &*approval->reviewed : nullptr;
  request.apart = approval->apart;
  request.readers = approval->readers;
  request.shown = approval->shown;
  request.reviewed_file = options.reviewed;
  const auto flown = fly_request(*loaded, request, *view, setting, exit_code);
  if (!flown) return exit_code;
  if (is_terminal_out()) style.fold = terminal_size().columns;  // it may be another one by now
  if (options.common.json == Switch::Off) print_out(status::summary_text(flown->result, style));
  const int reported = write_report(options, *flown, setting);
  return exit_code != 0 ? exit_code : reported;
}

}  // namespace space::runner
