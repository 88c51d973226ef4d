// References to outputs and exports: `procedure.NAME[…].OUTPUT`, `mission.NAME[…].EXPORT`,
// `common.…`.
#include "compiler/model/queries.h"
#include "compiler/names/resolving.h"
#include "core/base/strings.h"

namespace space::names {

using eval::TraversalStep;
using model::RefKind;
using model::SiteKind;

void resolve_procedure(Resolving& r) {
  if (!in_mission(r.site)) {
    return not_allowed(
        r, describe(r.site.kind),
        "a mission's procedures are its own: read what it exports, `mission.NAME.EXPORT`");
  }
  const std::string_view name = r.attribute(0);
  if (name.empty())
    return bad_reference(r, "it names no procedure", "write `procedure.NAME.OUTPUT`");
  const model::Mission& mission = r.context.resolved[r.site.mission];
  model::ProcedureId found;
  std::vector<std::string> names;
  for (const model::ProcedureId id : mission.procedures) {
    if (r.context.resolved[id].name == name) {
      found = id;
      break;
    }
  }
  if (!found.valid()) {
    for (const model::ProcedureId id : mission.procedures)
      names.push_back(r.context.resolved[id].name);
    return unknown(r, 0, "procedure", fmt::format(" in mission `{}`", mission.name), names,
                   "procedures");
  }
  const model::Procedure& procedure = r.context.resolved[found];
  r.reference.procedure = found;
  std::size_t at = 1;
  if (procedure.keyed) {
    const TraversalStep* key = r.step(1);
    if (key == nullptr || key->kind == TraversalStep::Kind::DynamicKey)
      return r.take(RefKind::ProcedureObject, 1);
    if (key->kind == TraversalStep::Kind::Attribute) {
      r.context.sink
          .report(diagnostics::needs_key, r.traversal.span, fmt::format("procedure.{}", name))
          .help(fmt::format(
              "write `procedure.{}[\"KEY\"].{}`, or `[for key, p in procedure.{} : p.{}]` for all",
              name, key->name, name, key->name));
      return;
    }
    r.reference.key = key->name;
    at = 2;
  }
  const std::string_view output = r.attribute(at);
  const auto& outputs = model::outputs_of(r.context.resolved, procedure);
  if (output.empty()) {
    return bad_reference(r, "it names no output",
                         outputs.empty() ? fmt::format("procedure `{}` declares no output", name)
                                         : fmt::format("procedure `{}` has {}", name,
                                                       base::list_names(decl_names_of(outputs))));
  }
  const std::size_t index = find_decl(outputs, output);
  if (index == k_npos) {
    if (procedure.body == model::Procedure::BodyKind::Invalid) return;  // its source was reported
    auto report = r.context.sink.report(diagnostics::undeclared_output, r.step_span(at),
                                        "procedure", name, "output", output);
    report.related(procedure.decl->header, fmt::format("`{}` is declared here", name));
    suggest(r.context, report, output, r.step_span(at), decl_names_of(outputs), "declared outputs");
    return;
  }
  r.reference.index = index;
  r.take(RefKind::ProcedureOutput, at + 1);
}

void resolve_export(Resolving& r, Through through) {
  const bool common = through == Through::Common;
  const std::string_view root = common ? "common" : "mission";
  const std::string_view name = r.attribute(0);
  if (name.empty())
    return bad_reference(r, "it names no mission", fmt::format("write `{}.NAME.EXPORT`", root));
  const std::size_t found = find_name(r.context.resolved.missions, name);
  if (found == k_npos) {
    return unknown(r, 0, "mission", "", names_of(r.context.resolved.missions), "missions");
  }
  const model::Mission& mission = r.context.resolved.missions[found];
  r.reference.mission = model::MissionId(found);
  r.reference.common = common;
  r.reference.entity = static_cast<std::uint32_t>(found);
  if (r.site.kind == SiteKind::Static) return r.take(RefKind::Mission, 1);
  std::size_t at = 1;
  if (mission.keyed) {
    const TraversalStep* key = r.step(at);
    if (key == nullptr || key->kind == TraversalStep::Kind::DynamicKey)
      return r.take(RefKind::ExportObject, 1);
    if (key->kind == TraversalStep::Kind::Attribute) {
      r.context.sink
          .report(diagnostics::needs_key, r.traversal.span, fmt::format("{}.{}", root, name))
          .help(fmt::format("write `{}.{}[\"KEY\"].{}`", root, name, key->name));
      return;
    }
    r.reference.key = key->name;
    ++at;
  }
  const TraversalStep* next = r.step(at);
  if (next == nullptr || next->kind == TraversalStep::Kind::DynamicKey)
    return r.take(RefKind::ExportObject, at);
  if (next->kind == TraversalStep::Kind::StaticKey) {
    const std::size_t space = find_name(r.context.resolved.spaces, next->name);
    if (space == k_npos) {
      return unknown(r, at, "space", "", names_of(r.context.resolved.spaces), "spaces");
    }
    r.reference.space = model::SpaceId(space);
    ++at;
    if (r.step(at) == nullptr) return r.take(RefKind::ExportSpace, at);
  }
  const std::string_view exported = r.attribute(at);
  if (exported.empty())
    return bad_reference(r, "it names no export", fmt::format("write `{}.{}.EXPORT`", root, name));
  const std::size_t index = find_decl(mission.decl->exports, exported);
  if (index == k_npos) {
    auto report = r.context.sink.report(diagnostics::undeclared_output, r.step_span(at), "mission",
                                        name, "export", exported);
    report.related(mission.decl->header, fmt::format("`{}` is declared here", name));
    suggest(r.context, report, exported, r.step_span(at), decl_names_of(mission.decl->exports),
            "exports");
    return;
  }
  r.reference.index = index;
  r.take(RefKind::ExportValue, at + 1);
}

}  // namespace space::names
