// Every place where an expression stands, in two passes: what must be static first, because what a
// procedure's outputs are depends on its source.
#include <algorithm>
#include <set>

#include "compiler/names/context.h"

namespace space::names {

namespace {

using model::Site;
using model::SiteKind;

void add_all(Context& context, const Site& site, std::initializer_list<model::ExprId> exprs) {
  for (const model::ExprId expr : exprs) add_use(context, site, expr);
}

void add_attributes(Context& context, const Site& site,
                    const std::vector<model::Attribute>& attributes) {
  for (const model::Attribute& attribute : attributes) add_use(context, site, attribute.value);
}

void add_body(Context& context, const Site& site, const model::Body& body) {
  add_attributes(context, site, body.attributes);
  for (const model::Block& block : body.blocks) add_body(context, site, block.body);
}

// The values alone: in `providers = { hcloud.x = provider.hcloud.y }` the keys are the module's own
// names.
void add_object_values(Context& context, const Site& site, model::ExprId expr) {
  if (!expr.valid()) return;
  const eval::ExprTree& tree = context.program.expressions;
  if (tree[expr].kind != eval::ExprKind::Object) return add_use(context, site, expr);
  const auto children = tree.children(expr);
  for (std::size_t i = 1; i < children.size(); i += 2) add_use(context, site, children[i]);
}

// Arguments whose values are addresses in tofu's own sense, which name nothing of ours.
bool is_meta_address(std::string_view block, std::string_view argument) {
  if (argument == "provider" || argument == "ignore_changes" || argument == "providers")
    return true;
  if (block == "provisioner" && (argument == "when" || argument == "on_failure")) return true;
  return (block == "moved" || block == "import" || block == "removed") &&
         (argument == "from" || argument == "to");
}

void add_tofu_block(Context& context, const Site& site, const model::Block& block) {
  for (const model::Attribute& attribute : block.body.attributes) {
    if (!is_meta_address(block.type.text, attribute.name.text))
      add_use(context, site, attribute.value);
  }
  for (const model::Block& inner : block.body.blocks) add_tofu_block(context, site, inner);
}

void add_procedure(Context& context, model::ProcedureId id) {
  const model::Procedure& procedure = context.resolved[id];
  const model::ProcedureDecl& decl = *procedure.decl;
  Site site{SiteKind::ProcedureInput, procedure.mission, id, {}, 0};
  add_use(context, site, decl.inputs);
  site.kind = SiteKind::ProcedureBody;
  for (const model::Block& block : decl.body) add_tofu_block(context, site, block);
  site.kind = SiteKind::ProcedureOutputValue;
  for (site.index = 0; site.index < decl.outputs.size(); ++site.index) {
    add_use(context, site, decl.outputs[site.index].value);
  }
}

void add_mission_rules(Context& context, model::MissionId id) {
  const model::MissionDecl& decl = *context.resolved[id].decl;
  Site site{SiteKind::VariableRule, id, {}, {}, 0};
  for (site.index = 0; site.index < decl.variables.size(); ++site.index) {
    for (const model::ValidationDecl& validation : decl.variables[site.index].validations) {
      add_all(context, site, {validation.condition, validation.error_message});
    }
  }
  site.kind = SiteKind::ExportValue;
  for (site.index = 0; site.index < decl.exports.size(); ++site.index) {
    add_use(context, site, decl.exports[site.index].value);
  }
  site.kind = SiteKind::ScaleArgument;
  for (const model::ScaleDecl& scale : decl.scales) add_attributes(context, site, scale.arguments);
}

}  // namespace

void resolve_static_uses(Context& context) {
  const model::Program& program = context.program;
  const model::ResolvedProgram& resolved = context.resolved;
  Site site{SiteKind::Static, {}, {}, {}, 0};
  if (program.project) {
    add_all(context, site,
            {program.project->edition, program.project->contract, program.project->tofu,
             program.project->providers, program.project->sources});
    add_attributes(context, site, program.project->lint);
  }
  for (const model::Environment& environment : resolved.environments) {
    const model::EnvironmentDecl& decl = *environment.decl;
    add_all(context, site,
            {decl.kind, decl.promote_from, decl.facts, decl.spaces, decl.approvals, decl.identity,
             decl.record, decl.protect});
  }
  for (const model::Provider& provider : resolved.providers) {
    add_all(context, site, {provider.decl->source, provider.decl->version});
  }
  for (const model::Space& space : resolved.spaces)
    add_all(context, site, {space.decl->remote, space.decl->region});
  for (const model::ProviderConfig& config : resolved.configs)
    add_use(context, site, config.decl->regional);
  for (const model::Interface& interface : resolved.interfaces) {
    for (const auto& implementation : interface.decl->implementations)
      add_use(context, site, implementation.source);
    for (const auto& input : interface.decl->inputs)
      add_all(context, site, {input.default_value, input.sensitive});
    for (const auto& output : interface.decl->outputs)
      add_all(context, site, {output.sensitive, output.description});
  }
  site.kind = SiteKind::TopLocalValue;
  for (site.index = 0; site.index < program.locals.size(); ++site.index) {
    add_use(context, site, program.locals[site.index].value);
  }
  site.index = 0;
  site.kind = SiteKind::SecretArgument;
  for (const model::Secret& secret : resolved.secrets) {
    add_all(context, site,
            {secret.decl->from_env, secret.decl->from_file, secret.decl->from_command,
             secret.decl->as});
  }
  for (const model::Remote& remote : resolved.remotes) {
    site.kind = SiteKind::RemoteArgument;
    add_attributes(context, site, remote.decl->arguments);
    for (const model::Block& block : remote.decl->blocks) {
      site.kind =
          block.type.text == "encryption" ? SiteKind::RemoteSecret : SiteKind::RemoteArgument;
      add_body(context, site, block.body);
    }
    site.kind = SiteKind::RemoteSecret;
    add_use(context, site, remote.decl->environment);
  }
  for (std::size_t m = 0; m < resolved.missions.size(); ++m) {
    const model::MissionDecl& decl = *resolved.missions[m].decl;
    Site inside{SiteKind::Static, model::MissionId(m), {}, {}, 0};
    add_all(context, inside,
            {decl.spaces, decl.environments, decl.for_each, decl.foundation, decl.after});
    for (const model::VariableDecl& variable : decl.variables) {
      add_all(context, inside,
              {variable.varies, variable.min, variable.max, variable.pattern, variable.one_of,
               variable.sensitive, variable.nullable, variable.description, variable.ephemeral});
    }
    for (const model::ProcedureId id : resolved.missions[m].procedures) {
      Site of_procedure = inside;
      of_procedure.procedure = id;
      const model::ProcedureDecl& procedure = *resolved[id].decl;
      add_all(context, of_procedure, {procedure.source, procedure.version, procedure.for_each});
      add_object_values(context, of_procedure, procedure.providers);
      for (const model::OutputDecl& output : procedure.outputs)
        add_all(context, inside, {output.sensitive, output.description});
    }
    for (const model::ExportDecl& exported : decl.exports)
      add_all(context, inside, {exported.sensitive, exported.description});
    inside.kind = SiteKind::VariableDefault;
    for (inside.index = 0; inside.index < decl.variables.size(); ++inside.index) {
      add_use(context, inside, decl.variables[inside.index].default_value);
    }
    inside.kind = SiteKind::MissionLocalValue;
    for (inside.index = 0; inside.index < decl.locals.size(); ++inside.index) {
      add_use(context, inside, decl.locals[inside.index].value);
    }
  }
  for (const model::ValuesDecl& values : program.values) {
    const std::size_t mission = find_name(resolved.missions, values.name.text);
    if (mission == k_npos) continue;  // reported by make_flights
    Site of_values{SiteKind::Values, model::MissionId(mission), {}, {}, 0};
    add_attributes(context, of_values, values.values);
  }
}

void resolve_deferred_uses(Context& context) {
  model::ResolvedProgram& resolved = context.resolved;
  for (std::size_t i = 0; i < resolved.configs.size(); ++i) {
    const model::ProviderConfig& config = resolved.configs[i];
    const Site site{SiteKind::ProviderConfiguration, config.mission, {}, model::ConfigId(i), 0};
    add_body(context, site, config.decl->body);
  }
  for (std::size_t m = 0; m < resolved.missions.size(); ++m) {
    add_mission_rules(context, model::MissionId(m));
    for (const model::ProcedureId id : resolved.missions[m].procedures) add_procedure(context, id);
  }
  const Site policy{SiteKind::PolicyRule, {}, {}, {}, 0};
  for (const model::PolicyDecl& decl : context.program.policies) {
    add_use(context, Site{SiteKind::Static, {}, {}, {}, 0}, decl.environments);
    for (const model::PolicyRuleDecl& rule : decl.rules)
      add_all(context, policy, {rule.when, rule.message});
  }
}

}  // namespace space::names
