// Ids for everything that has a name. Declarations are sorted by name; of doubles (reported by
// program) the first counts.
#include <algorithm>

#include "compiler/names/context.h"

namespace space::names {

namespace {

// One entity for each name, with its declaration; of doubles (reported by program) the first
// counts.
template <class Decls, class Entities>
void declare(const Decls& decls, Entities& entities) {
  for (const auto& decl : decls) {
    if (!entities.empty() && entities.back().name == decl.name.text) continue;
    auto& entity = entities.emplace_back();
    entity.decl = &decl;
    entity.name = decl.name.text;
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
    auto report = context.sink.report(diagnostics::unknown_name, decl.name.span, "provider",
                                      decl.name.text, "");
    report.label("no `provider` block at the top declares it");
    suggest(context, report, decl.name.text, decl.name.span, names_of(context.resolved.providers),
            "providers");
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

  declare(program.environments, resolved.environments);
  declare(program.providers, resolved.providers);
  declare(program.secrets, resolved.secrets);
  declare(program.remotes, resolved.remotes);
  declare(program.interfaces, resolved.interfaces);
  declare(program.spaces, resolved.spaces);
  declare(program.missions, resolved.missions);

  for (model::Remote& remote : resolved.remotes) remote.type = remote.decl->type.text;
  for (std::size_t i = 0; i < resolved.spaces.size(); ++i) {
    model::Space& space = resolved.spaces[i];
    for (const auto& config : space.decl->providers) {
      space.configs.push_back(
          declare_config(context, config, model::SpaceId(i), model::MissionId()));
    }
  }
  for (std::size_t i = 0; i < resolved.missions.size(); ++i) {
    model::Mission& mission = resolved.missions[i];
    mission.keyed = mission.decl->for_each.valid();
    for (const auto& config : mission.decl->providers) {
      mission.configs.push_back(
          declare_config(context, config, model::SpaceId(), model::MissionId(i)));
    }
    declare_procedures(context, model::MissionId(i));
  }
}

}  // namespace space::names
