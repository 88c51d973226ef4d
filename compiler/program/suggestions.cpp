#include "compiler/program/suggestions.h"

#include <fmt/core.h>

#include <utility>
#include <vector>

#include "core/base/strings.h"

namespace space::program {

std::string list_of(std::span<const std::string_view> names) {
  const std::vector<std::string> copies(names.begin(), names.end());
  return base::list_names(copies, 16);
}

std::string where_block_belongs(std::string_view block) {
  constexpr std::pair<std::string_view, std::string_view> k_places[] = {
      {"procedure", "`procedure` stands in a `stage`"},
      {"stage", "`stage` stands in a `mission`"},
      {"export", "`export` stands in a `mission`"},
      {"scale", "`scale` stands in a `mission`"},
      {"variable", "`variable` stands in a `mission`, and `values` give it its value"},
      {"output", "`output` stands in a `procedure`; what a mission gives to others is an `export`"},
      {"mission", "`mission` stands at the top of a file"},
      {"environment", "`environment` stands at the top of a file"},
      {"space", "`space` stands at the top of a file"},
      {"remote", "`remote` stands at the top of a file"},
      {"secret", "`secret` stands at the top of a file"},
      {"values", "`values` stand at the top of a file: `values \"MISSION\" \"ENVIRONMENT\"`"},
      {"locals", "`locals` stand at the top of a file or in a `mission`"},
      {"policy", "`policy` stands at the top of a file"},
      {"type", "`type` stands at the top of a file"},
      {"interface", "`interface` stands at the top of a file"},
      {"provider",
       "`provider` stands at the top of a file (which plugin), or in a `space` or `mission` (how "
       "it is configured)"},
      {"resource", "tofu's own blocks stand in a `procedure`"},
      {"data", "tofu's own blocks stand in a `procedure`"},
      {"ephemeral", "tofu's own blocks stand in a `procedure`"},
      {"module",
       "tofu's own blocks stand in a `procedure`; a procedure that is one module says `source` and "
       "`inputs` itself"},
      {"check", "tofu's own blocks stand in a `procedure`"},
      {"import", "`import` stands in a `procedure`"},
      {"terraform",
       "there is no `terraform` block: `project` pins tofu, `provider` the plugins, `remote` says "
       "where state lives"},
      {"backend", "there is no `backend` block: a `remote` says where state lives"},
      {"required_providers",
       "`provider \"NAME\" { source version }` at the top of a file says which plugins there are"},
      {"dynamic", "`dynamic` works in bodies in place and in provider configurations alone"},
      {"moved", "`moved` stands at the top of a file, in a `mission` or in a `procedure`"},
      {"removed", "`removed` stands at the top of a file, in a `mission` or in a `procedure`"},
  };
  for (const auto& [name, place] : k_places) {
    if (name == block) return std::string(place);
  }
  return {};
}

}  // namespace space::program
