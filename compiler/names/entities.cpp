// What is static of each named thing: pins, kinds, facts, regions, remotes, lists of names,
// sources.
#include <algorithm>

#include "compiler/names/entity_lists.h"
#include "compiler/names/static_scope.h"
#include "core/base/strings.h"

namespace space::names {

namespace {

using model::RefKind;

const StaticPlace k_nowhere;
constexpr std::string_view k_list_of_environments =
    "a list of environments, such as `[environment.prod]`";
constexpr std::string_view k_list_of_spaces = "a list of spaces, such as `[space.fsn1]`";

template <class IdType>
std::vector<IdType> ids(const std::vector<EntityRef>& refs) {
  std::vector<IdType> out;
  for (const EntityRef& ref : refs) out.push_back(IdType(ref.entity));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void evaluate_project(Context& context) {
  if (!context.program.project) return;
  const model::ProjectDecl& decl = *context.program.project;
  model::Project& project = context.resolved.project;
  project.name = decl.name.text;
  if (const auto edition = static_integer(context, k_nowhere, decl.edition, "`edition`")) {
    project.edition = *edition;
    if (*edition != 2026) {
      context.sink.report(diagnostics::invalid_value,
                          context.program.expressions[decl.edition].span, "edition",
                          fmt::format("is {}, and this spacec knows 2026", *edition));
    }
  }
  if (const auto contract = static_string(context, k_nowhere, decl.contract, "`contract`")) {
    project.contract = *contract;
    if (*contract != "1.0") {
      context.sink.report(diagnostics::invalid_value,
                          context.program.expressions[decl.contract].span, "contract",
                          fmt::format("is \"{}\", and this spacec knows \"1.0\"", *contract));
    }
  }
  if (const auto tofu = static_string(context, k_nowhere, decl.tofu, "`tofu`")) {
    project.tofu = *tofu;
    if (tofu->find_first_not_of("0123456789.") != std::string::npos ||
        std::count(tofu->begin(), tofu->end(), '.') != 2) {
      context.sink
          .report(diagnostics::invalid_value, context.program.expressions[decl.tofu].span, "tofu",
                  "must be one exact version")
          .help("write `tofu = \"1.12.6\"`");
    }
  }
  project.providers = static_strings(context, k_nowhere, decl.providers, "`providers`");
  project.sources = static_strings(context, k_nowhere, decl.sources, "`sources`");
  if (!project.sources) return;
  for (std::string& source : *project.sources) {
    if (source.starts_with("."))
      source = project_path(context, context.program.expressions[decl.sources].span, source);
  }
}

void evaluate_environment(Context& context, model::Environment& environment) {
  static constexpr std::pair<std::string_view, model::EnvironmentKind> kinds[] = {
      {"prod", model::EnvironmentKind::Prod},
      {"nonprod", model::EnvironmentKind::Nonprod},
      {"common", model::EnvironmentKind::Common},
      {"sandbox", model::EnvironmentKind::Sandbox}};
  const model::EnvironmentDecl& decl = *environment.decl;
  if (const auto kind = static_string(context, k_nowhere, decl.kind, "`kind`")) {
    const auto* found = std::find_if(std::begin(kinds), std::end(kinds),
                                     [&](const auto& row) { return row.first == *kind; });
    if (found != std::end(kinds)) {
      environment.kind = found->second;
      environment.kind_known = true;
    } else {
      context.sink
          .report(diagnostics::invalid_value, context.program.expressions[decl.kind].span, "kind",
                  fmt::format("is \"{}\"", *kind))
          .help("the kinds are `prod`, `nonprod`, `common` and `sandbox`");
    }
  }
  if (const auto from = entity(context, decl.promote_from, RefKind::Environment,
                               "an environment, such as `environment.nonprod`")) {
    environment.promote_from = model::EnvironmentId(from->entity);
  }
  if (decl.spaces.valid()) {
    const EntityList spaces = entity_list(context, decl.spaces, RefKind::Space, k_list_of_spaces);
    environment.spaces = ids<model::SpaceId>(spaces.refs);
    environment.spaces_known = spaces.is_whole;
  }
  environment.approvals = environment.kind == model::EnvironmentKind::Sandbox ? 0 : 1;
  if (const auto approvals = static_integer(context, k_nowhere, decl.approvals, "`approvals`")) {
    if (*approvals < environment.approvals) {
      context.sink.report(diagnostics::invalid_value,
                          context.program.expressions[decl.approvals].span, "approvals",
                          "must be 1 or more under contract 1.0");
    }
    environment.approvals = *approvals;
  }
  if (decl.facts.valid() && require_static(context, decl.facts, "`facts`") == Staticness::Static) {
    const values::Value facts = evaluate_static(context, k_nowhere, decl.facts);
    if (!facts.is_known()) return;
    const bool keyed = !facts.is_null() && (facts.type().kind() == values::TypeKind::Object ||
                                            facts.type().kind() == values::TypeKind::Map);
    if (!keyed) {
      context.sink.report(diagnostics::type_mismatch, context.program.expressions[decl.facts].span,
                          "`facts`", "an object", values::describe(facts.type()));
      return;
    }
    for (const auto& [name, value] : facts.as_map()) environment.facts.emplace(name, value);
  }
}

void evaluate_secret(Context& context, model::Secret& secret) {
  const model::SecretDecl& decl = *secret.decl;
  const int given = (decl.from_env.valid() ? 1 : 0) + (decl.from_file.valid() ? 1 : 0) +
                    (decl.from_command.valid() ? 1 : 0);
  if (given == 0) {
    context.sink
        .report(diagnostics::missing_argument, decl.header, fmt::format("secret `{}`", secret.name),
                "from_env")
        .help("say where its value is fetched: `from_env`, `from_file` or `from_command`");
  } else if (given > 1) {
    context.sink
        .report(diagnostics::invalid_value, decl.header, fmt::format("secret.{}", secret.name),
                "has more than one source")
        .help("keep one of `from_env`, `from_file` and `from_command`");
  }
  if (decl.from_env.valid()) {
    secret.method = model::Secret::Method::Env;
    secret.arguments = decl.from_env;
  } else if (decl.from_file.valid()) {
    secret.method = model::Secret::Method::File;
    secret.arguments = decl.from_file;
  } else {
    secret.method = model::Secret::Method::Command;
    secret.arguments = decl.from_command;
  }
  if (const auto as = static_string(context, k_nowhere, decl.as, "`as`")) {
    secret.as_file = *as == "file";
    if (!secret.as_file && *as != "value") {
      context.sink.report(diagnostics::invalid_value, context.program.expressions[decl.as].span,
                          "as", "must be \"value\" or \"file\"");
    }
  }
}

void evaluate_remote(Context& context, model::Remote& remote) {
  const model::ExprId expr = remote.decl->environment;
  if (!expr.valid()) return;
  const eval::ExprTree& tree = context.program.expressions;
  if (tree[expr].kind != eval::ExprKind::Object) {
    context.sink.report(diagnostics::wrong_reference_kind, tree[expr].span, "env",
                        "an object, such as `{ PGPASSWORD = secret.x }`");
    return;
  }
  const auto children = tree.children(expr);
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    const eval::Expr& key = tree[children[i]];
    if (key.kind != eval::ExprKind::Literal ||
        key.literal.type().kind() != values::TypeKind::String)
      continue;
    if (const auto secret =
            entity(context, children[i + 1], RefKind::Secret, "a secret, such as `secret.x`")) {
      remote.environment.emplace(key.literal.as_string(), model::SecretId(secret->entity));
    }
  }
}

void evaluate_mission(Context& context, model::MissionId id) {
  model::Mission& mission = context.resolved.missions[id.index()];
  const model::MissionDecl& decl = *mission.decl;
  const StaticPlace place{id, nullptr, std::nullopt, values::Value()};
  if (const auto foundation = static_bool(context, place, decl.foundation, "`foundation`"))
    mission.foundation = *foundation;
  const EntityList spaces = entity_list(context, decl.spaces, RefKind::Space, k_list_of_spaces);
  mission.spaces = ids<model::SpaceId>(spaces.refs);
  mission.places_known = spaces.is_whole;
  if (decl.environments.valid()) {
    const EntityList environments =
        entity_list(context, decl.environments, RefKind::Environment, k_list_of_environments);
    mission.environments = ids<model::EnvironmentId>(environments.refs);
    mission.places_known = mission.places_known && environments.is_whole;
  } else {
    for (std::size_t i = 0; i < context.resolved.environments.size(); ++i) {
      const model::Environment& environment = context.resolved.environments[i];
      const model::EnvironmentKind kind = environment.kind;
      mission.places_known = mission.places_known && environment.kind_known;
      if (kind == model::EnvironmentKind::Prod || kind == model::EnvironmentKind::Nonprod)
        mission.environments.push_back(model::EnvironmentId(i));
    }
  }
  for (const model::EnvironmentId environment : mission.environments)
    mission.places_known = mission.places_known && context.resolved[environment].spaces_known;
  mission.after = ids<model::MissionId>(entity_list(context, decl.after, RefKind::Mission,
                                                    "a list of missions, such as `[mission.fleet]`")
                                            .refs);
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return text.starts_with(prefix); });
}

void evaluate_source(Context& context, model::Procedure& procedure) {
  using BodyKind = model::Procedure::BodyKind;
  const model::ProcedureDecl& decl = *procedure.decl;
  if (!decl.source.valid()) {
    procedure.body = BodyKind::InPlace;
    return;
  }
  const eval::ExprTree& tree = context.program.expressions;
  if (tree[decl.source].kind == eval::ExprKind::Invalid) return;
  if (const auto traversal = eval::as_traversal(tree, decl.source)) {
    const model::Reference* reference = context.resolved.reference(traversal->head);
    if (reference != nullptr && reference->kind == RefKind::Unknown) return;
    if (reference != nullptr && reference->kind == RefKind::Interface) {
      procedure.body = BodyKind::Interface;
      procedure.interface = model::InterfaceId(reference->entity);
      return;
    }
  }
  const StaticPlace place{procedure.mission, nullptr, std::nullopt, values::Value()};
  const auto source = static_string(context, place, decl.source,
                                    fmt::format("`source` of procedure `{}`", procedure.name));
  if (!source) return;
  procedure.source = *source;
  const source::Span span = tree[decl.source].span;
  if (source->starts_with("std/")) {
    const std::size_t found = find_name(context.resolved.interfaces, *source);
    if (found == k_npos) {
      std::vector<std::string> known;
      for (const auto& interface : context.resolved.interfaces) {
        if (interface.name.starts_with("std/")) known.push_back(interface.name);
      }
      auto report = context.sink.report(diagnostics::unknown_name, span, "interface", *source,
                                        " in the standard library");
      suggest(context, report, *source, span, known, "standard interfaces");
      return;
    }
    procedure.body = BodyKind::Standard;
    procedure.interface = model::InterfaceId(found);
    return;
  }
  if (starts_with_any(*source, {"./", "../"}) || *source == "." || *source == "..") {
    procedure.body = BodyKind::Local;
    procedure.source = project_path(context, span, *source);
    return;
  }
  if (source->starts_with("/")) {
    context.sink
        .report(diagnostics::unreadable_module, span, *source,
                "an absolute path is another one on each machine")
        .help("write it relative to this file, beginning with `./`");
    return;
  }
  procedure.body = BodyKind::Remote;
  if (const auto version = static_string(context, place, decl.version, "`version`"))
    procedure.version = *version;
}

}  // namespace

void evaluate_entities(Context& context) {
  model::ResolvedProgram& resolved = context.resolved;
  evaluate_project(context);
  for (model::Environment& environment : resolved.environments)
    evaluate_environment(context, environment);
  for (model::Provider& provider : resolved.providers) {
    provider.source =
        static_string(context, k_nowhere, provider.decl->source, "`source`").value_or("");
    provider.version =
        static_string(context, k_nowhere, provider.decl->version, "`version`").value_or("");
  }
  for (model::Secret& secret : resolved.secrets) evaluate_secret(context, secret);
  for (model::Remote& remote : resolved.remotes) evaluate_remote(context, remote);
  for (model::Space& space : resolved.spaces) {
    space.region = static_string(context, k_nowhere, space.decl->region, "`region`").value_or("");
    if (const auto remote = entity(context, space.decl->remote, RefKind::Remote,
                                   "a remote, such as `remote.state`")) {
      space.remote = model::RemoteId(remote->entity);
    }
  }
  for (model::Interface& interface : resolved.interfaces) {
    for (const model::ImplementationDecl& decl : interface.decl->implementations) {
      const auto source = static_string(context, k_nowhere, decl.source, "`source`");
      if (!source) continue;
      const source::Span span = context.program.expressions[decl.source].span;
      interface.implementations.push_back(
          {decl.name.text, project_path(context, span, *source), span});
    }
  }
  for (model::ProviderConfig& config : resolved.configs) {
    config.regional =
        static_bool(context, k_nowhere, config.decl->regional, "`regional`").value_or(true);
  }
  for (const model::PolicyDecl& decl : context.program.policies)
    entity_list(context, decl.environments, RefKind::Environment, k_list_of_environments);
  for (std::size_t i = 0; i < resolved.missions.size(); ++i) {
    evaluate_mission(context, model::MissionId(i));
    expand_mission(context, model::MissionId(i));
  }
  for (model::Procedure& procedure : resolved.procedures) {
    evaluate_source(context, procedure);
    expand_procedure(context, procedure);
  }
}

}  // namespace space::names
