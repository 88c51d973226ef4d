// `spacec fix`: applies the fixes that need no person, to `.space` files. Files are written one
// after another, each whole or not at all; what touched another fix waits for the next run.
#include <string>

#include "compiler/cli/commands.h"
#include "compiler/cli/compile_step.h"
#include "compiler/cli/line_diff.h"
#include "compiler/cli/output.h"
#include "core/base/strings.h"
#include "core/diagnostics/apply_fixes.h"

namespace space::cli {

namespace {

std::string waiting_text(std::size_t waiting) {
  if (waiting == 0) return "";
  return "; " + std::to_string(waiting) + " more " + (waiting == 1 ? "touches" : "touch") +
         " them: run `spacec fix` again";
}

// Only what still is as it was read: nothing else was looked at.
base::Status write(const std::string& path, const diagnostics::FixedText& text, World& world) {
  const auto now = world.files.read(path);
  if (!now) return now.error();
  if (*now != text.before) return base::Error{"it has changed meanwhile", "run it again"};
  return world.files.write(path, text.after, base::FileMode::Plain);
}

}  // namespace

int fix(const FixOptions& options, World& world) {
  const auto compiled = compile_quietly(options.paths, "fix", driver::Phase::Checked, world);
  if (!compiled) return k_usage;
  const diagnostics::FixedTexts fixed =
      diagnostics::apply_fixes(compiled->diagnostics, *compiled->sources);
  const bool writes = options.mode == FixOptions::Mode::Write;
  bool failed = false;
  for (const auto& [path, text] : fixed.texts) {
    if (!writes) {
      world.out.write(unified_diff(path, text.before, text.after));
    } else if (const auto status = write(path, text, world); status) {
      world.out.write(path + "\n");
    } else {
      print_error(world, "cannot write `" + path + "`: " + status.error().message,
                  status.error().help);
      failed = true;
    }
  }
  world.err.write((writes ? "mended " : "would mend ") + base::counted(fixed.applied, "place") +
                  " in " + base::counted(fixed.texts.size(), "file") + waiting_text(fixed.waiting) +
                  "\n");
  if (failed) return k_errors;
  return !writes && fixed.applied > 0 ? k_differs : k_fine;
}

}  // namespace space::cli
