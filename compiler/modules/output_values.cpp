#include "compiler/modules/output_values.h"

#include <algorithm>
#include <utility>

#include "compiler/modules/literal.h"
#include "core/eval/evaluate.h"

namespace space::modules {

namespace {

using values::Type;
using values::Value;

template <class Named>
const Named* find_named(const std::vector<Named>& all, std::string_view name) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Named& it) { return it.name == name; });
  return found == all.end() ? nullptr : &*found;
}

bool says(const ReadFolder& in, const NamedBlock& block, std::string_view argument) {
  const Argument* found = block.find(argument);
  return found != nullptr && says_true(in.folder.expressions, found->value);
}

}  // namespace

class OutputValues::Scope final : public eval::Scope {
 public:
  Scope(OutputValues& values, const ReadFolder& in) : values_(values), in_(in) {}

  std::optional<eval::ScopeAnswer> resolve(const eval::Traversal& reference) const override {
    const bool named = !reference.steps.empty() &&
                       reference.steps[0].kind != eval::TraversalStep::Kind::DynamicKey;
    if (!named) return eval::ScopeAnswer{Value::unknown(), reference.steps.size()};
    const std::string& name = reference.steps[0].name;
    if (reference.root == "var") {
      if (const auto* variable = find_named(in_.variables, name))
        return eval::ScopeAnswer{values_.unknown(in_, *variable), 1};
    } else if (reference.root == "local") {
      if (const auto* local = find_named(in_.folder.locals, name))
        return eval::ScopeAnswer{values_.value_of(in_, *local), 1};
    } else if (reference.root == "module") {
      if (const auto* call = find_named(in_.folder.calls, name))
        return eval::ScopeAnswer{values_.of_call(in_, *call), 1};
    } else if (reference.root == "path" || reference.root == "terraform" ||
               reference.root == "tofu") {
      return eval::ScopeAnswer{Value::unknown(Type::string()), 1};
    }
    return eval::ScopeAnswer{Value::unknown(), reference.steps.size()};
  }

 private:
  OutputValues& values_;
  const ReadFolder& in_;
};

Value OutputValues::unknown(const ReadFolder& in, const model::ModuleVariable& variable) const {
  const bool given = given_.in == &in && given_.sensitive.contains(variable.name);
  return Value::unknown(variable.type.without_refinements().without_optionals())
      .with_marks({variable.sensitive || given, variable.ephemeral});
}

Value OutputValues::evaluate(const ReadFolder& in, eval::ExprId expr) {
  diagnostics::NullSink quiet;
  eval::FunctionContext functions;
  functions.deferred_calls = eval::DeferredCalls::Unknown;
  return eval::evaluate(in.folder.expressions, expr, Scope(*this, in), functions, quiet);
}

Value OutputValues::of(const ReadFolder& in, const NamedBlock& output) {
  return value_of(in, output)
      .with_marks({says(in, output, "sensitive"), says(in, output, "ephemeral")});
}

Value OutputValues::value_of(const ReadFolder& in, const NamedBlock& named) {
  if (const auto found = known_.find(&named); found != known_.end()) return found->second;
  const Argument* written = named.find("value");
  if (written == nullptr || !in_progress_.insert(&named).second) return Value::unknown();
  Value value = evaluate(in, written->value);
  in_progress_.erase(&named);
  return known_.emplace(&named, std::move(value)).first->second;
}

Value OutputValues::of_call(const ReadFolder& in, const NamedBlock& call) {
  const Argument* source = call.find("source");
  if (source == nullptr || call.find("count") != nullptr || call.find("for_each") != nullptr)
    return Value::unknown();
  const auto path = text_of(in.folder.expressions, source->value);
  if (!path) return Value::unknown();
  const auto called = folders_.find(base::join_path(in.folder.path, *path));
  if (called == folders_.end()) return Value::unknown();
  const ReadFolder& folder = called->second;
  constexpr int k_deepest = 16;
  std::set<std::string> sensitive;
  if (given_.depth < k_deepest && in_progress_.insert(&call).second) {
    sensitive = given_sensitive(in, call, folder);
    in_progress_.erase(&call);
  }
  values::ValueMap outputs;
  if (sensitive.empty()) {
    for (const NamedBlock& output : folder.folder.outputs)
      outputs.emplace(output.name, of(folder, output));
  } else {
    OutputValues inner(folders_, {&folder, std::move(sensitive), given_.depth + 1});
    for (const NamedBlock& output : folder.folder.outputs)
      outputs.emplace(output.name, inner.of(folder, output));
  }
  return Value::object(std::move(outputs));
}

// What a call gives to variables that do not say that they are sensitive: tofu's marks go in all
// the same.
std::set<std::string> OutputValues::given_sensitive(const ReadFolder& in, const NamedBlock& call,
                                                    const ReadFolder& called) {
  std::set<std::string> names;
  for (const model::ModuleVariable& variable : called.variables) {
    const Argument* argument = variable.sensitive ? nullptr : call.find(variable.name);
    if (argument != nullptr && evaluate(in, argument->value).marks_deep().sensitive)
      names.insert(variable.name);
  }
  return names;
}

}  // namespace space::modules
