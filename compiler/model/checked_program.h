// Types: what compiler/typing found out. CheckedProgram: a program without errors; only
// check::check makes one, so the type stands where others keep a flag. Modules: the interfaces that
// were read, by the local path or `std/…` of their source.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/model/module_interface.h"
#include "compiler/model/resolved_program.h"
#include "compiler/model/state_book.h"

namespace space::model {

// By source: a local path relative to the project ("modules/network"), "std/server/hcloud" in the
// standard library, or remote_module_key of one that was restored.
using Modules = std::map<std::string, ModuleInterface>;

struct OutputType {
  values::Type type;
  bool sensitive = false;
  bool optional = false;
};

struct Types {
  std::vector<std::vector<values::Type>> variables;  // by mission, then variable
  std::vector<std::vector<OutputType>>
      outputs;  // by procedure, then output (declared, or its interface's)
  std::vector<std::vector<OutputType>> exports;  // by mission, then export
  std::vector<std::vector<std::optional<values::Value>>>
      flight_values;                          // by flight, then variable: converted to its type
  std::map<std::string, values::Type> facts;  // of all environments: the one type of each fact
  // What stands in a body in place or a provider's configuration, as typed: unknown where it reads.
  // By expression.
  std::vector<std::pair<ExprId, values::Value>> body_values;

  const values::Value* body_value(ExprId expr) const {  // null where nothing was typed
    const auto found =
        std::lower_bound(body_values.begin(), body_values.end(), expr,
                         [](const auto& item, ExprId wanted) { return item.first < wanted; });
    return found == body_values.end() || found->first != expr ? nullptr : &found->second;
  }
};

class CheckedProgram;

}  // namespace space::model

namespace space::check {
class Maker;  // compiler/check's, the only one who may make a CheckedProgram
}

namespace space::model {

class CheckedProgram {
 public:
  const ResolvedProgram& resolved() const { return *resolved_; }
  const Modules& modules() const { return *modules_; }
  const Types& types() const { return *types_; }
  const StateBook& states() const { return *states_; }

 private:
  friend class space::check::Maker;
  CheckedProgram(std::shared_ptr<const ResolvedProgram> resolved,
                 std::shared_ptr<const Modules> modules, std::shared_ptr<const Types> types,
                 std::shared_ptr<const StateBook> states)
      : resolved_(std::move(resolved)),
        modules_(std::move(modules)),
        types_(std::move(types)),
        states_(std::move(states)) {}
  std::shared_ptr<const ResolvedProgram> resolved_;
  std::shared_ptr<const Modules> modules_;
  std::shared_ptr<const Types> types_;
  std::shared_ptr<const StateBook> states_;
};

}  // namespace space::model
