#include "compiler/modules/providers.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/modules/literal.h"

namespace space::modules {

namespace {

using eval::ExprId;
using eval::ExprTree;
using model::ModuleProvider;

constexpr std::string_view k_builtin = "terraform";  // terraform_data, terraform_remote_state

// The provider of `hcloud.west`. `null` is a provider too, though a word of the language.
std::optional<std::string> head_of(const ExprTree& tree, ExprId id) {
  while (tree[id].kind == eval::ExprKind::GetAttr) id = tree.child(id, 0);
  if (tree[id].kind == eval::ExprKind::Variable) return tree[id].name;
  const bool null = tree[id].kind == eval::ExprKind::Literal && tree[id].literal.is_null();
  return null ? std::optional<std::string>("null") : std::nullopt;
}

// configuration_aliases = [hcloud.west]
std::vector<std::string> read_aliases(const ExprTree& tree, ExprId value) {
  std::vector<std::string> aliases;
  if (tree[value].kind != eval::ExprKind::Tuple) return aliases;
  for (const ExprId item : tree.children(value)) {
    if (tree[item].kind == eval::ExprKind::GetAttr) aliases.push_back(tree[item].name);
  }
  std::sort(aliases.begin(), aliases.end());
  return aliases;
}

// One line of required_providers: `hcloud = { source = … }`, or a version alone.
ModuleProvider read_requirement(const ExprTree& tree, const model::Attribute& attribute) {
  ModuleProvider provider;
  provider.name = attribute.name.text;
  provider.span = attribute.name.span;
  if (tree[attribute.value].kind != eval::ExprKind::Object) {
    provider.version = text_of(tree, attribute.value).value_or("");
    return provider;
  }
  const auto items = tree.children(attribute.value);
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    const auto word = eval::literal_string(tree, items[i]);
    if (word == "configuration_aliases") provider.aliases = read_aliases(tree, items[i + 1]);
    const auto written = eval::literal_string(tree, items[i + 1]);
    if (!written) continue;
    if (word == "source") provider.source = *written;
    if (word == "version") provider.version = *written;
  }
  return provider;
}

// The local name that a block's provider has: `provider = aws.west`, or the type's prefix.
std::string implied_name(const ExprTree& tree, const model::Block& block) {
  const std::string& label = block.labels[0].text;
  if (block.type.text == "provider") return label;
  if (const model::Attribute* meta = find_argument(block, "provider")) {
    if (auto head = head_of(tree, meta->value)) return std::move(*head);
  }
  return label.substr(0, label.find('_'));
}

bool knows_name(const std::vector<ModuleProvider>& own, std::string_view name) {
  return std::any_of(own.begin(), own.end(),
                     [&](const ModuleProvider& it) { return it.name == name; });
}

std::string source_of(const ModuleProvider& provider) {
  return provider.source.empty() ? "hashicorp/" + provider.name : provider.source;
}

}  // namespace

void add_providers(const ModuleFolder& folder, Role role, std::vector<ModuleProvider>& providers) {
  std::vector<ModuleProvider> own;
  const ExprTree& tree = folder.expressions;
  for (const model::Block& block : folder.required_providers) {
    for (const model::Attribute& attribute : block.body.attributes) {
      ModuleProvider provider = read_requirement(tree, attribute);
      std::erase_if(own, [&](const ModuleProvider& it) { return it.name == provider.name; });
      own.push_back(std::move(provider));
    }
  }
  for (const model::Block& block : folder.provider_users) {
    if (block.labels.empty()) continue;
    std::string name = implied_name(tree, block);
    if (name.empty() || name == k_builtin || knows_name(own, name)) continue;
    own.push_back({std::move(name), "", "", {}, block.header});
  }
  for (ModuleProvider& provider : own) {
    if (role == Role::Inner) provider.aliases.clear();
    const auto same = [&](const ModuleProvider& it) {
      return source_of(it) == source_of(provider);
    };
    if (std::none_of(providers.begin(), providers.end(), same))
      providers.push_back(std::move(provider));
  }
}

void sort_providers(std::vector<ModuleProvider>& providers) {
  std::sort(providers.begin(), providers.end(),
            [](const ModuleProvider& a, const ModuleProvider& b) {
              return std::pair(a.name, a.source) < std::pair(b.name, b.source);
            });
}

}  // namespace space::modules
