// Ids for everything that has a name. Declarations are sorted by name; of doubles (reported by
// program) the first counts.
#include <algorithm>

#include "compiler/names/context.h"

namespace space::names {

namespace {

template <class Decls, class Make>
void each_unique(const Decls& decls, Make make) {
  for (std::size_t i = 0; i < decls.size(); ++i) {
    if (i > 0 && decls[i].name.text == decls[i - 1].name.text) continue;
    make(decls[i]);
  }
}

model::ConfigId declare_config(Context& context, const model::ProviderConfigDecl& decl,
                               model::SpaceId space, model::MissionId mission) {
  model::ProviderConfig config;
  config.decl = &decl;
  config.label = decl.label.text;
  config.space = space;
  config.mission = mission;
  const std::size_t provider = find_name(context.resolved.providers, decl.name.text);
  if (provider == k_npos) {
    context.sink.report(diagnostics::unknown_name, decl.name.span, "provider", decl.name.text, "")
        .label("no `provider` block at the top declares it")
        .help(suggest(decl.name.text, names_of(context.resolved.providers), "providers"));
  } else {
    config.provider = model::ProviderId(provider);
  }
  context.resolved.configs.push_back(std::move(config));
  return model::ConfigId(context.resolved.configs.size() - 1);
}

void declare_procedures(Context& context, model::MissionId id) {
  model::Mission& mission = context.resolved.missions[id.index()];
  for (std::size_t stage = 0; stage < mission.decl->stages.size(); ++stage) {
    for (const model::ProcedureDecl& decl : mission.decl->stages[stage].procedures) {
      model::Procedure procedure;
      procedure.decl = &decl;
      procedure.name = decl.name.text;
      procedure.mission = id;
      procedure.stage = stage;
      procedure.keyed = decl.for_each.valid();
      mission.procedures.push_back(model::ProcedureId(context.resolved.procedures.size()));
      context.resolved.procedures.push_back(std::move(procedure));
    }
  }
}

}  // namespace

void declare_entities(Context& context) {
  const model::Program& program = context.program;
  model::ResolvedProgram& resolved = context.resolved;
  resolved.reference_of_head.assign(program.expressions.size(), model::ResolvedProgram::k_none);

  each_unique(program.environments, [&](const auto& decl) {
    model::Environment environment;
    environment.decl = &decl;
    environment.name = decl.name.text;
    resolved.environments.push_back(std::move(environment));
  });
  each_unique(program.providers, [&](const auto& decl) {
    model::Provider provider;
    provider.decl = &decl;
    provider.name = decl.name.text;
    resolved.providers.push_back(std::move(provider));
  });
  each_unique(program.secrets, [&](const auto& decl) {
    model::Secret secret;
    secret.decl = &decl;
    secret.name = decl.name.text;
    resolved.secrets.push_back(std::move(secret));
  });
  each_unique(program.remotes, [&](const auto& decl) {
    model::Remote remote;
    remote.decl = &decl;
    remote.name = decl.name.text;
    remote.type = decl.type.text;
    resolved.remotes.push_back(std::move(remote));
  });
  each_unique(program.interfaces, [&](const auto& decl) {
    model::Interface interface;
    interface.decl = &decl;
    interface.name = decl.name.text;
    resolved.interfaces.push_back(std::move(interface));
  });
  each_unique(program.spaces, [&](const auto& decl) {
    model::Space space;
    space.decl = &decl;
    space.name = decl.name.text;
    const model::SpaceId id(resolved.spaces.size());
    for (const auto& config : decl.providers) {
      space.configs.push_back(declare_config(context, config, id, model::MissionId()));
    }
    resolved.spaces.push_back(std::move(space));
  });
  each_unique(program.missions, [&](const auto& decl) {
    model::Mission mission;
    mission.decl = &decl;
    mission.name = decl.name.text;
    mission.keyed = decl.for_each.valid();
    const model::MissionId id(resolved.missions.size());
    for (const auto& config : decl.providers) {
      mission.configs.push_back(declare_config(context, config, model::SpaceId(), id));
    }
    resolved.missions.push_back(std::move(mission));
    declare_procedures(context, id);
  });
}

}  // namespace space::names
