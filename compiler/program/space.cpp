#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

std::optional<model::SpaceDecl> read_space(Context& context, syntax::Node block) {
  model::SpaceDecl space;
  const bool named = read_header(context, block, "space", k_one_name, space);
  const Argument arguments[] = {
      {"remote", &space.remote, Need::Required, "remote.NAME"},
      {"region", &space.region, Need::Required, "\"…\"",
       "a region is named as the provider names it, `fsn1` say; each resource of the space is made "
       "there"},
  };
  constexpr std::string_view k_blocks[] = {"provider"};
  const auto blocks = read_body(context, block, {"space", arguments, k_blocks},
                                describe("space", space.name), space.header);
  for (const ChildBlock& child : blocks)
    take(read_provider_config(context, child.node), space.providers);
  settle_provider_configs(context, space.providers, Repeats::Report);
  if (!named) return std::nullopt;
  check_name(space.name, NameRule::Folder, context.sink);
  return space;
}

}  // namespace space::program
