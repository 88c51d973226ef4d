// Merging the states of procedures into the one state of a joint root, so that tofu plans all of
// them at once. In: states as `tofu state pull` gives them (format 4 alone: another is refused, for
// tofu would read it as empty) and where each provider is configured in the joint root. Out: one
// state, in which addresses, dependencies, providers and outputs are those of module calls; all
// else is untouched. What was merged is taken apart again and compared before it is handed on.
// Pure.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace space::joint {

// A configuration of the procedure's own root: where it stands in the joint root.
struct ProviderPlace {
  std::string source;   // "registry.opentofu.org/hashicorp/random"
  std::string alias;    // "" for the default one
  std::string address;  // as the joint state says it: `module.p00007.provider["…"].alias`
};

struct StatePart {
  std::size_t root = 0;
  std::string id;                        // for messages
  std::string_view text;                 // empty: never applied
  std::vector<ProviderPlace> providers;  // where one is not listed its address stays as it is
};

base::Result<std::string> merge_states(const std::vector<StatePart>& parts,
                                       const std::string& tofu_version);

// The reverse, by values: what merge_states must give back. Out: an Error that names the first
// procedure whose state is not as it was.
base::Status check_merged(const std::string& merged, const std::vector<StatePart>& parts);

}  // namespace space::joint
