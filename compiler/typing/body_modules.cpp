// `module` blocks in bodies in place: their arguments against the variables of the module that they
// call, as `inputs` are.
#include <algorithm>

#include "compiler/typing/context.h"
#include "core/base/strings.h"

namespace space::typing {

namespace {

using model::Attribute;
using model::Block;
using model::ModuleVariable;

bool is_meta(std::string_view name) {
  constexpr std::string_view k_meta[] = {"source",   "version",    "providers", "count",
                                         "for_each", "depends_on", "enabled"};
  return std::find(std::begin(k_meta), std::end(k_meta), name) != std::end(k_meta);
}

struct Call {
  const Block& block;
  const model::ModuleInterface& module;
  std::string source;  // as it is written
};

// The variable that was meant, if one is near.
std::optional<std::string_view> report_unknown(Context& context, const Call& call,
                                               const Attribute& argument) {
  std::vector<std::string_view> names;
  for (const ModuleVariable& variable : call.module.variables) names.push_back(variable.name);
  const model::Name& name = argument.name;
  std::vector<std::string> beside;
  for (const Attribute& other : call.block.body.attributes) beside.push_back(other.name.text);
  auto report = context.sink.report(diagnostics::unknown_input, name.span, call.source, name.text);
  return diagnostics::respell_listed(report, {name.text, name.span, name.text, beside}, names,
                                     "it takes", "it takes no inputs");
}

void check_argument(Context& context, Standing standing, const Call& call,
                    const Attribute& argument, const ModuleVariable& variable) {
  if (!variable.deprecated.empty()) {
    context.sink
        .report(diagnostics::deprecated_input, argument.name.span, variable.name, call.source,
                variable.deprecated)
        .related(variable.span, fmt::format("`{}` is declared here", variable.name));
  }
  const values::Value* value = context.types.body_value(argument.value);
  if (value == nullptr) return;
  const std::string what =
      fmt::format("`{}` of `module.{}`", variable.name, call.block.labels[0].text);
  const bool fits = check_value(context, argument.value, *value, standing,
                                {variable.type, what, variable.span}) == Verdict::Fits;
  if (fits && value->marks_deep().ephemeral && !variable.ephemeral)
    report_ephemeral(context, argument.value, standing, what, variable.span);
}

void check_call(Context& context, Standing standing, const Call& call) {
  std::vector<std::string_view> given;
  for (const Attribute& argument : call.block.body.attributes) {
    const std::string& name = argument.name.text;
    if (is_meta(name)) continue;
    const auto& variables = call.module.variables;
    const auto variable =
        std::find_if(variables.begin(), variables.end(),
                     [&](const ModuleVariable& item) { return item.name == name; });
    if (variable == variables.end()) {
      if (const auto near = report_unknown(context, call, argument)) given.push_back(*near);
      continue;
    }
    given.push_back(variable->name);
    check_argument(context, standing, call, argument, *variable);
  }
  for (const ModuleVariable& variable : call.module.variables) {
    if (variable.has_default || std::find(given.begin(), given.end(), variable.name) != given.end())
      continue;
    context.sink.report(diagnostics::missing_input, call.block.header, call.source, variable.name)
        .related(variable.span, fmt::format("`{}` has no default", variable.name))
        .help(fmt::format("add `{} = …`", variable.name));
  }
}

}  // namespace

void check_body_modules(Context& context) {
  for (std::size_t id = 0; id < context.program.procedures.size(); ++id) {
    const model::Procedure& procedure = context.program.procedures[id];
    const Standing standing(procedure.mission, model::ProcedureId(id));
    for (const Block& block : procedure.decl->body) {
      if (block.type.text != "module" || block.labels.empty()) continue;
      const model::ModuleInterface* module = called_module(context, procedure, block);
      if (module == nullptr) continue;
      std::string source;
      for (const Attribute& argument : block.body.attributes) {
        if (argument.name.text == "source")
          source = eval::literal_string(context.tree(), argument.value).value_or("");
      }
      check_call(context, standing, {block, *module, std::move(source)});
    }
  }
}

}  // namespace space::typing
