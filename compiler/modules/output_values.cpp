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
        return eval::ScopeAnswer{unknown(*variable), 1};
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
  static Value unknown(const model::ModuleVariable& variable) {
    return Value::unknown(variable.type.without_refinements().without_optionals())
        .with_marks({variable.sensitive, variable.ephemeral});
  }

  OutputValues& values_;
  const ReadFolder& in_;
};

Value OutputValues::of(const ReadFolder& in, const NamedBlock& output) {
  return value_of(in, output)
      .with_marks({says(in, output, "sensitive"), says(in, output, "ephemeral")});
}

Value OutputValues::value_of(const ReadFolder& in, const NamedBlock& named) {
  if (const auto found = known_.find(&named); found != known_.end()) return found->second;
  const Argument* written = named.find("value");
  if (written == nullptr || !in_progress_.insert(&named).second) return Value::unknown();
  diagnostics::NullSink quiet;
  eval::FunctionContext functions;
  functions.deferred_calls = eval::DeferredCalls::Unknown;
  Value value =
      eval::evaluate(in.folder.expressions, written->value, Scope(*this, in), functions, quiet);
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
  values::ValueMap outputs;
  for (const NamedBlock& output : called->second.folder.outputs)
    outputs.emplace(output.name, of(called->second, output));
  return Value::object(std::move(outputs));
}

}  // namespace space::modules
