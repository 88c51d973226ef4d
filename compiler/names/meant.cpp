// What was meant by a word that no reference begins with: the thing of that name.
#include "compiler/names/resolving.h"

namespace space::names {

namespace {

void add_if(std::vector<std::string>& into, std::size_t index, std::string_view root,
            std::string_view name) {
  if (index != k_npos) into.push_back(fmt::format("{}.{}", root, name));
}

template <class Entity>
std::vector<std::string> all_of(const std::vector<Entity>& entities, std::string_view root) {
  std::vector<std::string> names;
  for (const Entity& entity : entities) names.push_back(fmt::format("{}.{}", root, entity.name));
  return names;
}

}  // namespace

std::vector<std::string> taken_there(const Resolving& r) {
  const model::ResolvedProgram& resolved = r.context.resolved;
  const eval::ExprTree& tree = r.context.program.expressions;
  const source::Span at = tree[r.traversal.head].span;
  const auto is_in = [&](model::ExprId list) {
    return list.valid() && tree[list].span.file == at.file && tree[list].span.begin <= at.begin &&
           at.end <= tree[list].span.end;
  };
  for (const model::Mission& mission : resolved.missions) {
    if (is_in(mission.decl->environments)) return all_of(resolved.environments, "environment");
    if (is_in(mission.decl->spaces)) return all_of(resolved.spaces, "space");
    if (is_in(mission.decl->after)) return all_of(resolved.missions, "mission");
  }
  for (const model::Environment& environment : resolved.environments) {
    if (is_in(environment.decl->promote_from)) return all_of(resolved.environments, "environment");
    if (is_in(environment.decl->spaces)) return all_of(resolved.spaces, "space");
  }
  for (const model::Space& space : resolved.spaces) {
    if (is_in(space.decl->remote)) return all_of(resolved.remotes, "remote");
  }
  for (const model::PolicyDecl& policy : r.context.program.policies) {
    if (is_in(policy.environments)) return all_of(resolved.environments, "environment");
  }
  return {};
}

std::vector<std::string> references_to(const Resolving& r, std::string_view name) {
  const model::ResolvedProgram& resolved = r.context.resolved;
  std::vector<std::string> found;
  if (in_mission(r.site) && r.site.kind != model::SiteKind::Static) {
    const model::MissionDecl& mission = *resolved[r.site.mission].decl;
    add_if(found, find_decl(mission.variables, name), "var", name);
    add_if(found, find_decl(mission.locals, name), "local", name);
    return found;
  }
  add_if(found, find_name(resolved.environments, name), "environment", name);
  add_if(found, find_name(resolved.spaces, name), "space", name);
  add_if(found, find_name(resolved.remotes, name), "remote", name);
  add_if(found, find_decl(r.context.program.locals, name), "local", name);
  return found;
}

bool is_procedure(const Resolving& r, std::string_view name) {
  if (!in_mission(r.site) || r.site.kind == model::SiteKind::Static) return false;
  for (const model::StageDecl& stage : r.context.resolved[r.site.mission].decl->stages) {
    if (find_decl(stage.procedures, name) != k_npos) return true;
  }
  return false;
}

}  // namespace space::names
