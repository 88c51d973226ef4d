#include "compiler/names/resolving.h"

namespace space::names {

using model::Site;
using model::SiteKind;

void bad_reference(Resolving& r, std::string_view why, std::string_view help,
                   std::source_location origin) {
  r.context.sink.report(diagnostics::bad_reference, {r.traversal.span, origin}, r.text(), why)
      .help(std::string(help));
}

void not_allowed(Resolving& r, std::string_view where, std::string_view help,
                 std::source_location origin) {
  r.context.sink
      .report(diagnostics::reference_not_allowed, {r.traversal.span, origin}, r.text(), where)
      .help(std::string(help));
}

void unknown(Resolving& r, std::size_t step, std::string_view kind, std::string_view in,
             const std::vector<std::string>& names, std::string_view plural,
             std::source_location origin) {
  const eval::TraversalStep& at = *r.step(step);
  auto report =
      r.context.sink.report(diagnostics::unknown_name, {at.span, origin}, kind, at.name, in);
  suggest(r.context, report, at.name, at.span, names, plural);
}

bool in_mission(const Site& site) { return site.mission.valid(); }

std::string_view describe(SiteKind kind) {
  switch (kind) {
    case SiteKind::Static:
      return "in a static position";
    case SiteKind::ProcedureInput:
      return "in a procedure's input";
    case SiteKind::ProcedureBody:
      return "in a procedure's body";
    case SiteKind::ProcedureOutputValue:
      return "in a procedure's output";
    case SiteKind::ExportValue:
      return "in an export";
    case SiteKind::ProviderConfiguration:
      return "in a provider configuration";
    case SiteKind::RemoteArgument:
      return "in a remote's argument";
    case SiteKind::RemoteSecret:
      return "in a remote's credentials or encryption";
    case SiteKind::SecretArgument:
      return "in a secret";
    case SiteKind::VariableDefault:
      return "in a variable's default";
    case SiteKind::VariableRule:
      return "in a variable's validation";
    case SiteKind::Values:
      return "in values";
    case SiteKind::TopLocalValue:
    case SiteKind::MissionLocalValue:
      return "in a local";
    case SiteKind::PolicyRule:
      return "in a policy";
    case SiteKind::ScaleArgument:
      return "in a `scale` block";
    case SiteKind::FromAddress:
      return "in an address";
  }
  return "here";
}

}  // namespace space::names
