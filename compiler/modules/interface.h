// The interface of a module's folder: variables with their types and defaults, outputs. In: a
// ModuleFolder. Out: the model's lists; a type or a default that tofu would refuse is reported.
#pragma once

#include <string>

#include "compiler/model/module_interface.h"
#include "compiler/modules/folder.h"

namespace space::modules {

void read_interface(const ModuleFolder& folder, const std::string& called,
                    model::ModuleInterface& into, ModuleSink& sink);

}  // namespace space::modules
