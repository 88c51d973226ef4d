// Which providers a module needs: those that `required_providers` names, and those that its blocks
// imply by their type's prefix or their `provider` argument. In: the folders of a module, its own
// first. Out: the list, by name. Aliases are those of the module itself: inner modules get theirs
// from it.
#pragma once

#include <vector>

#include "compiler/model/module_interface.h"
#include "compiler/modules/folder.h"

namespace space::modules {

enum class Role { Entry, Inner };

void add_providers(const ModuleFolder& folder, Role role,
                   std::vector<model::ModuleProvider>& providers);
void sort_providers(std::vector<model::ModuleProvider>& providers);

}  // namespace space::modules
