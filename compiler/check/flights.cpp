// Missions fly somewhere; what is promoted flies on both sides; a producer flies where its readers
// do; keys are keys.
#include <algorithm>
#include <set>

#include "compiler/check/readers.h"

namespace space::check {

namespace {

using model::RefKind;

void check_missions(Context& context) {
  const model::ResolvedProgram& program = context.program;
  for (const model::Mission& mission : program.missions) {
    if (!mission.places_known) continue;
    if (mission.flights.empty() && !(mission.keyed && mission.instances.empty())) {
      auto report = context.sink.report(diagnostics::no_flight, mission.decl->header, mission.name);
      if (mission.spaces.empty()) {
        report.help("name its spaces: `spaces = [space.fsn1]`");
      } else if (mission.environments.empty()) {
        report.help(
            "there is no environment of kind `prod` or `nonprod`: name some, `environments = "
            "[environment.sandbox]`");
      } else {
        report.help("the `spaces` of its environments leave none of its own");
      }
    }
    for (const model::EnvironmentId id : mission.environments) {
      const model::EnvironmentId from = program[id].promote_from;
      if (!from.valid()) continue;
      if (std::find(mission.environments.begin(), mission.environments.end(), from) !=
          mission.environments.end())
        continue;
      context.sink
          .report(diagnostics::promoted_alone,
                  mission.decl->environments.valid()
                      ? program.tree()[mission.decl->environments].span
                      : mission.decl->header,
                  mission.name, program[id].name, program[from].name)
          .help(fmt::format("add `environment.{}`: what flies in `{}` was tried there",
                            program[from].name, program[id].name));
    }
  }
}

void unknown_key(Context& context, const model::Reference& reference, std::string_view owner,
                 std::vector<std::string> keys,
                 std::source_location origin = std::source_location::current()) {
  auto report = context.sink.report(diagnostics::unknown_key, {reference.span, origin}, owner,
                                    fmt::format("\"{}\"", *reference.key));
  diagnostics::respell_listed(report,
                              {*reference.key, reference.span, context.text(reference.span)},
                              {keys.begin(), keys.end()}, "the keys are", "it has no keys");
}

// Where the reader flies, the producer must, once and unmistakably. Reported at the reference, for
// the first flight.
void check_producer(Context& context, const Reader& reader, const model::Reference& reference) {
  const model::ResolvedProgram& program = context.program;
  const model::Mission& producer = program[reference.mission];
  if (reference.key) {
    std::vector<std::string> keys;
    for (const model::InstanceId id : producer.instances) keys.push_back(program[id].key);
    if (std::find(keys.begin(), keys.end(), *reference.key) == keys.end())
      return unknown_key(context, reference, producer.name, keys);
  }
  if (reference.common) return;  // isolation looks at these
  if (!producer.places_known || !program[reader.mission].places_known) return;
  for (const model::FlightId id : program[reader.mission].flights) {
    const model::Flight& flight = program[id];
    if (reader.space.valid() && flight.space != reader.space) continue;
    if (!model::producer_flights(program, flight, reference).empty()) continue;
    std::vector<std::string> spaces;
    for (const model::FlightId other : producer.flights) {
      if (program[other].environment == flight.environment)
        spaces.push_back(program[program[other].space].name);
    }
    std::sort(spaces.begin(), spaces.end());
    spaces.erase(std::unique(spaces.begin(), spaces.end()), spaces.end());
    std::string why, help;
    if (spaces.empty()) {
      why = fmt::format("mission `{}` does not fly in `{}`", producer.name,
                        program[flight.environment].name);
      help = fmt::format("add `environment.{}` to the `environments` of mission `{}`",
                         program[flight.environment].name, producer.name);
    } else if (reference.space.valid()) {
      why = fmt::format("mission `{}` does not fly in space `{}` there", producer.name,
                        program[reference.space].name);
      help = fmt::format("it flies in {}", base::list_names(spaces));
    } else {
      why = fmt::format("mission `{}` flies in several spaces, and not in `{}`", producer.name,
                        program[flight.space].name);
      help = fmt::format("say which: `mission.{}[\"{}\"]`", producer.name, spaces.front());
    }
    context.sink
        .report(diagnostics::not_flown, reference.span, context.text(reference.span), flight.id,
                why)
        .related(producer.decl->header, fmt::format("`{}` is declared here", producer.name))
        .help(help);
    return;
  }
}

void check_procedure_key(Context& context, const model::Reference& reference) {
  const model::Procedure& procedure = context.program[reference.procedure];
  if (!reference.key || std::find(procedure.keys.begin(), procedure.keys.end(), *reference.key) !=
                            procedure.keys.end())
    return;
  unknown_key(context, reference, fmt::format("procedure.{}", procedure.name), procedure.keys);
}

}  // namespace

void check_flights(Context& context) {
  check_missions(context);
  for (const model::Use& use : context.program.uses) {
    for (std::uint32_t i = 0; i < use.reference_count; ++i) {
      const model::Reference& reference = context.program.references[use.first_reference + i];
      switch (reference.kind) {
        case RefKind::ExportValue:
        case RefKind::ExportObject:
        case RefKind::ExportSpace:
          for (const Reader& reader : readers_of(context, use))
            check_producer(context, reader, reference);
          break;
        case RefKind::ProcedureOutput:
          check_procedure_key(context, reference);
          break;
        default:
          break;
      }
    }
  }
}

}  // namespace space::check
