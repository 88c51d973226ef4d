// `provider` at the top: which plugin. In a space or a mission: how it is configured.
#include <algorithm>

#include "compiler/program/block_reader.h"
#include "compiler/program/body.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

std::optional<model::ProviderDecl> read_provider(Context& context, syntax::Node block) {
  model::ProviderDecl provider;
  const bool named = read_header(context, block, "provider", k_one_name, provider);
  const Argument arguments[] = {
      {"source", &provider.source, Need::Required, "\"NAMESPACE/TYPE\""},
      {"version", &provider.version, Need::Required, "\"…\""},
  };
  read_body(context, block, {"provider", arguments, {}}, describe("provider", provider.name),
            provider.header);
  if (!named) return std::nullopt;
  check_name(provider.name, NameRule::Folder, context.sink);
  return provider;
}

std::optional<model::ProviderConfigDecl> read_provider_config(Context& context,
                                                              syntax::Node block) {
  constexpr Labels k_labels{1, 2, "one or two labels, the provider and a label of its own"};
  model::ProviderConfigDecl config;
  std::vector<model::Name> labels;
  const bool named = read_header(context, block, "provider", k_labels, config, &labels);
  if (labels.size() == 2) {
    config.label = std::move(labels[1]);
    check_name(config.label, NameRule::Folder, context.sink);
  }
  if (const syntax::Node body = block.child(syntax::SyntaxKind::Body)) {
    config.body = read_body_as_it_stands(body, context.expressions, context.sink);
  }
  std::vector<model::Attribute>& attributes = config.body.attributes;
  const auto regional =
      std::find_if(attributes.begin(), attributes.end(),
                   [](const model::Attribute& it) { return it.name.text == "regional"; });
  if (regional != attributes.end()) {
    config.regional = regional->value;
    attributes.erase(regional);
  }
  if (!named) return std::nullopt;
  return config;
}

void settle_provider_configs(Context& context, std::vector<model::ProviderConfigDecl>& configs,
                             Repeats repeats) {
  const auto key = [](const model::ProviderConfigDecl& config) {
    return NameKey{config.name.text, config.label.text, config.header};
  };
  settle(configs, "provider configuration", context.sink, key, repeats);
}

}  // namespace space::program
