#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

std::optional<model::EnvironmentDecl> read_environment(Context& context, syntax::Node block) {
  model::EnvironmentDecl environment;
  const bool named = read_header(context, block, "environment", k_one_name, environment);
  const Argument arguments[] = {
      {"kind", &environment.kind, Need::Required, "\"…\"",
       "the kinds are `prod`, `nonprod`, `common` and `sandbox`"},
      {"promote_from", &environment.promote_from},
      {"facts", &environment.facts},
      {"spaces", &environment.spaces},
      {"approvals", &environment.approvals},
      {"identity", &environment.identity},
      {"record", &environment.record},
      {"protect", &environment.protect},
  };
  read_body(context, block, {"environment", arguments, {}},
            describe("environment", environment.name), environment.header);
  if (!named) return std::nullopt;
  check_name(environment.name, NameRule::Environment, context.sink);
  return environment;
}

}  // namespace space::program
