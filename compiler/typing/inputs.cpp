// Procedures' inputs: the names against the module's variables or the interface's inputs, the
// values against their types.
#include <algorithm>

#include "compiler/model/queries.h"
#include "compiler/typing/context.h"
#include "core/base/strings.h"

namespace space::typing {

namespace {

struct WantedInput {
  std::string_view name;
  values::Type type;
  bool required = true;
  source::Span span;
  std::string_view deprecated;  // why, where it is
  bool ephemeral = false;
};

std::vector<WantedInput> wanted_inputs(Context& context, const model::Procedure& procedure) {
  std::vector<WantedInput> wanted;
  if (procedure.interface.valid()) {
    for (const model::InterfaceInputDecl& input :
         context.program[procedure.interface].decl->inputs) {
      wanted.push_back({input.name.text,
                        input_type(context, input),
                        !input.default_value.valid(),
                        input.name.span,
                        {},
                        false});
    }
  } else if (const model::ModuleInterface* module = module_of(context, procedure)) {
    for (const model::ModuleVariable& variable : module->variables) {
      wanted.push_back({variable.name, variable.type, !variable.has_default, variable.span,
                        variable.deprecated, variable.ephemeral});
    }
  }
  return wanted;
}

std::string source_text(const Context& context, const model::Procedure& procedure) {
  return procedure.interface.valid() ? context.program[procedure.interface].name : procedure.source;
}

void check_input(Context& context, const model::Procedure& procedure, Standing standing,
                 const std::vector<WantedInput>& wanted, model::ExprId key, model::ExprId value,
                 std::vector<std::string_view>& given) {
  const eval::ExprTree& tree = context.tree();
  const eval::Expr& name = tree[key];
  if (name.kind != eval::ExprKind::Literal ||
      name.literal.type().kind() != values::TypeKind::String) {
    context.sink
        .report(diagnostics::procedure_body, name.span, procedure.name,
                "has an input whose name is not plain")
        .help("write `NAME = value`: the names of inputs are a module's variables");
    return;
  }
  const std::string& text = name.literal.as_string();
  const auto found = std::find_if(wanted.begin(), wanted.end(),
                                  [&](const WantedInput& input) { return input.name == text; });
  if (found == wanted.end()) {
    std::vector<std::string_view> names;
    for (const WantedInput& input : wanted) names.push_back(input.name);
    auto report = context.sink.report(diagnostics::unknown_input, name.span,
                                      source_text(context, procedure), text);
    const auto near =
        diagnostics::respell_listed(report,
                                    {text, name.span, context.sources.text(name.span),
                                     eval::literal_keys(tree, procedure.decl->inputs)},
                                    names, "it takes", "it takes no inputs");
    if (near) given.push_back(*near);  // misspelt, not missing too
    return;
  }
  given.push_back(found->name);
  if (!found->deprecated.empty()) {
    context.sink
        .report(diagnostics::deprecated_input, name.span, text, source_text(context, procedure),
                found->deprecated)
        .related(found->span, fmt::format("`{}` is declared here", text));
  }
  const values::Value typed = typed_value(context, value, standing);
  const std::string what = fmt::format("input `{}`", text);
  if (check_value(context, value, typed, standing, {found->type, what, found->span}) ==
          Verdict::Fits &&
      typed.marks_deep().ephemeral && !found->ephemeral)
    report_ephemeral(context, value, standing, what, found->span);
}

void check_given(Context& context, model::ExprId expr, const values::Value& value,
                 Standing standing, const std::string& what, const model::OutputType& declared,
                 const model::OutputDecl* decl) {
  if (check_value(context, expr, value, standing, {declared.type, what, {}}) == Verdict::Fits)
    check_given_marks(context, expr, value, standing, what, declared, decl);
}

}  // namespace

const model::ModuleInterface* module_of(const Context& context, const model::Procedure& procedure) {
  using BodyKind = model::Procedure::BodyKind;
  if (procedure.body != BodyKind::Local && procedure.body != BodyKind::Remote) return nullptr;
  const auto found = context.modules.find(model::module_source(context.program, procedure, {}));
  return found == context.modules.end() ? nullptr : &found->second;
}

void check_inputs(Context& context) {
  for (std::size_t id = 0; id < context.program.procedures.size(); ++id) {
    const model::Procedure& procedure = context.program.procedures[id];
    const Standing standing(procedure.mission, model::ProcedureId(id));
    using BodyKind = model::Procedure::BodyKind;
    const model::ProcedureDecl& decl = *procedure.decl;
    if (procedure.body == BodyKind::Invalid) continue;
    if (procedure.body == BodyKind::InPlace) {
      if (decl.inputs.valid()) {
        context.sink
            .report(diagnostics::procedure_body, context.tree()[decl.inputs].span, procedure.name,
                    "has `inputs` and no `source`")
            .help("a body in place reads `var.x` and `procedure.y.z` itself");
      } else if (decl.body.empty()) {
        context.sink
            .report(diagnostics::procedure_body, decl.header, procedure.name,
                    "has neither `source` nor a body")
            .help("write `source = \"./modules/…\"`, or tofu blocks such as `resource`");
      }
      continue;
    }
    for (const model::Block& block : decl.body) {
      if (block.type.text == "resource" || block.type.text == "data" ||
          block.type.text == "module" || block.type.text == "ephemeral" ||
          block.type.text == "locals") {
        context.sink
            .report(diagnostics::procedure_body, block.header, procedure.name,
                    "has a `source` and a body")
            .related(context.tree()[decl.source].span, "the source stands here")
            .help("beside a source only `import`, `moved`, `removed` and `check` may stand");
        break;
      }
    }
    const eval::ExprTree& tree = context.tree();
    std::vector<std::string_view> given;
    const bool known_interface =
        procedure.interface.valid() || module_of(context, procedure) != nullptr;
    if (decl.inputs.valid() && tree[decl.inputs].kind != eval::ExprKind::Object) {
      if (tree[decl.inputs].kind != eval::ExprKind::Invalid) {
        context.sink
            .report(diagnostics::procedure_body, tree[decl.inputs].span, procedure.name,
                    "has `inputs` that are no object")
            .help("write `inputs = { NAME = value }`");
      }
      continue;
    }
    const std::vector<WantedInput> wanted =
        known_interface ? wanted_inputs(context, procedure) : std::vector<WantedInput>();
    if (decl.inputs.valid()) {
      const auto children = tree.children(decl.inputs);
      for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
        if (known_interface) {
          check_input(context, procedure, standing, wanted, children[i], children[i + 1], given);
        } else {
          typed_value(context, children[i + 1], standing);
        }
      }
    }
    for (const WantedInput& input : wanted) {
      if (!input.required || std::find(given.begin(), given.end(), input.name) != given.end())
        continue;
      context.sink
          .report(diagnostics::missing_input, decl.header, source_text(context, procedure),
                  input.name)
          .related(input.span, fmt::format("`{}` has no default", input.name))
          .help(fmt::format("add `{} = …` to `inputs`", input.name));
    }
  }
}

void check_expressions(Context& context) {
  for (const model::Use& use : context.program.uses) {
    const model::Site& site = use.site;
    const Standing standing(site.mission, site.procedure);
    switch (site.kind) {
      case model::SiteKind::ProcedureBody:
      case model::SiteKind::ProviderConfiguration:
        context.types.body_values.emplace_back(use.expr, typed_value(context, use.expr, standing));
        break;
      case model::SiteKind::VariableRule:
      case model::SiteKind::TopLocalValue:
      case model::SiteKind::MissionLocalValue:
        typed_value(context, use.expr, site.mission);
        break;
      case model::SiteKind::ProcedureOutputValue: {
        const auto& outputs = context.types.outputs[site.procedure.index()];
        const model::OutputDecl& decl = context.program[site.procedure].decl->outputs[site.index];
        const values::Value value = typed_value(context, use.expr, standing);
        if (site.index < outputs.size())
          check_given(context, use.expr, value, standing,
                      fmt::format("output `{}`", decl.name.text), outputs[site.index], &decl);
        break;
      }
      case model::SiteKind::ExportValue: {
        const model::ExportDecl& decl = context.program[site.mission].decl->exports[site.index];
        // What is secret leaves its flight in no export, declared or not: that is law 7's to say.
        model::OutputType declared = context.types.exports[site.mission.index()][site.index];
        declared.sensitive = true;
        check_given(context, use.expr, typed_value(context, use.expr, standing), standing,
                    fmt::format("export `{}`", decl.name.text), declared, nullptr);
        break;
      }
      default:
        break;
    }
  }
  auto& values = context.types.body_values;
  std::sort(values.begin(), values.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
}

}  // namespace space::typing
