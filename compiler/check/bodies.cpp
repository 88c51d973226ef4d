// Bodies in place and providers' configurations: each resource, data source, ephemeral resource
// and configuration with the schema of its provider, where one is known.
#include "compiler/check/bodies.h"

#include <algorithm>

namespace space::check {

namespace {

using model::SchemaKind;

std::string_view words_of(SchemaKind kind) {
  return kind == SchemaKind::Resource ? "resource"
         : kind == SchemaKind::Data   ? "data source"
                                      : "ephemeral resource";
}

std::string version_note(const model::ProviderSchema& provider) {
  return fmt::format("of {} {} as its schemas describe it", provider.source, provider.version);
}

void report_type(Context& context, const model::Block& block, const model::ResourceType& resource,
                 const model::ProviderSchema& provider) {
  const std::vector<std::string>& names = provider.names.at(resource.kind);
  std::string help;
  for (const auto& [kind, others] : provider.names) {
    if (std::find(others.begin(), others.end(), resource.type) == others.end()) continue;
    help = fmt::format("it has {} `{}`", words_of(kind), resource.type);
    break;
  }
  const model::Name& type = block.labels[0];
  auto report = context.sink.report(diagnostics::unknown_resource_type, type.span, provider.source,
                                    words_of(resource.kind), resource.type);
  report.note(version_note(provider));
  diagnostics::respell(report, {type.text, type.span, context.sources.text(type.span)},
                       {names.begin(), names.end()}, std::move(help));
}

void check_blocks(Context& context, const std::vector<model::Block>& blocks) {
  for (const model::Block& block : blocks) {
    if (block.type.text == "check") check_blocks(context, block.body.blocks);
    if (!model::is_resource(block)) continue;
    const model::ResourceType resource = model::resource_type(context.program, block);
    const auto provider = context.schemas.find(resource.source);
    if (provider == context.schemas.end()) continue;
    const model::BlockSchema* schema = model::find_schema(context.schemas, resource);
    if (schema == nullptr) {
      report_type(context, block, resource, provider->second);
      continue;
    }
    const bool is_data = resource.kind == SchemaKind::Data;
    const bool is_resource = resource.kind == SchemaKind::Resource;
    const std::string prefix = is_data ? "data." : is_resource ? "" : "ephemeral.";
    if (schema->deprecated) {
      context.sink
          .report(diagnostics::deprecated_argument, block.labels[0].span,
                  fmt::format("{} `{}`", words_of(resource.kind), resource.type))
          .note(schema->deprecation.empty() ? version_note(provider->second) : schema->deprecation);
    }
    check_body(context, block.body, *schema,
               {prefix + resource.type, version_note(provider->second),
                is_data       ? BodyPlace::Data
                : is_resource ? BodyPlace::Resource
                              : BodyPlace::Ephemeral,
                block.header});
  }
}

}  // namespace

void check_bodies(Context& context) {
  for (const model::Procedure& procedure : context.program.procedures)
    check_blocks(context, procedure.decl->body);
  for (const model::ProviderConfig& config : context.program.configs) {
    if (!config.provider.valid()) continue;
    const auto provider =
        context.schemas.find(model::provider_source(context.program, config.provider));
    if (provider == context.schemas.end()) continue;
    const model::BlockSchema* schema = provider->second.find(SchemaKind::Provider, "");
    if (schema == nullptr) continue;
    check_body(context, config.decl->body, *schema,
               {"provider." + config.decl->name.text, version_note(provider->second),
                BodyPlace::Configuration, config.decl->header});
  }
}

}  // namespace space::check
