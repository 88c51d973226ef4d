// ModuleFlows: where a module lets its variables go, as far as its own text shows: which of them
// choose code inside, which stand in names and tags there, and which reach its outputs without a
// resource in between. Made by compiler/flows, read by check (laws 3 and 7). A template file is one
// too: its names are its variables. Data only.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/source/span.h"

namespace space::model {

// The names that it went through: "local `x` of module `modules/app`", nearest to the end first.
using FlowPath = std::vector<std::pair<source::Span, std::string>>;

struct FlowReach {
  std::string what;   // "a condition", "`count`"
  source::Span span;  // of the reference that stands there
  FlowPath via;
};

// A name, a tag, a label of what a module makes.
struct FlowShown {
  std::string argument, owner;  // "labels", "hcloud_network"
  source::Span span;
  FlowPath via;
};

struct ModuleFlow {
  std::map<std::string, std::vector<FlowReach>> decides;         // by variable
  std::map<std::string, std::vector<FlowShown>> shows;           // by variable
  std::map<std::string, std::map<std::string, FlowPath>> gives;  // by output, then variable
};

struct ModuleFlows {
  std::map<std::string, ModuleFlow> modules;    // by source, as Modules
  std::map<std::string, ModuleFlow> templates;  // by path relative to the project
};

}  // namespace space::model
