// Stages that wait for nothing: a procedure that reads nothing of the stage before its own, by
// inputs, body, outputs or the configurations of its providers, could stand there; where that is so
// of all procedures of a stage, the two stages could be one.
#include <algorithm>

#include "compiler/check/lints.h"

namespace space::check {

namespace {

using Earliest = std::vector<std::size_t>;  // by procedure: the first stage that it could stand in

void must_follow(const Context& context, model::ProcedureId reader,
                 const model::Reference& reference, Earliest& earliest) {
  const bool reads = reference.kind == model::RefKind::ProcedureOutput ||
                     reference.kind == model::RefKind::ProcedureObject;
  if (!reads) return;
  std::size_t& stage = earliest[reader.index()];
  stage = std::max(stage, context.program[reference.procedure].stage + 1);
}

// A mission's provider configuration is read by the procedures that need its provider.
void must_follow_configuration(const Context& context, const model::ProviderConfig& config,
                               const model::Reference& reference, Earliest& earliest) {
  const model::ResolvedProgram& program = context.program;
  const model::Mission& mission = program[config.mission];
  if (mission.spaces.empty()) return;
  for (const model::ProcedureId id : mission.procedures) {
    const auto needed =
        model::needed_providers(program, context.modules, program[id], mission.spaces.front());
    if (std::ranges::any_of(needed, [&](const model::NeededProvider& provider) {
          return provider.declared == config.provider;
        }))
      must_follow(context, id, reference, earliest);
  }
}

Earliest earliest_stages(const Context& context) {
  const model::ResolvedProgram& program = context.program;
  Earliest earliest(program.procedures.size(), 0);
  for (const model::Use& use : program.uses) {
    for (std::uint32_t i = 0; i < use.reference_count; ++i) {
      const model::Reference& reference = program.references[use.first_reference + i];
      if (use.site.procedure.valid()) {
        must_follow(context, use.site.procedure, reference, earliest);
      } else if (use.site.config.valid() && program[use.site.config].mission.valid()) {
        must_follow_configuration(context, program[use.site.config], reference, earliest);
      }
    }
  }
  return earliest;
}

}  // namespace

void lint_stages(Context& context) {
  const model::ResolvedProgram& program = context.program;
  const Earliest earliest = earliest_stages(context);
  for (const model::Mission& mission : program.missions) {
    const auto& stages = mission.decl->stages;
    for (std::size_t stage = 1; stage < stages.size(); ++stage) {
      std::vector<model::ProcedureId> here, early;
      for (const model::ProcedureId id : mission.procedures) {
        if (program[id].stage != stage) continue;
        here.push_back(id);
        if (earliest[id.index()] < stage) early.push_back(id);
      }
      if (!here.empty() && early.size() == here.size()) {
        context.sink
            .report(diagnostics::needless_stage, stages[stage].header, stages[stage - 1].name.text,
                    stages[stage].name.text)
            .related(stages[stage - 1].header, "nothing of this one is read in it")
            .help(fmt::format("put its procedures into stage `{}`: they then run beside those",
                              stages[stage - 1].name.text));
        continue;
      }
      for (const model::ProcedureId id : early) {
        const std::string& first = stages[earliest[id.index()]].name.text;
        context.sink
            .report(diagnostics::late_procedure, program[id].decl->header, program[id].name,
                    stages[stage].name.text, first)
            .help("what it reads is there by then; no state moves with a stage");
      }
    }
  }
}

}  // namespace space::check
