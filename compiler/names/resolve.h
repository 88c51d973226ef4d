// resolve: Program to ResolvedProgram. Every reference is led to what it means (or reported, with
// did-you-mean), static positions are evaluated, `for_each` is expanded, flights are made, and each
// flight's values, remote and secrets are evaluated. Reads files only through `files` (static file
// functions). After errors the value is partial: what could not be resolved is left out or
// RefKind::Unknown, and is not reported twice.
#pragma once

#include <memory>
#include <string>

#include "compiler/model/resolved_program.h"
#include "compiler/model/state_lock.h"
#include "core/base/filesystem.h"
#include "core/diagnostics/sink.h"
#include "core/eval/functions.h"
#include "core/source/source_set.h"

namespace space::names {

struct ResolveInputs {
  const base::FileSystem* files = nullptr;
  std::string project_folder;  // paths of sources begin with it
  decltype(eval::FunctionContext::render_template) render_template;
  std::vector<model::StateName> locked;  // in `spaces.lock`: their flights are known, if gone
};

model::ResolvedProgram resolve(std::shared_ptr<const model::Program> program,
                               const source::SourceSet& sources, const ResolveInputs& inputs,
                               diagnostics::DiagnosticSink& sink);

}  // namespace space::names
