#include "compiler/modules/providers.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "compiler/modules/literal.h"
#include "compiler/program/block_reader.h"
#include "compiler/program/expressions.h"

namespace space::modules {

namespace {

using model::ModuleProvider;
using syntax::Node;
using syntax::SyntaxKind;

constexpr std::string_view k_builtin = "terraform";  // terraform_data, terraform_remote_state

// configuration_aliases = [hcloud.west]
std::vector<std::string> read_aliases(Node value) {
  std::vector<std::string> aliases;
  for (Node item = value.first_child(); item; item = item.next_sibling(value)) {
    if (!item.is(SyntaxKind::GetAttrExpr)) continue;
    if (const Node name = item.child(SyntaxKind::Identifier)) aliases.emplace_back(name.text());
  }
  std::sort(aliases.begin(), aliases.end());
  return aliases;
}

// One line of required_providers: `hcloud = { source = … }`, or a version alone.
ModuleProvider read_requirement(Node attribute) {
  ModuleProvider provider;
  const Node name = attribute.child(SyntaxKind::Identifier);
  provider.name = name.text();
  provider.span = name.span();
  const Node value = attribute.expression();
  if (!value) return provider;
  if (!value.is(SyntaxKind::ObjectExpr)) {
    if (const auto version = text_of(attribute)) provider.version = *version;
    return provider;
  }
  for (Node item = value.first_child(); item; item = item.next_sibling(value)) {
    if (!item.is(SyntaxKind::ObjectItem)) continue;
    const Node key = item.expression(), inner = item.expression(1);
    if (!key || !inner) continue;
    std::string_view word = key.text();
    if (word.size() > 1 && word.front() == '"') word = word.substr(1, word.size() - 2);
    if (word == "configuration_aliases") {
      provider.aliases = read_aliases(inner);
      continue;
    }
    eval::ExprTree tree;
    diagnostics::NullSink quiet;
    const eval::ExprId id = program::build_expression(inner, tree, quiet);
    const auto written = eval::literal_string(tree, id);
    if (!written) continue;
    if (word == "source") provider.source = *written;
    if (word == "version") provider.version = *written;
  }
  return provider;
}

// The local name that a block's provider has: `provider = aws.west`, or the type's prefix.
std::string_view implied_name(Node block, const std::vector<model::Name>& labels) {
  if (labels.empty()) return {};
  if (block.child(SyntaxKind::Identifier).text() == "provider") return labels[0].text;
  if (const Node meta = find_argument(block, "provider")) {
    Node head = meta.expression();
    while (head && head.is(SyntaxKind::GetAttrExpr)) head = head.expression();
    if (head && head.is(SyntaxKind::VariableExpr)) return head.text();
  }
  return std::string_view(labels[0].text).substr(0, labels[0].text.find('_'));
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
  for (const Node block : folder.required_providers) {
    const Node body = block.child(SyntaxKind::Body);
    if (!body) continue;
    for (Node item = body.first_child(); item; item = item.next_sibling(body)) {
      if (!item.is(SyntaxKind::Attribute)) continue;
      ModuleProvider provider = read_requirement(item);
      std::erase_if(own, [&](const ModuleProvider& it) { return it.name == provider.name; });
      own.push_back(std::move(provider));
    }
  }
  for (const Node block : folder.provider_users) {
    const std::vector<model::Name> labels = program::labels_of(block);
    const std::string_view name = implied_name(block, labels);
    if (name.empty() || name == k_builtin || knows_name(own, name)) continue;
    own.push_back({std::string(name), "", "", {}, program::header_of(block)});
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
