// Configuration: what the configuration in a plan's JSON refers to: which variables of a module
// reach which argument of which object, through outputs and calls of nested modules. Locals are not
// in that JSON: what goes through one counts as reached by everything. In: the member
// `configuration` of `tofu show -json`. Out: questions answered by name.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/runplan/json_reader.h"

namespace space::plans {

using References = std::vector<std::string>;  // "var.a", "terraform_data.x.id", as tofu lists them

struct ConfiguredObject {
  std::map<std::string, References> arguments;
  References repetition;  // of count and for_each
  bool is_data = false;
};

struct ConfiguredModule {
  std::map<std::string, ConfiguredObject> objects;                 // "terraform_data.x", "data.y.z"
  std::map<std::string, References> outputs;                       // by name
  std::map<std::string, ConfiguredModule> modules;                 // by the call's name
  std::map<std::string, std::map<std::string, References>> calls;  // call -> argument
  std::map<std::string, References> call_repetition;
};

struct Configuration {
  ConfiguredModule root;
};

void read_configuration(runplan::JsonReader& in, Configuration& into);

struct Reached {
  std::set<std::string> variables;  // of the module that was asked about
  bool through_local = false;       // then any variable may be among them
};

// Which variables of `module` reach these arguments of the object (by its address inside of it,
// keys and all); count and for_each count for every argument. No arguments: all of them.
Reached variables_reaching(const ConfiguredModule& module, std::string_view address,
                           const std::set<std::string>& arguments);

// Which of them reach the count or for_each of an object or a module call, or of a call around it.
Reached repetition_reaching(const ConfiguredModule& module, std::string_view address);

// The arguments and blocks of an object that are written in its configuration.
std::set<std::string> configured_arguments(const ConfiguredModule& module,
                                           std::string_view address);

// "module.a[0].terraform_data.x[\"k\"]" -> "module.a.terraform_data.x"
std::string without_keys(std::string_view address);

// Addresses of all objects in a module and below, as configured, without keys; data sources too.
std::vector<std::string> configured_objects(const ConfiguredModule& module);

}  // namespace space::plans
