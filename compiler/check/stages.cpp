// Law 1: a procedure reads outputs only of earlier stages, and its provider configurations too.
#include "compiler/check/laws.h"

namespace space::check {

namespace {

using model::RefKind;

bool reads_procedure(const model::Reference& reference) {
  return reference.kind == RefKind::ProcedureOutput || reference.kind == RefKind::ProcedureObject;
}

const std::string& stage_label(const Context& context, const model::Procedure& procedure) {
  return context.program.stage_of(procedure).name.text;
}

// The earliest stage in which `reader` could stand and read `producer`, in words.
std::string legal_stage(const Context& context, const model::Procedure& producer) {
  const auto& stages = context.program[producer.mission].decl->stages;
  if (producer.stage + 1 < stages.size()) {
    return fmt::format("stage `{}` is the earliest that may read it",
                       stages[producer.stage + 1].name.text);
  }
  const int next = std::stoi(stage_label(context, producer)) + 10;
  return next > 999 ? std::string("no later stage is there")
                    : fmt::format("a later stage may read it: add stage `{:03}`", next);
}

void check_reference(Context& context, const model::Procedure& reader,
                     const model::Reference& reference) {
  const model::Procedure& producer = context.program[reference.procedure];
  if (&producer == &reader) {
    context.sink.report(diagnostics::reads_itself, reference.span, reader.name)
        .help("inside a body, read the resource itself");
    return;
  }
  if (producer.stage < reader.stage) return;
  context.sink
      .report(diagnostics::stage_order, reference.span, reader.name, stage_label(context, reader),
              context.text(reference.span), stage_label(context, producer))
      .label("outputs are known one stage later")
      .related(producer.decl->header, fmt::format("`{}` stands in stage `{}`", producer.name,
                                                  stage_label(context, producer)))
      .related(reader.decl->header,
               fmt::format("`{}` stands in stage `{}`", reader.name, stage_label(context, reader)))
      .note("stages run in series, the procedures of a stage in parallel")
      .help(fmt::format("{}, or move `{}` to an earlier one", legal_stage(context, producer),
                        producer.name));
}

// The reader's provider configurations, whose expressions are the mission's own.
void check_configurations(Context& context, const model::Use& use) {
  if (!use.site.config.valid()) return;
  const model::ProviderConfig& config = context.program[use.site.config];
  if (!config.mission.valid()) return;
  for (std::uint32_t i = 0; i < use.reference_count; ++i) {
    const model::Reference& reference = context.program.references[use.first_reference + i];
    if (!reads_procedure(reference)) continue;
    const model::Procedure& producer = context.program[reference.procedure];
    for (const model::ProcedureId id : context.program[config.mission].procedures) {
      const model::Procedure& reader = context.program[id];
      if (reader.stage > producer.stage || context.program[config.mission].spaces.empty()) continue;
      for (const model::NeededProvider& needed :
           model::needed_providers(context.program, context.modules, reader,
                                   context.program[config.mission].spaces.front())) {
        if (needed.declared != config.provider ||
            !model::is_used(context.program, reader, needed, config))
          continue;
        context.sink
            .report(diagnostics::provider_stage_order, reader.decl->header, reader.name,
                    stage_label(context, reader), context.program[config.provider].name,
                    context.text(reference.span), stage_label(context, producer))
            .related(reference.span, "the configuration reads it here")
            .help(legal_stage(context, producer));
      }
    }
  }
}

}  // namespace

void check_stages(Context& context) {
  for (const model::Use& use : context.program.uses) {
    if (use.site.kind == model::SiteKind::ProviderConfiguration) {
      check_configurations(context, use);
      continue;
    }
    if (!use.site.procedure.valid()) continue;
    const model::Procedure& reader = context.program[use.site.procedure];
    for (std::uint32_t i = 0; i < use.reference_count; ++i) {
      const model::Reference& reference = context.program.references[use.first_reference + i];
      if (reads_procedure(reference)) check_reference(context, reader, reference);
    }
  }
}

}  // namespace space::check
