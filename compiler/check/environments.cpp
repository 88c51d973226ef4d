// Environments themselves: at most one common, promotion forms chains, facts have the same keys in
// all.
#include <algorithm>
#include <set>

#include "compiler/check/laws.h"

namespace space::check {

namespace {

void check_common_count(Context& context) {
  const model::Environment* first = nullptr;
  for (const model::Environment& environment : context.program.environments) {
    if (environment.kind != model::EnvironmentKind::Common) continue;
    if (first != nullptr) {
      context.sink
          .report(diagnostics::common_count, environment.decl->header, first->name,
                  environment.name)
          .related(first->decl->header, "the first one")
          .help(
              "what all environments share is one risk: keep one, or give the other another kind");
    } else {
      first = &environment;
    }
  }
}

void check_promotion(Context& context) {
  const model::ResolvedProgram& program = context.program;
  for (std::size_t i = 0; i < program.environments.size(); ++i) {
    const model::Environment& environment = program.environments[i];
    if (!environment.promote_from.valid()) continue;
    const source::Span span = context.program.tree()[environment.decl->promote_from].span;
    const model::Environment& from = program[environment.promote_from];
    const auto promotes = [](model::EnvironmentKind kind) {
      return kind == model::EnvironmentKind::Prod || kind == model::EnvironmentKind::Nonprod;
    };
    if (!promotes(environment.kind) || !promotes(from.kind)) {
      context.sink
          .report(diagnostics::promote_chain, span, environment.name,
                  fmt::format("cannot be promoted from `{}`", from.name))
          .help("promotion leads from `nonprod` to `nonprod` or `prod`");
      continue;
    }
    std::set<std::uint32_t> seen = {static_cast<std::uint32_t>(i)};
    for (model::EnvironmentId at = environment.promote_from; at.valid();
         at = program[at].promote_from) {
      if (!seen.insert(at.value).second) {
        context.sink
            .report(diagnostics::promote_chain, span, environment.name,
                    "is promoted from itself, round a circle")
            .help("promotion is a chain that begins somewhere");
        break;
      }
    }
  }
}

void check_facts(Context& context) {
  std::set<std::string> keys;
  for (const model::Environment& environment : context.program.environments) {
    for (const auto& [name, value] : environment.facts) keys.insert(name);
  }
  for (const model::Environment& environment : context.program.environments) {
    for (const std::string& key : keys) {
      if (environment.facts.contains(key)) continue;
      const source::Span span = environment.decl->facts.valid()
                                    ? context.program.tree()[environment.decl->facts].span
                                    : environment.decl->header;
      context.sink.report(diagnostics::facts_differ, span, environment.name, key)
          .help("facts have the same keys in every environment");
      break;
    }
  }
  for (const model::Reference& reference : context.program.references) {
    if (reference.kind != model::RefKind::FlightFact || keys.contains(reference.name)) continue;
    auto report = context.sink.report(diagnostics::unknown_member, reference.span, "flight.facts",
                                      reference.name);
    diagnostics::respell_listed(
        report, {reference.name, reference.span, context.sources.text(reference.span)},
        {keys.begin(), keys.end()}, "the facts are", "no environment has `facts`");
  }
}

}  // namespace

void check_environments(Context& context) {
  check_common_count(context);
  check_promotion(context);
  check_facts(context);
}

}  // namespace space::check
