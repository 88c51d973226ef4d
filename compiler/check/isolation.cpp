// Law 2: no reference joins two environments, but reading what common exports; common reads nobody;
// a sandbox reads common's missions as they fly in that sandbox. And no two environments keep their
// states in one place.
#include <algorithm>
#include <map>
#include <set>

#include "compiler/check/readers.h"
#include "compiler/model/remote_place.h"

namespace space::check {

namespace {

using model::EnvironmentKind;

bool flies_in(const model::ResolvedProgram& program, model::MissionId mission,
              model::EnvironmentId environment) {
  const auto& flights = program[mission].flights;
  return std::any_of(flights.begin(), flights.end(),
                     [&](model::FlightId id) { return program[id].environment == environment; });
}

void check_common_read(Context& context, const model::Mission& reader,
                       const model::Reference& reference) {
  const model::ResolvedProgram& program = context.program;
  const std::string text = context.text(reference.span);
  const bool is_known = reader.places_known && program[reference.mission].places_known;
  for (const model::EnvironmentId id : reader.environments) {
    const model::Environment& environment = program[id];
    if (!environment.kind_known) continue;
    if (environment.kind == EnvironmentKind::Common) {
      context.sink.report(diagnostics::common_reads, reference.span, reader.name, environment.name)
          .label("this reads from `common`")
          .related(reader.decl->header,
                   fmt::format("`{}` flies in `{}`", reader.name, environment.name))
          .help(fmt::format("inside one environment, write `mission.{}`",
                            program[reference.mission].name));
      return;
    }
    if (environment.kind == EnvironmentKind::Sandbox) {
      if (!is_known || flies_in(program, reference.mission, id)) continue;
      const model::Mission& producer = program[reference.mission];
      context.sink
          .report(diagnostics::sandbox_export, reference.span, text, environment.name,
                  producer.name)
          .label("a sandbox reads nobody: it flies its own")
          .related(producer.decl->header,
                   fmt::format("`{}` names the environments that it flies in", producer.name))
          .help(fmt::format("add `environment.{}` to the `environments` of `{}`", environment.name,
                            producer.name));
      return;
    }
    const auto read = model::environment_read(program, id, reference);
    if (!read) {
      if (!std::ranges::all_of(program.environments, &model::Environment::kind_known)) return;
      context.sink.report(diagnostics::no_common, reference.span, text)
          .help(
              "declare one, `environment \"common\" { kind = \"common\" }`, or read "
              "`mission.NAME.EXPORT`");
      return;
    }
    const auto flight =
        std::find_if(reader.flights.begin(), reader.flights.end(),
                     [&](model::FlightId one) { return program[one].environment == id; });
    if (is_known && flight != reader.flights.end() &&
        !flies_in(program, reference.mission, *read)) {
      const model::Mission& producer = program[reference.mission];
      context.sink
          .report(
              diagnostics::not_flown, reference.span, text, program[*flight].id,
              fmt::format("mission `{}` does not fly in `{}`", producer.name, program[*read].name))
          .related(producer.decl->header, fmt::format("`{}` is declared here", producer.name))
          .help(fmt::format("add `environment.{}` to the `environments` of mission `{}`",
                            program[*read].name, producer.name));
      return;
    }
  }
}

}  // namespace

void check_isolation(Context& context) {
  for (const model::Use& use : context.program.uses) {
    for (std::uint32_t i = 0; i < use.reference_count; ++i) {
      const model::Reference& reference = context.program.references[use.first_reference + i];
      if (!reads_export(reference) || !reference.common) continue;
      for (const Reader& reader : readers_of(context, use))
        check_common_read(context, context.program[reader.mission], reference);
    }
  }
}

void check_backends(Context& context) {
  const model::ResolvedProgram& program = context.program;
  std::map<std::string, std::set<model::EnvironmentId>> by_place;
  for (const model::Flight& flight : program.flights) {
    if (model::is_place_known(program, flight))
      by_place[model::remote_place(program, flight)].insert(flight.environment);
  }
  std::set<std::pair<model::EnvironmentId, model::EnvironmentId>> reported;
  for (const auto& [place, environments] : by_place) {
    for (auto first = environments.begin(); first != environments.end(); ++first) {
      for (auto second = std::next(first); second != environments.end(); ++second) {
        if (!reported.insert({*first, *second}).second) continue;
        const auto remote = std::find_if(
            program.remotes.begin(), program.remotes.end(), [&](const model::Remote& candidate) {
              return std::any_of(
                  program.flights.begin(), program.flights.end(), [&](const model::Flight& flight) {
                    return flight.environment == *first && program[flight.space].remote.valid() &&
                           &program[program[flight.space].remote] == &candidate &&
                           model::remote_place(program, flight) == place;
                  });
            });
        context.sink
            .report(diagnostics::shared_backend,
                    remote == program.remotes.end() ? source::Span() : remote->decl->header,
                    program[*first].name, program[*second].name, place)
            .related(program[*first].decl->header, "one environment")
            .related(program[*second].decl->header, "the other")
            .help("make the place differ by a fact: `bucket = flight.facts.bucket`, say");
      }
    }
  }
}

}  // namespace space::check
