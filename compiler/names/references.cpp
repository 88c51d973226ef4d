// One reference to what it means: a table of roots, and one small function for each.
#include "compiler/names/resolving.h"

namespace space::names {

using eval::Traversal;
using model::Reference;
using model::RefKind;
using model::SiteKind;

namespace {

bool may_defer(SiteKind kind) {
  switch (kind) {
    case SiteKind::ProcedureInput:
    case SiteKind::ProcedureBody:
    case SiteKind::ProcedureOutputValue:
    case SiteKind::ExportValue:
    case SiteKind::ProviderConfiguration:
      return true;
    default:
      return false;
  }
}

void resolve_variable(Resolving& r) {
  const std::string_view name = r.attribute(0);
  if (name.empty()) return bad_reference(r, "it names no variable", "write `var.NAME`");
  if (!in_mission(r.site)) {
    return not_allowed(r, describe(r.site.kind),
                       "variables belong to a mission: outside of one, use `local.NAME`");
  }
  const auto& variables = r.context.resolved[r.site.mission].decl->variables;
  const std::size_t index = find_decl(variables, name);
  if (index == k_npos) {
    return unknown(r, 0, "variable",
                   fmt::format(" in mission `{}`", r.context.resolved[r.site.mission].name),
                   decl_names_of(variables), "variables");
  }
  r.reference.index = index;
  r.take(RefKind::Variable, 1);
}

void resolve_local(Resolving& r) {
  const std::string_view name = r.attribute(0);
  if (name.empty()) return bad_reference(r, "it names no local", "write `local.NAME`");
  if (r.site.procedure.valid() &&
      body_declares_local(*r.context.resolved[r.site.procedure].decl, name)) {
    return r.take(RefKind::Body, 1);
  }
  std::vector<std::string> names;
  if (in_mission(r.site)) {
    const auto& locals = r.context.resolved[r.site.mission].decl->locals;
    const std::size_t index = find_decl(locals, name);
    if (index != k_npos) {
      r.reference.index = index;
      r.reference.mission = r.site.mission;
      return r.take(RefKind::MissionLocal, 1);
    }
    names = decl_names_of(locals);
  }
  const std::size_t index = find_decl(r.context.program.locals, name);
  if (index != k_npos) {
    r.reference.index = index;
    return r.take(RefKind::TopLocal, 1);
  }
  for (const auto& local : r.context.program.locals) names.push_back(local.name.text);
  unknown(r, 0, "local", "", names, "locals");
}

void resolve_secret(Resolving& r) {
  const std::string_view name = r.attribute(0);
  if (name.empty()) return bad_reference(r, "it names no secret", "write `secret.NAME`");
  const std::size_t index = find_name(r.context.resolved.secrets, name);
  if (index == k_npos)
    return unknown(r, 0, "secret", "", names_of(r.context.resolved.secrets), "secrets");
  switch (r.site.kind) {
    case SiteKind::ProcedureInput:
    case SiteKind::ProcedureBody:
    case SiteKind::ProviderConfiguration:
    case SiteKind::RemoteSecret:
    case SiteKind::RemoteArgument:  // check knows what the argument is for
    case SiteKind::Values:          // and whether the variable is a secret
      break;
    default:
      return not_allowed(r, describe(r.site.kind),
                         "a secret goes into a procedure's input, a provider configuration, or a "
                         "remote's `env` or `encryption`");
  }
  r.reference.entity = static_cast<std::uint32_t>(index);
  r.take(RefKind::Secret, 1);
}

void resolve_flight(Resolving& r) {
  static const std::pair<std::string_view, RefKind> facts[] = {
      {"environment", RefKind::FlightEnvironment},
      {"mission", RefKind::FlightMission},
      {"namespace", RefKind::FlightNamespace},
      {"region", RefKind::FlightRegion},
      {"space", RefKind::FlightSpace},
      {"unique", RefKind::FlightUnique},
  };
  const std::string_view name = r.attribute(0);
  if (name.empty())
    return bad_reference(r, "it says nothing of the flight", "write `flight.namespace`, say");
  const bool place = in_mission(r.site) || r.site.kind == SiteKind::RemoteArgument ||
                     r.site.kind == SiteKind::RemoteSecret ||
                     r.site.kind == SiteKind::SecretArgument ||
                     r.site.kind == SiteKind::ProviderConfiguration;
  const bool knows_environment =
      r.site.kind == SiteKind::RemoteArgument || r.site.kind == SiteKind::RemoteSecret ||
      r.site.kind == SiteKind::SecretArgument || r.site.kind == SiteKind::ProviderConfiguration;
  if (!place || r.site.kind == SiteKind::Static || r.site.kind == SiteKind::VariableDefault) {
    return not_allowed(r, describe(r.site.kind),
                       "`flight` is known where a flight is: in missions, remotes, provider "
                       "configurations and secrets");
  }
  if (name == "environment" || name == "facts") {
    if (!knows_environment) {
      r.context.sink.report(diagnostics::environment_known, r.traversal.span, r.text())
          .label("code that knows its environment is not the same code in each")
          .help("declare a variable with `varies` and give it in `values`");
      return;
    }
    if (name == "environment") return r.take(RefKind::FlightEnvironment, 1);
    std::string_view fact = r.attribute(1);
    if (fact.empty()) return bad_reference(r, "it names no fact", "write `flight.facts.NAME`");
    r.reference.name = fact;
    return r.take(RefKind::FlightFact, 2);
  }
  for (const auto& [known, kind] : facts) {
    if (known == name) return r.take(kind, 1);
  }
  auto report = r.context.sink.report(diagnostics::unknown_member, r.step_span(0), "flight", name);
  suggest(r.context, report, name, r.step_span(0),
          {"environment", "facts", "mission", "namespace", "region", "space", "unique"}, "members");
}

void resolve_instance(Resolving& r) {
  const bool keyed = (r.site.procedure.valid() && r.context.resolved[r.site.procedure].keyed) ||
                     (in_mission(r.site) && r.context.resolved[r.site.mission].keyed);
  if (!keyed) {
    return not_allowed(r, "here",
                       "`instance` is known in a mission or procedure that has `for_each`");
  }
  if (r.attribute(0) == "key") return r.take(RefKind::InstanceKey, 1);
  if (r.attribute(0) == "value") return r.take(RefKind::InstanceValue, 1);
  bad_reference(r, "it is neither `instance.key` nor `instance.value`",
                "write `instance.key` or `instance.value`");
}

template <class Vector>
void resolve_entity(Resolving& r, RefKind kind, std::string_view word, const Vector& entities) {
  const std::string_view name = r.attribute(0);
  if (name.empty())
    return bad_reference(r, fmt::format("it names no {}", word),
                         fmt::format("write `{}.NAME`", word));
  const std::size_t found = find_name(entities, name);
  if (found == k_npos) return unknown(r, 0, word, "", names_of(entities), fmt::format("{}s", word));
  if (r.site.kind != SiteKind::Static && r.site.kind != SiteKind::TopLocalValue &&
      r.site.kind != SiteKind::MissionLocalValue) {
    if (kind == RefKind::Environment && in_mission(r.site)) {
      r.context.sink.report(diagnostics::environment_joined, r.traversal.span, r.text(), name)
          .label("environments never meet")
          .help("declare a variable with `varies` and give each environment its own in `values`");
      return;
    }
    return not_allowed(r, describe(r.site.kind),
                       fmt::format("`{}.{}` is a name of the program, not a value", word, name));
  }
  r.reference.entity = static_cast<std::uint32_t>(found);
  r.take(kind, 1);
}

void resolve_root(Resolving& r) {
  const std::string_view root = r.traversal.root;
  const bool deferred = root == "procedure" || root == "common" ||
                        (root == "mission" && r.site.kind != SiteKind::Static);
  if (deferred && r.site.kind == SiteKind::Static) {
    r.context.sink.report(diagnostics::not_static, r.traversal.span, "what stands here", r.text())
        .label("this is known only after an apply")
        .help("a static position takes literals, locals, names, regions and files");
    return;
  }
  if (deferred && !may_defer(r.site.kind)) {
    return not_allowed(r, describe(r.site.kind),
                       "outputs and exports are read in inputs, bodies, outputs, exports and "
                       "provider configurations");
  }
  if (root == "var") return resolve_variable(r);
  if (root == "local") return resolve_local(r);
  if (root == "secret") return resolve_secret(r);
  if (root == "flight") return resolve_flight(r);
  if (root == "instance") return resolve_instance(r);
  if (root == "procedure") return resolve_procedure(r);
  if (root == "mission") return resolve_export(r, Through::Mission);
  if (root == "common") return resolve_export(r, Through::Common);
  const model::ResolvedProgram& resolved = r.context.resolved;
  if (root == "environment")
    return resolve_entity(r, RefKind::Environment, "environment", resolved.environments);
  if (root == "space") return resolve_entity(r, RefKind::Space, "space", resolved.spaces);
  if (root == "provider")
    return resolve_entity(r, RefKind::Provider, "provider", resolved.providers);
  if (root == "remote") return resolve_entity(r, RefKind::Remote, "remote", resolved.remotes);
  if (root == "interface")
    return resolve_entity(r, RefKind::Interface, "interface", resolved.interfaces);
  resolve_other(r);
}

}  // namespace

void add_use(Context& context, model::Site site, model::ExprId expr) {
  if (!expr.valid()) return;
  model::ResolvedProgram& resolved = context.resolved;
  model::Use use{site, expr, static_cast<std::uint32_t>(resolved.references.size()), 0};
  for (const Traversal& traversal : eval::free_references(context.program.expressions, expr)) {
    Reference reference;
    reference.head = traversal.head;
    reference.span = context.program.expressions[traversal.head].span;
    Resolving resolving{context, site, traversal, reference};
    resolve_root(resolving);
    resolved.reference_of_head[traversal.head.index()] =
        static_cast<std::uint32_t>(resolved.references.size());
    resolved.references.push_back(std::move(reference));
  }
  use.reference_count =
      static_cast<std::uint32_t>(resolved.references.size()) - use.first_reference;
  resolved.uses.push_back(use);
}

}  // namespace space::names
