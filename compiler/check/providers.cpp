// Providers: one default configuration a space, an implementation where an interface is used, a
// `provider` block for what modules and bodies need, pinned addresses of remote modules.
#include <algorithm>
#include <set>

#include "compiler/check/laws.h"

namespace space::check {

namespace {

void check_spaces(Context& context) {
  for (const model::Space& space : context.program.spaces) {
    const model::ProviderConfig* first = nullptr;
    for (const model::ConfigId id : space.configs) {
      const model::ProviderConfig& config = context.program[id];
      if (!config.label.empty() || !config.regional) continue;
      if (first != nullptr) {
        context.sink.report(diagnostics::two_default_providers, config.decl->header, space.name)
            .related(first->decl->header, "the first one")
            .help(
                "a space is confined to one provider's region: give one a label, or `regional = "
                "false`");
        break;
      }
      first = &config;
    }
  }
}

void check_implementations(Context& context) {
  for (const model::Procedure& procedure : context.program.procedures) {
    if (!procedure.interface.valid()) continue;
    const model::Interface& interface = context.program[procedure.interface];
    if (interface.implementations.size() != interface.decl->implementations.size())
      continue;  // the source of one was reported
    for (const model::SpaceId space : context.program[procedure.mission].spaces) {
      if (model::implementation_in(context.program, interface, space) != nullptr) continue;
      const auto config = model::default_config(context.program, space);
      std::vector<std::string> providers;
      for (const model::Implementation& implementation : interface.implementations)
        providers.push_back(implementation.provider);
      const std::string& name = context.program[space].name;
      context.sink
          .report(diagnostics::no_implementation,
                  context.program.tree()[procedure.decl->source].span, interface.name,
                  config
                      ? fmt::format("provider `{}` of space `{}`",
                                    context.program[context.program[*config].provider].name, name)
                      : fmt::format("space `{}`, which has no default provider", name))
          .related(context.program[space].decl->header, fmt::format("`{}` is declared here", name))
          .help(providers.empty()
                    ? "it has no implementations"
                    : fmt::format("it has implementations for {}", base::list_names(providers)));
      break;
    }
  }
}

void check_declared(Context& context) {
  std::set<std::string> reported;
  for (const model::Procedure& procedure : context.program.procedures) {
    const auto& spaces = context.program[procedure.mission].spaces;
    if (spaces.empty()) continue;
    for (const model::NeededProvider& needed :
         model::needed_providers(context.program, context.modules, procedure, spaces.front())) {
      if (needed.declared.valid() || model::lacks_source(context.program, needed.name) ||
          !reported.insert(needed.source).second)
        continue;
      context.sink
          .report(diagnostics::undeclared_provider, procedure.decl->header,
                  fmt::format("procedure `{}`", procedure.name), needed.source)
          .related(needed.span, "it is needed here")
          .help(fmt::format("declare it: `provider \"{}\" {{ source = \"{}\" version = \"…\" }}`",
                            needed.name, needed.source));
    }
  }
}

// The labels that `providers = { hcloud.x = provider.hcloud.label }` names must reach the
// procedure.
void check_labels(Context& context) {
  for (const model::Procedure& procedure : context.program.procedures) {
    if (!procedure.decl->providers.valid()) continue;
    for (const eval::Traversal& traversal :
         eval::free_references(context.program.tree(), procedure.decl->providers)) {
      const model::Reference* reference = context.program.reference(traversal.head);
      if (reference == nullptr || reference->kind != model::RefKind::Provider ||
          traversal.steps.size() < 2)
        continue;
      const std::string& label = traversal.steps[1].name;
      for (const model::FlightId id : context.program[procedure.mission].flights) {
        const auto configs = model::configurations(context.program, context.program[id],
                                                   model::ProviderId(reference->entity));
        if (std::any_of(configs.begin(), configs.end(), [&](model::ConfigId config) {
              return context.program[config].label == label;
            }))
          continue;
        context.sink
            .report(diagnostics::unconfigured_provider, traversal.span,
                    context.text(traversal.span), procedure.name)
            .related(context.program[context.program[id].space].decl->header,
                     "this space has none of that label")
            .help(fmt::format("add `provider \"{}\" \"{}\" {{ … }}` to the space",
                              context.program.providers[reference->entity].name, label));
        break;
      }
    }
  }
}

// A module's `configuration_aliases` must each be given one.
void check_aliases(Context& context) {
  const model::ResolvedProgram& program = context.program;
  for (const model::Procedure& procedure : program.procedures) {
    const auto& spaces = program[procedure.mission].spaces;
    if (spaces.empty()) continue;
    const auto module =
        context.modules.find(model::module_source(program, procedure, spaces.front()));
    if (module == context.modules.end()) continue;
    std::set<std::string> given;
    if (procedure.decl->providers.valid() &&
        program.tree()[procedure.decl->providers].kind == eval::ExprKind::Object) {
      const auto children = program.tree().children(procedure.decl->providers);
      for (std::size_t i = 0; i < children.size(); i += 2)
        given.insert(context.text(program.tree()[children[i]].span));
    }
    for (const model::ModuleProvider& provider : module->second.providers) {
      for (const std::string& alias : provider.aliases) {
        const std::string name =
            alias.find('.') == std::string::npos ? provider.name + "." + alias : alias;
        if (given.contains(name)) continue;
        context.sink
            .report(diagnostics::unconfigured_provider, procedure.decl->header, name,
                    procedure.name)
            .related(provider.span, "the module wants it here")
            .help(
                fmt::format("add `providers = {{ {} = provider.{}.LABEL }}`", name, provider.name));
      }
    }
  }
}

void check_pin(Context& context, const model::RemoteModule& module) {
  const std::string& source = module.address;
  const source::Span span = context.program.tree()[module.source].span;
  const bool git = source.starts_with("git::") || source.starts_with("git@") ||
                   source.starts_with("github.com/");
  const bool oci = source.starts_with("oci://");
  if (git && source.find("ref=") == std::string::npos) {
    context.sink.report(diagnostics::unpinned_module, span, source, "a git address names no `ref`")
        .help("add `?ref=v1.2.3`, or a commit");
  } else if (oci && source.find("digest=") == std::string::npos &&
             source.find("tag=") == std::string::npos) {
    context.sink
        .report(diagnostics::unpinned_module, span, source,
                "an OCI address names no `tag` or `digest`")
        .help("add `?tag=1.2.3`");
  } else if (!git && !oci && source.find("://") == std::string::npos) {
    const std::string& version = module.version;
    const bool exact =
        !version.empty() &&
        version.find_first_not_of("0123456789.-+abcdefghijklmnopqrstuvwxyz") == std::string::npos;
    if (!exact) {
      context.sink
          .report(diagnostics::unpinned_module, span, source,
                  version.empty() ? "it has no `version`" : "its `version` is a range")
          .help("write one exact version: `version = \"1.2.3\"`");
    }
  }
}

void check_pins(Context& context) {
  for (const model::Procedure& procedure : context.program.procedures) {
    for (const model::RemoteModule& module : model::remote_modules(context.program, procedure)) {
      const bool was_reported = module.source == procedure.decl->source &&
                                procedure.decl->version.valid() && module.version.empty();
      if (!was_reported) check_pin(context, module);
    }
  }
}

}  // namespace

void check_providers(Context& context) {
  check_spaces(context);
  check_implementations(context);
  check_declared(context);
  check_labels(context);
  check_aliases(context);
  check_pins(context);
}

}  // namespace space::check
