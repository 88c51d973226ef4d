#include "core/runplan/dependency_lock.h"

#include <algorithm>

#include "core/base/strings.h"

namespace space::runplan {

namespace {

constexpr std::string_view k_registry = "registry.opentofu.org/";
constexpr std::string_view k_block = "provider \"";
constexpr std::string_view k_next_block = "\nprovider \"";

// What stands between the first two quotes of a line.
std::string_view quoted_in(std::string_view line) {
  const std::size_t open = line.find('"');
  if (open == std::string_view::npos) return {};
  line.remove_prefix(open + 1);
  return line.substr(0, line.find('"'));
}

LockedProvider read_block(std::string_view text) {
  LockedProvider provider;
  provider.text = text;
  provider.address = quoted_in(text);
  bool is_in_hashes = false;
  for (const std::string_view raw : base::split(text, '\n')) {
    const std::string_view line = base::trim(raw);
    if (line.starts_with("hashes")) {
      is_in_hashes = true;
    } else if (line.starts_with("]")) {
      is_in_hashes = false;
    } else if (is_in_hashes && line.starts_with("\"")) {
      provider.hashes.push_back(quoted_in(line));
    } else if (line.starts_with("version")) {
      provider.version = quoted_in(line);
    }
  }
  return provider;
}

}  // namespace

bool LockedProvider::has_package_hash() const {
  return std::any_of(hashes.begin(), hashes.end(), [](std::string_view hash) {
    return hash.starts_with("h1:") && hash.size() > 3;
  });
}

const LockedProvider* DependencyLock::find(std::string_view address) const {
  for (const LockedProvider& provider : providers) {
    if (provider.address == address) return &provider;
  }
  return nullptr;
}

DependencyLock read_dependency_lock(std::string_view bytes) {
  DependencyLock lock;
  std::size_t at = bytes.starts_with(k_block) ? 0 : bytes.find(k_next_block);
  if (at == std::string_view::npos) return lock;
  if (at > 0) ++at;
  lock.head = bytes.substr(0, at);
  while (at < bytes.size()) {
    const std::size_t next = bytes.find(k_next_block, at);
    const std::size_t end = next == std::string_view::npos ? bytes.size() : next + 1;
    std::string_view text = bytes.substr(at, end - at);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    lock.providers.push_back(read_block(text));
    at = end;
  }
  return lock;
}

std::string provider_address(std::string_view source) {
  const auto slashes = std::count(source.begin(), source.end(), '/');
  std::string address;
  if (slashes < 2) address += k_registry;
  if (slashes == 0) address += "hashicorp/";
  address += source;
  return base::to_lower_ascii(address);
}

bool is_built_in(std::string_view source) { return source.starts_with("terraform.io/builtin/"); }

}  // namespace space::runplan
