// output: what applied procedures gave. Sensitive values are named, and shown where that is asked
// for.
#include "core/runplan/json_writer.h"
#include "runner/cli/session.h"
#include "runner/status/text.h"

namespace space::runner {

namespace {

std::string as_text(const flight::Flown& flown, const OutputOptions& options) {
  std::string text;
  for (const auto& [root, outputs] : flown.outputs) {
    if (outputs.empty()) continue;
    text += root + "\n";
    for (const auto& [name, value] : outputs) {
      const bool hidden = value.sensitive && options.reveal == Switch::Off;
      text += "  " + name + " = " + (hidden ? "(sensitive)" : status::printable(value.json)) + "\n";
    }
  }
  return text;
}

std::string as_json(const flight::Flown& flown, const OutputOptions& options) {
  runplan::JsonWriter out;
  out.begin_object();
  for (const auto& [root, outputs] : flown.outputs) {
    out.line();
    out.key(root);
    out.begin_object();
    for (const auto& [name, value] : outputs) {
      out.key(name);
      out.begin_object();
      out.key("sensitive");
      out.boolean(value.sensitive);
      if (!value.type.empty()) {
        out.key("type");
        out.raw(value.type);
      }
      if (!value.sensitive || options.reveal == Switch::On) {
        out.key("value");
        out.raw(value.json);
      }
      out.end_object();
    }
    out.end_object();
  }
  out.line();
  out.end_object();
  return out.take() + "\n";
}

}  // namespace

int output(const OutputOptions& options, const Setting& setting) {
  int exit_code = k_fine;
  const auto loaded = load(options.common, setting, exit_code);
  if (!loaded) return exit_code;
  const auto places = find_places(*loaded, setting);
  if (!places) return k_no_tofu;
  const auto view = status::make_plain_view({}, [](std::string_view) {});
  flight::RunRequest request = flight::request_of(
      scope_of(*loaded, options.common, parallel_for(options.parallel, setting), *places),
      flight::Task::Read);
  const auto flown = fly_request(*loaded, request, *view, setting, exit_code);
  if (!flown) return exit_code;
  print_out(options.common.json == Switch::On ? as_json(*flown, options)
                                              : as_text(*flown, options));
  for (const auto& root : flown->result.roots) {
    if (status::is_failure(root.finished.verdict)) {
      print_error(
          {"the outputs of `" + root.finished.root + "` cannot be read: " + root.finished.reason,
           ""});
    }
  }
  return exit_code;
}

}  // namespace space::runner
