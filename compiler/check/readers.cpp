#include "compiler/check/readers.h"

#include <algorithm>

namespace space::check {

namespace {

bool is_configured_by(const Context& context, const model::Procedure& procedure,
                      const model::ProviderConfig& config) {
  const auto needed =
      model::needed_providers(context.program, context.modules, procedure, config.space);
  return std::any_of(needed.begin(), needed.end(), [&](const model::NeededProvider& provider) {
    return provider.declared == config.provider &&
           model::is_used(context.program, procedure, provider, config);
  });
}

// Its own configuration of that label wins.
bool has_its_own(const model::ResolvedProgram& program, const model::Mission& mission,
                 const model::ProviderConfig& config) {
  return std::any_of(mission.configs.begin(), mission.configs.end(), [&](model::ConfigId id) {
    return program[id].provider == config.provider && program[id].label == config.label;
  });
}

bool flies_in(const model::ResolvedProgram& program, const model::Mission& mission,
              model::SpaceId space) {
  return std::any_of(mission.flights.begin(), mission.flights.end(),
                     [&](model::FlightId id) { return program[id].space == space; });
}

}  // namespace

bool reads_export(const model::Reference& reference) {
  return reference.kind == model::RefKind::ExportValue ||
         reference.kind == model::RefKind::ExportObject ||
         reference.kind == model::RefKind::ExportSpace;
}

std::vector<Reader> readers_of(const Context& context, const model::Use& use) {
  const model::ResolvedProgram& program = context.program;
  if (use.site.mission.valid()) return {{use.site.mission, {}}};
  if (!use.site.config.valid() || use.reference_count == 0) return {};
  const model::ProviderConfig& config = program[use.site.config];
  std::vector<Reader> readers;
  for (std::size_t i = 0; i < program.missions.size(); ++i) {
    const model::Mission& mission = program.missions[i];
    if (!flies_in(program, mission, config.space) || has_its_own(program, mission, config))
      continue;
    const bool configured = std::any_of(
        mission.procedures.begin(), mission.procedures.end(),
        [&](model::ProcedureId id) { return is_configured_by(context, program[id], config); });
    if (configured) readers.push_back({model::MissionId(i), config.space});
  }
  return readers;
}

}  // namespace space::check
