// What was meant by a word that no reference begins with: the thing of that name.
#include "compiler/names/resolving.h"

namespace space::names {

namespace {

void add_if(std::vector<std::string>& into, std::size_t index, std::string_view root,
            std::string_view name) {
  if (index != k_npos) into.push_back(fmt::format("{}.{}", root, name));
}

}  // namespace

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
