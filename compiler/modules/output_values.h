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
  // The variables of one folder that are given what is sensitive, whether they say so or not.
  struct Given {
    const ReadFolder* in = nullptr;
    std::set<std::string> sensitive = {};
    int depth = 0;  // of calls in calls
  };

  explicit OutputValues(const ReadFolders& folders) : folders_(folders) {}
  OutputValues(const ReadFolders& folders, Given given)
      : folders_(folders), given_(std::move(given)) {}

  values::Value of(const ReadFolder& in, const NamedBlock& output);

 private:
  class Scope;

  values::Value value_of(const ReadFolder& in, const NamedBlock& named);  // an output, a local
  values::Value unknown(const ReadFolder& in, const model::ModuleVariable& variable) const;
  values::Value of_call(const ReadFolder& in, const NamedBlock& call);

  std::set<std::string> given_sensitive(const ReadFolder& in, const NamedBlock& call,
                                        const ReadFolder& called);
  values::Value evaluate(const ReadFolder& in, eval::ExprId expr);

  const ReadFolders& folders_;
  Given given_;
  std::map<const NamedBlock*, values::Value> known_;
  std::set<const NamedBlock*> in_progress_;
};

}  // namespace space::modules
