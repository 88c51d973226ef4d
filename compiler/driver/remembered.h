// Remembered: what one analysis leaves to the next: the trees of files whose text is the same, the
// interfaces of modules none of whose files changed, and where such modules let their variables go.
// In: files, asked again each time; a time is never believed. Out: what parse(), read_module() and
// read_flows() would give, diagnostics too. Its SourceSet
// grows with each changed text, and is given up for a new one before most of it is old; spans of an
// earlier analysis belong to the set that it holds. Not for several threads.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/out_stamp.h"
#include "compiler/model/module_flows.h"
#include "compiler/model/module_interface.h"
#include "compiler/model/resolved_program.h"
#include "compiler/syntax/syntax_tree.h"
#include "core/base/filesystem.h"
#include "core/diagnostics/sink.h"
#include "core/source/source_set.h"

namespace space::driver {

// Whether there will be a next one. Remembering costs copies and digests.
enum class Analyses : std::uint8_t { One, Many };

class Remembered {
 public:
  explicit Remembered(Analyses analyses) : analyses_(analyses) {}

  // An analysis begins: what the one before did not ask for is forgotten.
  void begin();

  const std::shared_ptr<source::SourceSet>& sources() const { return sources_; }

  // `file` is the newest of its path.
  syntax::SyntaxTree tree(source::FileId file, diagnostics::DiagnosticSink& sink);

  // As modules::read_module.
  std::optional<model::ModuleInterface> module(const base::FileSystem& files,
                                               const std::string& project_folder,
                                               const std::string& path, source::Span used_at,
                                               diagnostics::DiagnosticSink& sink);

  // As flows::read_flows.
  std::shared_ptr<const model::ModuleFlows> flows(const model::ResolvedProgram& program,
                                                  const model::Modules& modules);

 private:
  struct ParsedFile {
    syntax::SyntaxTree tree;
    std::vector<diagnostics::Diagnostic> found;
  };
  // One without a diagnostic: those name the place that uses it, which moves.
  struct ReadModule {
    model::ModuleInterface interface;
    StampInputs inputs;
    std::string fingerprint;  // of what the inputs were
  };
  // Of all modules and templates at once: modules call each other.
  struct ReadFlows {
    std::map<std::string, std::string> digests;    // of the modules, by source
    std::map<std::string, std::string> templates;  // the bytes, by path
    std::shared_ptr<const model::ModuleFlows> flows;
  };
  using Trees = std::map<source::FileId, ParsedFile>;
  using Modules = std::map<std::string, ReadModule>;

  Analyses analyses_;
  std::shared_ptr<source::SourceSet> sources_ = std::make_shared<source::SourceSet>();
  Trees trees_, old_trees_;
  Modules modules_, old_modules_;
  ReadFlows flows_;
};

}  // namespace space::driver
