// Law 7, second half: a secret has a name and a place where it is fetched, and its value stands in
// no file: not in a configuration, a body, an input, `values` or a default; nor is the file that
// holds it copied or read.
#include <algorithm>

#include "compiler/check/given_inputs.h"
#include "compiler/check/secrets.h"
#include "core/base/filesystem.h"
#include "stdlib/secrets.h"

namespace space::check {

namespace {

constexpr const char* k_how =
    "declare `secret \"NAME\" { from_env = \"…\" }` and write `secret.NAME`";

void check_written(Context& context, const FlowPlace& place, eval::ExprId value,
                   const std::string& what, std::string_view help = k_how,
                   std::source_location origin = std::source_location::current()) {
  if (!is_written_out(context, place, value)) return;
  context.sink
      .report(diagnostics::secret_literal, {context.program.tree()[value].span, origin}, what)
      .help(std::string(help));
}

void check_module_inputs(Context& context, const FlowPlace& place, const std::string& source,
                         const std::string& name, eval::ExprId value) {
  const auto module = context.modules.find(source);
  if (module == context.modules.end()) return;
  for (const model::ModuleVariable& variable : module->second.variables) {
    if (variable.name == name && variable.sensitive)
      check_written(context, place, value,
                    fmt::format("variable `{}` of module `{}`", name, source));
  }
}

void check_inputs(Context& context, const FlowPlace& place, const model::Procedure& procedure) {
  for (const GivenInput& given : given_inputs(context.program, procedure)) {
    if (!procedure.interface.valid()) {
      check_module_inputs(context, place, procedure.source, given.name, given.value);
      continue;
    }
    const model::Interface& interface = context.program[procedure.interface];
    for (const model::InterfaceInputDecl& input : interface.decl->inputs) {
      if (input.name.text == given.name &&
          model::bool_setting(context.program, input.sensitive).value_or(false))
        check_written(context, place, given.value,
                      fmt::format("input `{}` of interface `{}`", given.name, interface.name));
    }
  }
}

void check_blocks(Context& context, const FlowPlace& place,
                  const std::vector<model::Block>& blocks) {
  for (const model::Block& block : blocks) {
    if (block.type.text == "check") check_blocks(context, place, block.body.blocks);
    if (!model::is_resource(block)) continue;
    visit_arguments(context, block, [&](const SecretArgument& one) {
      if (one.is_secret)
        check_written(context, place, one.value, fmt::format("`{}` of `{}`", one.path, one.owner));
    });
  }
}

void check_encryption(Context& context, const model::Remote& remote, const model::Body& body) {
  for (const model::Attribute& attribute : body.attributes) {
    if (stdlib::is_secret_of_encryption(attribute.name.text))
      check_written(
          context, {}, attribute.value,
          fmt::format("`{}` of the encryption of remote `{}`", attribute.name.text, remote.name));
  }
  for (const model::Block& inner : body.blocks) check_encryption(context, remote, inner.body);
}

const model::Reference* secret_in(const Context& context, eval::ExprId expr) {
  for (const eval::Traversal& traversal : eval::free_references(context.program.tree(), expr)) {
    const model::Reference* reference = context.program.reference(traversal.head);
    if (reference != nullptr && reference->kind == model::RefKind::Secret) return reference;
  }
  return nullptr;
}

void check_value(Context& context, model::MissionId mission, const model::VariableDecl& decl,
                 const model::Attribute& given) {
  const std::string& name = decl.name.text;
  const bool is_secret = is_secret_variable(context.program, decl);
  const model::Reference* secret = secret_in(context, given.value);
  if (secret == nullptr) {
    if (is_secret)
      check_written(context, {mission, {}}, given.value, fmt::format("variable `{}`", name));
    return;
  }
  const std::string text = context.text(secret->span);
  if (!is_secret) {
    constexpr std::string_view k_help = "declare the variable with `sensitive = true`";
    auto report = context.sink.report(diagnostics::secret_value, secret->span, text, name,
                                      "it is not sensitive");
    report.related(decl.header, "declared here").help(std::string(k_help));
    if (auto fix = diagnostics::with_argument(std::string(k_help), context.sources, decl.span,
                                              decl.header, "sensitive = true");
        fix && !decl.sensitive.valid())
      report.fix(std::move(*fix));
    return;
  }
  const auto traversal = eval::as_traversal(context.program.tree(), given.value);
  if (traversal && traversal->head == secret->head && traversal->steps.size() == secret->consumed)
    return;
  context.sink
      .report(diagnostics::secret_value, secret->span, text, name, "it does not stand alone")
      .label("the runner hands a secret over as it is")
      .help(
          fmt::format("write `{} = {}`, and put the rest where the variable is read", name, text));
}

void check_file(Context& context, const model::Secret& secret, const std::string& path) {
  const source::Span written = context.program.tree()[secret.arguments].span;
  bool is_copied = false;
  for (const auto& [expr, read] : context.program.file_paths) {
    if (read != path) continue;
    is_copied = true;
    context.sink
        .report(diagnostics::secret_file, context.program.tree()[expr].span, path, secret.name,
                "is read here, where it would be copied into the output")
        .related(written, "the secret is fetched from it")
        .help(fmt::format("write `secret.{}`", secret.name));
  }
  if (!is_copied && std::ranges::binary_search(context.program.inputs, path)) {
    context.sink
        .report(diagnostics::secret_file, written, path, secret.name,
                "the program reads it for a value that is no secret")
        .help(fmt::format("read it as `secret.{}` alone", secret.name));
  }
  for (const auto& [source, module] : context.modules) {
    for (const auto& [name, file] : module.files) {
      if (base::normalize_path(base::join_path(module.unit, name)) != path) continue;
      context.sink
          .report(diagnostics::secret_file, written, path, secret.name,
                  fmt::format("would be copied into the output with module `{}`", source))
          .help("keep it in a folder of its own, outside of every module");
    }
  }
}

}  // namespace

void check_secret_literals(Context& context) {
  for (std::size_t i = 0; i < context.program.procedures.size(); ++i) {
    const model::Procedure& procedure = context.program.procedures[i];
    const FlowPlace place{procedure.mission, model::ProcedureId(i)};
    check_inputs(context, place, procedure);
    check_blocks(context, place, procedure.decl->body);
  }
  for (const model::ProviderConfig& config : context.program.configs) {
    const FlowPlace place{config.mission, {}};
    visit_arguments(context, config, [&](const SecretArgument& one) {
      if (one.is_secret)
        check_written(context, place, one.value,
                      fmt::format("`{}` of provider `{}`", one.path, config.decl->name.text));
    });
  }
  for (const model::Remote& remote : context.program.remotes) {
    for (const model::Block& block : remote.decl->blocks) {
      if (block.type.text == "encryption") check_encryption(context, remote, block.body);
    }
  }
}

void check_secret_values(Context& context) {
  for (std::size_t i = 0; i < context.program.missions.size(); ++i) {
    const model::Mission& mission = context.program.missions[i];
    const model::MissionId id(i);
    for (const model::VariableDecl& decl : mission.decl->variables) {
      if (is_secret_variable(context.program, decl))
        check_written(context, {id, {}}, decl.default_value,
                      fmt::format("variable `{}`", decl.name.text),
                      "leave `default` out, or write `default = null`");
      for (const model::ValuesDecl& values : values_of(context, mission.name)) {
        for (const model::Attribute& given : values.values) {
          if (given.name.text == decl.name.text) check_value(context, id, decl, given);
        }
      }
    }
  }
}

void check_secret_files(Context& context) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const model::Flight& flight : context.program.flights) {
    for (const model::SecretSettings& settings : flight.secrets) {
      const model::Secret& secret = context.program[settings.secret];
      if (secret.method != model::Secret::Method::File) continue;
      for (const std::string& argument : settings.arguments) {
        const std::string path = in_project(context, secret.decl->span, argument);
        if (seen.insert({secret.name, path}).second) check_file(context, secret, path);
      }
    }
  }
}

}  // namespace space::check
