// Interfaces: the defaults of their inputs, and each implementation's module against what the
// interface promises: its readers are checked against the interface alone.
#include <algorithm>

#include "compiler/model/queries.h"
#include "compiler/typing/context.h"
#include "compiler/typing/type_expression.h"
#include "core/base/strings.h"

namespace space::typing {

namespace {

struct Implementing {
  const model::Interface& interface;
  const model::Implementation& implementation;
  const model::ModuleInterface& module;
};

// Mistakes in it are reported where it is declared.
values::Type written_type(const Context& context, model::ExprId expr) {
  if (!expr.valid()) return values::Type::any();
  const auto named = [&](std::string_view name) -> std::optional<values::Type> {
    const auto found = context.named.find(std::string(name));
    return found == context.named.end() ? std::nullopt : std::optional(found->second);
  };
  diagnostics::NullSink quiet;
  return type_from_expression(context.tree(), expr, named, quiet);
}

void check_default(Context& context, const model::InterfaceInputDecl& input) {
  if (!input.default_value.valid()) return;
  const values::Value value = typed_value(context, input.default_value, {});
  const values::Type type = input_type(context, input);
  check_value(context, input.default_value, value, {},
              {type, fmt::format("input `{}`", input.name.text),
               input.type.valid() ? input.name.span : source::Span()});
}

const model::InterfaceInputDecl* find_input(const model::Interface& interface,
                                            std::string_view name) {
  const auto& inputs = interface.decl->inputs;
  const auto found =
      std::find_if(inputs.begin(), inputs.end(),
                   [&](const model::InterfaceInputDecl& input) { return input.name.text == name; });
  return found == inputs.end() ? nullptr : &*found;
}

// What the module takes. One finding an implementation: they share a place.
Verdict check_takes(Context& context, const Implementing& of) {
  const std::string& source = of.implementation.source;
  for (const model::InterfaceInputDecl& input : of.interface.decl->inputs) {
    const auto variable = std::find_if(
        of.module.variables.begin(), of.module.variables.end(),
        [&](const model::ModuleVariable& item) { return item.name == input.name.text; });
    if (variable == of.module.variables.end()) {
      context.sink
          .report(diagnostics::unknown_input, of.implementation.span, source, input.name.text)
          .related(input.name.span,
                   fmt::format("interface `{}` hands it `{}`", of.interface.name, input.name.text))
          .help("each implementation takes what its interface takes");
      return Verdict::Reported;
    }
    const values::Type given = input_type(context, input).without_refinements();
    const auto mismatch =
        values::check_convertible(given.without_optionals(), variable->type.without_refinements());
    if (!mismatch) continue;
    context.sink
        .report(diagnostics::type_mismatch, of.implementation.span,
                fmt::format("variable `{}` of `{}`", variable->name, source),
                values::describe(given), values::describe(variable->type))
        .label(mismatch->message)
        .related(input.name.span, fmt::format("interface `{}` declares it here", of.interface.name))
        .related(variable->span, "the module declares it here");
    return Verdict::Reported;
  }
  for (const model::ModuleVariable& variable : of.module.variables) {
    if (variable.has_default || find_input(of.interface, variable.name) != nullptr) continue;
    context.sink.report(diagnostics::missing_input, of.implementation.span, source, variable.name)
        .related(variable.span, fmt::format("`{}` has no default", variable.name))
        .help(fmt::format("interface `{}` does not give it: add an input, or a default there",
                          of.interface.name));
    return Verdict::Reported;
  }
  return Verdict::Fits;
}

// What it gives.
void check_gives(Context& context, const Implementing& of) {
  const std::string& source = of.implementation.source;
  for (const model::OutputDecl& decl : of.interface.decl->outputs) {
    const std::string& name = decl.name.text;
    const model::ModuleOutput* output = find_module_output(of.module, name);
    if (output == nullptr) {
      context.sink.report(diagnostics::unknown_module_output, of.implementation.span, source, name)
          .related(decl.name.span,
                   fmt::format("interface `{}` promises `{}`", of.interface.name, name))
          .help("each implementation gives what its interface gives");
      return;
    }
    const values::Marks marks = marks_of(*output);
    const std::string what = fmt::format("output `{}`", name);
    const bool declared = model::bool_setting(context.program, decl.sensitive).value_or(false);
    if (marks.ephemeral) {
      context.sink.report(diagnostics::ephemeral_value, of.implementation.span, what)
          .label("it is read after the run, from the state")
          .related(output->span, fmt::format("`{}` of `{}` is ephemeral", name, source));
      return;
    }
    if (marks.sensitive && !declared) {
      auto report = context.sink.report(diagnostics::undeclared_sensitive, decl.name.span, what);
      report.related(output->span, fmt::format("`{}` of `{}` is sensitive", name, source))
          .help("add `sensitive = true`");
      if (auto fix = diagnostics::with_argument("add `sensitive = true`", context.sources,
                                                decl.span, decl.header, "sensitive = true");
          fix && !decl.sensitive.valid())
        report.fix(std::move(*fix));
    }
    const values::Type type = written_type(context, decl.type);
    const values::Conversion conversion =
        values::convert(output->value, type.without_refinements());
    if (conversion.value) continue;
    context.sink
        .report(diagnostics::type_mismatch, of.implementation.span,
                fmt::format("output `{}` of `{}`", name, source), values::describe(type),
                values::describe(output->value.type()))
        .label(conversion.error.message)
        .related(decl.name.span, fmt::format("interface `{}` declares it here", of.interface.name))
        .related(output->span, "the module gives it here");
    return;
  }
}

}  // namespace

values::Type input_type(const Context& context, const model::InterfaceInputDecl& input) {
  return written_type(context, input.type);
}

void check_interfaces(Context& context) {
  for (const model::Interface& interface : context.program.interfaces) {
    for (const model::InterfaceInputDecl& input : interface.decl->inputs)
      check_default(context, input);
    for (const model::Implementation& implementation : interface.implementations) {
      const auto module = context.modules.find(implementation.source);
      if (module == context.modules.end()) continue;
      const Implementing of{interface, implementation, module->second};
      if (check_takes(context, of) == Verdict::Fits) check_gives(context, of);
    }
  }
}

}  // namespace space::typing
