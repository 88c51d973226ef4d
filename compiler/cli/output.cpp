#include "compiler/cli/output.h"

#include "compiler/cli/version.h"
#include "core/base/strings.h"

namespace space::cli {

diagnostics::Color color_for(ColorChoice choice, const World& world) {
  if (choice == ColorChoice::Always) return diagnostics::Color::On;
  if (choice == ColorChoice::Never || !world.err.is_terminal()) return diagnostics::Color::Off;
  const auto variable = [&](const char* name) {
    const auto at = world.environment.find(name);
    return at == world.environment.end() ? std::string() : at->second;
  };
  const bool plain = !variable("NO_COLOR").empty() || variable("TERM") == "dumb";
  return plain ? diagnostics::Color::Off : diagnostics::Color::On;
}

void print_diagnostics(const Findings& findings, DiagnosticFormat format, ColorChoice color,
                       World& world) {
  const auto& [list, silenced, sources] = findings;
  switch (format) {
    case DiagnosticFormat::Text:
      world.err.write(diagnostics::render_text(list, sources, color_for(color, world)));
      return;
    case DiagnosticFormat::Json:
      world.out.write(diagnostics::render_json_lines(list, sources));
      return;
    case DiagnosticFormat::Sarif:
      world.out.write(diagnostics::render_sarif(list, silenced, sources, tool_version()));
      return;
  }
}

std::string tally(const std::vector<diagnostics::Diagnostic>& list) {
  const diagnostics::Summary summary = diagnostics::summarize(list);
  if (summary.errors == 0 && summary.warnings == 0) return "";
  if (summary.warnings == 0) return base::counted(summary.errors, "error");
  if (summary.errors == 0) return base::counted(summary.warnings, "warning");
  return base::counted(summary.errors, "error") + " and " +
         base::counted(summary.warnings, "warning");
}

void print_error(World& world, const std::string& message, const std::string& help) {
  world.err.write("error: " + message + "\n");
  if (!help.empty()) world.err.write("  = help: " + help + "\n");
}

}  // namespace space::cli
