// compile: the only place that knows the order of phases. In: a file system, where to look, the
// standard library. Out: every phase's value as far as errors let it get, and all diagnostics,
// finished (sorted, without cascades). Callers take the last value they need: `check` stops after
// check, `build` goes to emit.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/driver/levels.h"
#include "compiler/emit/emit.h"
#include "compiler/lower/lowered_roots.h"
#include "compiler/model/checked_program.h"
#include "compiler/model/program.h"
#include "compiler/model/resolved_program.h"
#include "compiler/syntax/syntax_tree.h"
#include "core/base/filesystem.h"
#include "core/diagnostics/sink.h"
#include "core/source/source_set.h"

namespace space::driver {

class Remembered;

// Copies of remote modules that are pinned: must they be there? Of a past program they may be gone;
// such a module is then not looked into.
enum class PinnedCopies : std::uint8_t { Needed, MayBeGone };

// The phases in order; `--print=NAME` dumps one, StopAfter ends after one. One table for the CLI,
// the corpus and docs.
enum class Phase { Syntax, Program, Resolved, Checked, Lowered, Emitted };
inline constexpr const char* k_phase_names[] = {"syntax",  "program", "resolved",
                                                "checked", "lowered", "emitted"};

struct CompileOptions {
  std::vector<std::string> paths = {
      "spaces"};            // files and folders; folders are searched for `.space`, hidden ones not
  std::string out = "out";  // only to know where the project lies from there
  const base::FileSystem* standard_library =
      nullptr;  // null: the one compiled in; tests overlay it. Paths: server/server.space
  Phase stop_after = Phase::Emitted;
  CommandLevels levels;
  PinnedCopies pinned_copies = PinnedCopies::Needed;
  diagnostics::CollectingSink::Keep keep;  // null: all; tests leave out what one check reports
};

struct Compilation {
  std::shared_ptr<const source::SourceSet> sources;
  std::vector<syntax::SyntaxTree> trees;
  std::shared_ptr<const model::Program> program;
  std::shared_ptr<const model::ResolvedProgram> resolved;
  std::unique_ptr<const model::CheckedProgram> checked;  // null after errors
  std::unique_ptr<const lower::LoweredProgram> lowered;
  emit::EmittedTree emitted;
  std::vector<diagnostics::Diagnostic> diagnostics;
  std::vector<diagnostics::Silenced> silenced;
  std::string project_folder = ".";  // of the file with the project block
  bool has_errors() const;
};

Compilation compile(const base::FileSystem& files, const CompileOptions& options);
// The same, with what an earlier one left (workspace.h).
Compilation compile(const base::FileSystem& files, const CompileOptions& options,
                    Remembered& remembered);

// A phase's value as text, for `--print=PHASE` and the corpus's snapshots. No machine's path, time
// or version in it.
std::string dump(const Compilation& compilation, Phase phase);

}  // namespace space::driver
