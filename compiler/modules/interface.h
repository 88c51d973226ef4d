// The interface of a module's folder: variables with their types and defaults, outputs, calls. In:
// a ModuleFolder. Out: the model's lists; a type or a default that tofu would refuse is reported.
#pragma once

#include <string>
#include <vector>

#include "compiler/model/module_interface.h"
#include "compiler/modules/output_values.h"

namespace space::modules {

std::vector<model::ModuleVariable> read_variables(const ModuleFolder& folder,
                                                  const std::string& called, ModuleSink& sink);

// Everything but variables, providers and files.
void read_interface(const ReadFolder& entry, const ReadFolders& all, model::ModuleInterface& into);

}  // namespace space::modules
