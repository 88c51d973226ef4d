// flows: where the variables of the project's modules and template files go inside, for the taint
// of law 3. In: the interfaces that were read, with their files, which are in `sources`. Out: a
// flow for each module and template; modules in JSON too. Reports nothing: a module's own mistakes
// were reported where it was read.
#pragma once

#include "compiler/model/checked_program.h"
#include "compiler/model/module_flows.h"
#include "core/source/source_set.h"

namespace space::flows {

model::ModuleFlows read_flows(const model::ResolvedProgram& program, const model::Modules& modules,
                              source::SourceSet& sources);

}  // namespace space::flows
