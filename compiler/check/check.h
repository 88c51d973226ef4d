// check: the laws of the language (docs/language/laws.md) over a resolved and typed program, one
// file a law. Out: a CheckedProgram where there is no error in `sink` (from this phase or before:
// `sink` holds them all) but what the program allows, else nothing.
#pragma once

#include <memory>

#include "compiler/model/checked_program.h"
#include "compiler/model/module_flows.h"
#include "compiler/model/schema.h"
#include "compiler/model/state_lock.h"
#include "core/diagnostics/sink.h"
#include "core/source/source_set.h"

namespace space::check {

struct CheckInputs {
  std::shared_ptr<const model::ResolvedProgram> program;
  std::shared_ptr<const model::Modules> modules;
  std::shared_ptr<const model::Types> types;
  const model::Schemas& schemas;
  const model::ModuleFlows& flows;
  const model::StateLock& lock;
  const source::SourceSet& sources;
};

std::unique_ptr<const model::CheckedProgram> check(const CheckInputs& inputs,
                                                   diagnostics::CollectingSink& sink);

}  // namespace space::check
