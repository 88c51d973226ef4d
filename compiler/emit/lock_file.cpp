// .terraform.lock.hcl of one root: the project's committed one without the providers that the root
// does not require. Blocks go through byte for byte: tofu writes this file itself and compares it.
#include <set>

#include "compiler/emit/artefacts.h"

namespace space::emit {

std::string lock_file_for(const runplan::DependencyLock& lock, const lower::LoweredRoot& root) {
  std::set<std::string, std::less<>> wanted;
  for (const runplan::RequiredProvider& provider : root.required_providers)
    wanted.insert(runplan::provider_address(provider.source));
  std::string text;
  for (const runplan::LockedProvider& provider : lock.providers) {
    if (!wanted.contains(provider.address)) continue;
    text += text.empty() ? lock.head : std::string_view("\n");
    text += provider.text;
    text += '\n';
  }
  return text;
}

}  // namespace space::emit
