// .terraform.lock.hcl of one root: the project's committed one without the providers that the root
// does not require. Blocks go through byte for byte: tofu writes this file itself and compares it.
#include <algorithm>
#include <set>

#include "compiler/emit/artefacts.h"

namespace space::emit {

namespace {

constexpr std::string_view k_registry = "registry.opentofu.org/";

// As the lock file names it: host/namespace/name.
std::string full_address(std::string_view source) {
  const auto slashes = std::ranges::count(source, '/');
  std::string address;
  if (slashes < 2) address += k_registry;
  if (slashes == 0) address += "hashicorp/";
  address += source;
  std::ranges::transform(address, address.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  return address;
}

constexpr std::string_view k_block = "provider \"";

}  // namespace

LockFile::LockFile(std::string_view bytes) {
  std::size_t at = bytes.starts_with(k_block) ? 0 : bytes.find("\nprovider \"");
  if (at == std::string_view::npos) return;
  if (at > 0) ++at;
  head_ = bytes.substr(0, at);
  while (at < bytes.size()) {
    const std::size_t next = bytes.find("\nprovider \"", at);
    const std::size_t end = next == std::string_view::npos ? bytes.size() : next + 1;
    std::string_view text = bytes.substr(at, end - at);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    const std::string_view name = text.substr(k_block.size());
    blocks_.push_back({name.substr(0, name.find('"')), text});
    at = end;
  }
}

std::string LockFile::for_root(const lower::LoweredRoot& root) const {
  std::set<std::string, std::less<>> wanted;
  for (const runplan::RequiredProvider& provider : root.required_providers) {
    wanted.insert(full_address(provider.source));
  }
  std::string text;
  for (const Block& block : blocks_) {
    if (!wanted.contains(block.provider)) continue;
    text += text.empty() ? head_ : std::string_view("\n");
    text += block.text;
    text += '\n';
  }
  return text;
}

}  // namespace space::emit
