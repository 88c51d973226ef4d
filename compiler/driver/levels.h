// levels: how much a finding weighs. In: the project's `lint = { … }`, the command line's --deny
// and
// --allow, and what was found after `# spacec:allow` silenced its part. Out: each finding with the
// severity that it has, or moved to those that are silenced. The command line wins over the
// project. Errors and laws keep theirs: whoever says otherwise is told so, in the program by a
// diagnostic, on the command line by an Error.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/model/program.h"
#include "core/base/result.h"
#include "core/diagnostics/render.h"
#include "core/diagnostics/sink.h"

namespace space::driver {

// What --deny and --allow said. Rows of the catalogue, rising by code.
struct CommandLevels {
  enum class Warnings : std::uint8_t { Stay, Denied };
  std::vector<const diagnostics::Descriptor*> denied, allowed;
  Warnings warnings = Warnings::Stay;
};

// A word is a code, its name, or (of --deny) `warnings`.
base::Result<CommandLevels> command_levels(const std::vector<std::string>& denied,
                                           const std::vector<std::string>& allowed);

// One word for each, for a build's stamp.
std::vector<std::string> level_words(const CommandLevels& levels);

void apply_levels(const model::Program& program, const CommandLevels& command,
                  std::vector<diagnostics::Diagnostic>& found,
                  std::vector<diagnostics::Silenced>& silenced, diagnostics::DiagnosticSink& sink);

// By file, place, code and message, each once: the order of what is silenced.
void sort_silenced(std::vector<diagnostics::Silenced>& silenced, const source::SourceSet& sources);

}  // namespace space::driver
