// Types as they are declared: named types first (they may use each other, not in a circle), then
// variables, outputs, exports and facts.
#include <algorithm>
#include <set>

#include "compiler/model/queries.h"
#include "compiler/typing/context.h"
#include "compiler/typing/type_expression.h"
#include "core/base/strings.h"

namespace space::typing {

namespace {

struct Naming {
  Context& context;
  std::set<std::string> in_progress;
};

std::optional<values::Type> named_type(Naming& naming, std::string_view name);

values::Type type_of(Naming& naming, model::ExprId expr) {
  if (!expr.valid()) return values::Type::any();
  return type_from_expression(
      naming.context.tree(), expr, [&](std::string_view name) { return named_type(naming, name); },
      naming.context.sink);
}

std::optional<values::Type> named_type(Naming& naming, std::string_view name) {
  Context& context = naming.context;
  const std::string key(name);
  if (const auto known = context.named.find(key); known != context.named.end())
    return known->second;
  for (const model::TypeDecl& decl : context.program.program->types) {
    if (decl.name.text != name) continue;
    if (!naming.in_progress.insert(key).second) {
      context.sink
          .report(diagnostics::cycle, decl.name.span, fmt::format("type `{}`", name),
                  fmt::format("`{}`", name))
          .help("a type cannot hold itself");
      return values::Type::any();
    }
    std::map<std::string, values::ObjectAttribute> attributes;
    for (const model::Attribute& attribute : decl.attributes) {
      values::ObjectAttribute item = attribute_from_expression(
          context.tree(), attribute.value,
          [&](std::string_view other) { return named_type(naming, other); }, context.sink);
      attributes.emplace(attribute.name.text, std::move(item));
    }
    naming.in_progress.erase(key);
    values::Type type = values::Type::object(std::move(attributes));
    context.named.emplace(key, type);
    return type;
  }
  return std::nullopt;
}

// What a procedure says of its module's output, against what the module's own text shows.
void check_module_output(Context& context, const model::Procedure& procedure,
                         const model::OutputDecl& decl, const model::OutputType& declared,
                         const model::ModuleOutput& found) {
  const std::string& name = decl.name.text;
  if (!found.deprecated.empty()) {
    context.sink
        .report(diagnostics::deprecated_output, decl.name.span, name, procedure.source,
                found.deprecated)
        .related(found.span, fmt::format("`{}` is declared here", name));
  }
  if (!decl.type.valid() || declared.type.has_any()) return;
  const values::Conversion conversion =
      values::convert(found.value, declared.type.without_refinements());
  if (conversion.value) return;
  const std::string at =
      conversion.error.path.empty() ? "" : fmt::format(" at `{}`", conversion.error.path);
  context.sink
      .report(diagnostics::type_mismatch, context.tree()[decl.type].span,
              fmt::format("output `{}`", name), values::describe(declared.type),
              values::describe(found.value.type()))
      .label(conversion.error.message + at)
      .related(found.span, fmt::format("the module's `{}` stands here", name));
}

// An output of a module is what the module says: sensitive without another word. Saying that it is
// not is a mistake, and what is ephemeral there cannot be handed on at all.
void check_module_marks(Context& context, const model::OutputDecl& decl, model::OutputType& type,
                        const model::ModuleOutput& found) {
  const std::string what = fmt::format("output `{}`", decl.name.text);
  const values::Marks marks = marks_of(found);
  if (marks.ephemeral) {
    context.sink.report(diagnostics::ephemeral_value, decl.name.span, what)
        .label("it is read after the run, from the state")
        .related(found.span, fmt::format("the module's `{}` is ephemeral", found.name));
  }
  if (marks.sensitive && decl.sensitive.valid() && !type.sensitive) {
    constexpr std::string_view k_help =
        "write `true`, or leave it out: an output of a module is what the module says";
    const source::Span span = context.tree()[decl.sensitive].span;
    context.sink.report(diagnostics::undeclared_sensitive, span, what)
        .related(found.span, fmt::format("the module's `{}` is sensitive", found.name))
        .help(std::string(k_help))
        .fix(diagnostics::replacement(std::string(k_help), span, "true"));
  }
  type.sensitive = type.sensitive || marks.sensitive;
}

model::OutputType output_type(Naming& naming, const model::OutputDecl& decl,
                              std::string_view kind) {
  model::OutputType output;
  output.type = type_of(naming, decl.type);
  output.sensitive = model::bool_setting(naming.context.program, decl.sensitive).value_or(false);
  if (decl.type.valid() && output.type.has_any() && !output.type.has_mistake()) {
    naming.context.sink
        .report(diagnostics::output_type_any, naming.context.tree()[decl.type].span, kind,
                decl.name.text)
        .help("say what it is: `string`, `list(string)`, `object({ … })`");
  }
  return output;
}

void declare_outputs(Naming& naming, const model::Procedure& procedure,
                     std::vector<model::OutputType>& types) {
  Context& context = naming.context;
  const bool through_interface = procedure.interface.valid();
  const model::ModuleInterface* module = module_of(context, procedure);
  for (const model::OutputDecl& decl : model::outputs_of(context.program, procedure)) {
    model::OutputType type = output_type(naming, decl, "output");
    const bool has_body = procedure.body == model::Procedure::BodyKind::InPlace &&
                          !procedure.decl->inputs.valid() && !procedure.decl->body.empty();
    if (!through_interface && has_body && !decl.value.valid()) {
      context.sink.report(diagnostics::output_value, decl.header, decl.name.text, "has no `value`")
          .help("a body in place says what an output is: `value = hcloud_server.this.id`, say");
    }
    const bool by_module = procedure.body == model::Procedure::BodyKind::Local ||
                           procedure.body == model::Procedure::BodyKind::Remote;
    if (!through_interface && by_module) {
      if (decl.value.valid()) {
        context.sink
            .report(diagnostics::output_value, context.tree()[decl.value].span, decl.name.text,
                    "has a `value`, and its module gives it")
            .help("leave `value` out");
      }
      if (module != nullptr) {
        if (const model::ModuleOutput* found = find_module_output(*module, decl.name.text)) {
          check_module_output(context, procedure, decl, type, *found);
          check_module_marks(context, decl, type, *found);
        } else {
          std::vector<std::string_view> names;
          for (const auto& output : module->outputs) names.push_back(output.name);
          const model::Name& name = decl.name;
          auto report = context.sink.report(diagnostics::unknown_module_output, name.span,
                                            procedure.source, name.text);
          diagnostics::respell_listed(report,
                                      {name.text, name.span, context.sources.text(name.span)},
                                      names, "the module has", "the module has no output");
        }
      }
    }
    types.push_back(std::move(type));
  }
  if (through_interface && !procedure.decl->outputs.empty()) {
    context.sink
        .report(diagnostics::output_value, procedure.decl->outputs.front().header,
                procedure.decl->outputs.front().name.text, "is declared by the interface already")
        .help("leave the `output` blocks out: an interface's outputs are declared");
  }
}

source::Span fact_span(const Context& context, const model::Environment& environment,
                       std::string_view name) {
  const eval::ExprTree& tree = context.tree();
  const model::ExprId facts = environment.decl->facts;
  const auto children = tree.children(facts);
  if (tree[facts].kind == eval::ExprKind::Object) {
    for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
      if (eval::literal_string(tree, children[i]) == name) return tree[children[i + 1]].span;
    }
  }
  return tree[facts].span;
}

// A fact is one variable of a root, so it has one type everywhere: that of all its values, where
// lists and objects may be unified as tofu does it.
void declare_facts(Context& context) {
  struct First {
    const model::Environment* environment;
    std::vector<values::Type> types;
  };
  std::map<std::string, First> firsts;
  for (const model::Environment& environment : context.program.environments) {
    for (const auto& [name, value] : environment.facts) {
      if (value.is_null() || value.kind() == values::TypeKind::Any) continue;  // of any type
      const auto [at, is_first] = firsts.try_emplace(name, First{&environment, {value.type()}});
      std::vector<values::Type>& types = at->second.types;
      if (is_first || std::find(types.begin(), types.end(), value.type()) != types.end()) continue;
      types.push_back(value.type());
      const bool is_primitive = types.front().is_primitive() || value.type().is_primitive();
      if (!is_primitive && values::unify(types)) continue;
      types.pop_back();
      const source::Span span = fact_span(context, environment, name);
      context.sink
          .report(diagnostics::fact_type, span, name, values::describe(value.type()),
                  environment.name, values::describe(types.front()), at->second.environment->name)
          .related(fact_span(context, *at->second.environment, name),
                   fmt::format("here it is {}", values::describe(types.front())))
          .help("a fact has one type in all environments: what reads it is the same code in each");
    }
  }
  for (const auto& [name, first] : firsts) {
    context.types.facts.emplace(
        name, first.types.size() == 1 ? first.types[0] : *values::unify(first.types));
  }
}

}  // namespace

const model::ModuleOutput* find_module_output(const model::ModuleInterface& module,
                                              std::string_view name) {
  for (const model::ModuleOutput& output : module.outputs) {
    if (output.name == name) return &output;
  }
  return nullptr;
}

values::Marks marks_of(const model::ModuleOutput& output) {
  return output.value.marks_deep() | values::Marks{output.sensitive, output.ephemeral};
}

void declare_types(Context& context) {
  Naming naming{context, {}};
  for (const model::TypeDecl& decl : context.program.program->types)
    named_type(naming, decl.name.text);
  for (const model::Mission& mission : context.program.missions) {
    std::vector<values::Type> variables;
    for (const model::VariableDecl& decl : mission.decl->variables)
      variables.push_back(type_of(naming, decl.type));
    context.types.variables.push_back(std::move(variables));
    std::vector<model::OutputType> exports;
    for (const model::ExportDecl& decl : mission.decl->exports) {
      const model::OutputDecl as_output{static_cast<const model::Declaration&>(decl), decl.type,
                                        decl.value, decl.sensitive, decl.description};
      exports.push_back(output_type(naming, as_output, "export"));
    }
    context.types.exports.push_back(std::move(exports));
  }
  for (const model::Procedure& procedure : context.program.procedures) {
    std::vector<model::OutputType> outputs;
    declare_outputs(naming, procedure, outputs);
    context.types.outputs.push_back(std::move(outputs));
  }
  for (const model::Interface& interface : context.program.interfaces) {
    for (const model::InterfaceInputDecl& input : interface.decl->inputs)
      type_of(naming, input.type);
  }
  declare_facts(context);
}

}  // namespace space::typing
