// resolve: a person has looked at what applies left, and opens their flights again.
#include "runner/flight/resolve.h"

#include <pwd.h>
#include <unistd.h>

#include "core/base/strings.h"
#include "runner/cli/session.h"
#include "runner/process/command_runner.h"
#include "runner/status/text.h"

namespace space::runner {

namespace {

// By the system's own table: a variable says whatever somebody wants it to.
std::string person() {
  const passwd* entry = ::getpwuid(::getuid());
  return entry != nullptr ? entry->pw_name : "uid " + std::to_string(::getuid());
}

}  // namespace

int resolve(const ResolveOptions& options, const Setting& setting) {
  if (base::trim(options.reason).empty()) {
    print_error({"a reason is needed: what you found and decided", ""});
    return k_usage;
  }
  int exit_code = k_fine;
  const auto loaded = load(options.common, setting, exit_code);
  if (!loaded) return exit_code;
  const auto processes = process::make_process_runner();
  flight::World world{setting.files,       setting.clock,     *processes,
                      setting.environment, base::run_command, nullptr};
  const flight::Resolved resolved = flight::resolve(
      loaded->plan, loaded->roots, {options.reason, person()}, loaded->workspace, world);
  std::string text;
  for (const std::string& path : resolved.set_aside)
    text += "set aside  " + status::printable(path) + "\n";
  for (const flight::Waiting& one : resolved.opened)
    text += "resolved  " + one.root + "  " + one.verdict + "  (run " + one.run + ")\n";
  if (!resolved.opened.empty() || !resolved.set_aside.empty())
    text +=
        "`space apply " + options.common.target + "` plans it anew, from what its states hold\n";
  else if (!resolved.refusal)
    text = "nothing of `" + options.common.target + "` waits for a person\n";
  print_out(text);
  if (!resolved.refusal) return k_fine;
  print_error(resolved.refusal->error);
  return resolved.refusal->exit_code;
}

}  // namespace space::runner
