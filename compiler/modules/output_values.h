// What a module's outputs come to where its variables are unknown values of their types: the same
// evaluator that computes static values gives their types and marks. Locals, other modules of the
// project and functions are followed; what resources and data hold is unknown. In: the folders of a
// module and of those it calls, with their interfaces' variables. Out: a value for each output.
// Nothing is reported: a module's own expressions are tofu's to judge.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "compiler/model/module_interface.h"
#include "compiler/modules/folder.h"

namespace space::modules {

struct ReadFolder {
  ModuleFolder folder;
  std::vector<model::ModuleVariable> variables;
};
using ReadFolders = std::map<std::string, ReadFolder>;  // by path

class OutputValues {
 public:
  explicit OutputValues(const ReadFolders& folders) : folders_(folders) {}

  values::Value of(const ReadFolder& in, const NamedBlock& output);

 private:
  class Scope;

  values::Value value_of(const ReadFolder& in, const NamedBlock& named);  // an output, a local
  values::Value of_call(const ReadFolder& in, const NamedBlock& call);

  const ReadFolders& folders_;
  std::map<const NamedBlock*, values::Value> known_;
  std::set<const NamedBlock*> in_progress_;
};

}  // namespace space::modules
