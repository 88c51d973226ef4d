// What every subcommand prints in the same way: diagnostics in the form that was asked for, and the
// rule of colours.
#pragma once

#include <string>

#include "compiler/cli/commands.h"
#include "core/diagnostics/render.h"

namespace space::cli {

diagnostics::Color color_for(ColorChoice choice, const World& world);  // of standard error

// What there is to say of a program.
struct Findings {
  const std::vector<diagnostics::Diagnostic>& list;
  const std::vector<diagnostics::Silenced>& silenced;
  const source::SourceSet& sources;
};

// Text to standard error, JSON lines and SARIF to standard output.
void print_diagnostics(const Findings& findings, DiagnosticFormat format, ColorChoice color,
                       World& world);

// "2 errors and 1 warning", or "" for none.
std::string tally(const std::vector<diagnostics::Diagnostic>& list);

void print_error(World& world, const std::string& message, const std::string& help);

}  // namespace space::cli
