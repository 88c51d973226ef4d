// A root's backend: the remote's settings as evaluated for the flight, the compiler's own address,
// and encryption.
#include <algorithm>

#include "compiler/lower/root_builder.h"
#include "core/base/filesystem.h"
#include "core/base/strings.h"
#include "core/values/render.h"

namespace space::lower {

namespace {

void set(LoweredBlock& block, std::string name, const values::Value& value, source::Span from) {
  block.assignments.push_back(
      {std::move(name), {{values::to_hcl(value), from, runplan::MappingKind::Derived}}, from});
}

std::string text_argument(const model::Flight& flight, const std::string& name,
                          std::string fallback) {
  const auto found = flight.remote.arguments.find(name);
  const bool text = found != flight.remote.arguments.end() && found->second.is_known() &&
                    !found->second.is_null() &&
                    found->second.type().kind() == values::TypeKind::String;
  return text ? found->second.as_string() : std::move(fallback);
}

bool absolute(const std::string& path) { return path.starts_with("/"); }

// What the compiler owns, by remote type (language.md, section 8).
void set_address(RootBuilder& builder, LoweredBlock& block, const model::Flight& flight,
                 const model::Remote& remote, const std::string& address) {
  const source::Span from = remote.decl->header;
  const auto text = [&](std::string name, const std::string& value) {
    set(block, std::move(name), values::Value::string(value), from);
  };
  const std::string& type = remote.type;
  if (type == "local") {
    const std::string folder = text_argument(
        flight, "folder", ".space/state/" + builder.env.program()[flight.environment].name);
    const std::string file = base::join_path(folder, address) + ".tfstate";
    const std::string from_out =
        absolute(file) ? file : base::join_path(builder.env.layout.project_from_out, file);
    builder.root.state.path = from_out;
    text("path",
         absolute(from_out) ? from_out : base::normalize_path(std::string(k_to_out) + from_out));
  } else if (type == "s3" || type == "azurerm") {
    text("key", address);
  } else if (type == "gcs") {
    text("prefix", address);
  } else if (type == "oss" || type == "cos") {
    text("prefix", base::parent_path(address));
    text("key", std::string(base::file_name(address)));
  } else if (type == "consul") {
    text("path", address);
  } else if (type == "pg") {
    text("schema_name", address);
  } else if (type == "kubernetes") {
    text("secret_suffix", base::replace_all(address, "_", "-"));
  } else if (type == "http") {
    std::string base = text_argument(flight, "base", "");
    while (base.ends_with('/')) base.pop_back();
    text("address", base + "/" + address);
    text("lock_address", base + "/" + address);
    text("unlock_address", base + "/" + address);
  }
}

// A nested block of the remote, with its values in this flight.
LoweredBlock settings_block(const model::Block& block,
                            const std::map<std::string, values::Value>& values) {
  LoweredBlock out;
  out.type = block.type.text;
  out.from = block.header;
  for (const model::Attribute& attribute : block.body.attributes)
    set(out, attribute.name.text, values.at(attribute.name.text), attribute.span);
  return out;
}

LoweredBlock nested(RootBuilder& builder, const View& view, const model::Block& block) {
  LoweredBlock out;
  out.type = block.type.text;
  for (const model::Name& label : block.labels) out.labels.push_back(label.text);
  out.from = block.header;
  for (const model::Attribute& attribute : block.body.attributes) {
    out.assignments.push_back(
        {attribute.name.text, rewrite_expression(builder, view, attribute.value), attribute.span});
  }
  for (const model::Block& inner : block.body.blocks)
    out.blocks.push_back(nested(builder, view, inner));
  return out;
}

Assignment plain(std::string name, std::string text, source::Span from) {
  return {std::move(name), {{std::move(text), from, runplan::MappingKind::Synthetic}}, from};
}

// encryption "pbkdf2" { passphrase = secret.x } becomes a key provider, a method, and state and
// plan that must use it.
LoweredBlock encryption(RootBuilder& builder, const View& view, const model::Block& block) {
  builder.zone = Zone::Encryption;
  LoweredBlock provider = nested(builder, view, block);
  builder.zone = Zone::Code;
  provider.type = "key_provider";
  const std::string kind =
      provider.labels.empty() ? std::string("pbkdf2") : provider.labels.front();
  provider.labels = {kind, "this"};
  LoweredBlock method;
  method.type = "method";
  method.labels = {"aes_gcm", "this"};
  method.from = block.header;
  method.assignments.push_back(plain("keys", "key_provider." + kind + ".this", block.header));
  LoweredBlock out;
  out.type = "encryption";
  out.from = block.header;
  out.blocks.push_back(std::move(provider));
  out.blocks.push_back(std::move(method));
  for (const char* what : {"state", "plan"}) {
    LoweredBlock use;
    use.type = what;
    use.from = block.header;
    use.assignments.push_back(plain("method", "method.aes_gcm.this", block.header));
    use.assignments.push_back(plain("enforced", "true", block.header));
    out.blocks.push_back(std::move(use));
  }
  return out;
}

}  // namespace

void lower_backend(RootBuilder& builder, const View& view, const std::string& address) {
  const model::ResolvedProgram& program = builder.env.program();
  const model::Flight& flight = *view.flight;
  const model::Remote& remote = program[program[flight.space].remote];
  const model::RemoteType* type = model::find_remote_type(remote.type);
  builder.root.state.remote = remote.name;
  builder.root.state.type = remote.type;
  builder.root.state.address = address;
  for (const auto& [variable, secret] : remote.environment) {
    builder.root.state.environment.emplace(variable, program[secret].name);
    builder.secrets.insert(secret.value);
  }
  LoweredBlock& block = builder.root.backend;
  block.type = "backend";
  block.labels = {remote.type};
  block.from = remote.decl->header;
  for (const model::Attribute& attribute : remote.decl->arguments) {
    const model::RemoteArgument* argument =
        type == nullptr ? nullptr : model::find_argument(*type, attribute.name.text);
    if (argument == nullptr || argument->role == model::ArgumentRole::Ours ||
        argument->role == model::ArgumentRole::Owned)
      continue;
    set(block, attribute.name.text, flight.remote.arguments.at(attribute.name.text),
        attribute.span);
  }
  set_address(builder, block, flight, remote, address);
  std::sort(block.assignments.begin(), block.assignments.end(),
            [](const Assignment& a, const Assignment& b) { return a.name < b.name; });
  for (std::size_t i = 0; i < remote.decl->blocks.size(); ++i) {
    const model::Block& inner = remote.decl->blocks[i];
    if (inner.type.text == "encryption") {
      builder.root.encryption.push_back(encryption(builder, view, inner));
    } else {
      block.blocks.push_back(settings_block(inner, flight.remote.blocks[i]));
    }
  }
}

void lower_configuration(RootBuilder& builder, const View& view, const std::string& provider,
                         const model::ProviderConfig& config) {
  LoweredBlock block;
  block.type = "provider";
  block.labels = {provider};
  block.from = config.decl->header;
  block.alias = config.label;
  if (!config.label.empty()) {
    block.assignments.push_back(
        plain("alias", values::quote_hcl(config.label), config.decl->label.span));
  }
  builder.zone = Zone::Provider;
  for (const model::Attribute& attribute : config.decl->body.attributes) {
    block.assignments.push_back(
        {attribute.name.text, rewrite_expression(builder, view, attribute.value), attribute.span});
  }
  for (const model::Block& inner : config.decl->body.blocks)
    block.blocks.push_back(nested(builder, view, inner));
  builder.zone = Zone::Code;
  builder.root.providers.push_back(std::move(block));
  note_provider_reach(builder, view, provider, config);
}

void lower_providers(RootBuilder& builder, const View& view, const model::Procedure& procedure) {
  const model::ResolvedProgram& program = builder.env.program();
  const model::Flight& flight = *view.flight;
  for (const model::NeededProvider& needed :
       model::needed_providers(program, builder.env.checked.modules(), procedure, flight.space)) {
    builder.root.required_providers.push_back({needed.name, needed.source, needed.version});
    if (!needed.declared.valid()) continue;
    for (const model::ConfigId id : model::configurations(program, flight, needed.declared)) {
      const model::ProviderConfig& config = program[id];
      if (!model::is_used(program, procedure, needed, config)) continue;
      lower_configuration(builder, view, needed.name, config);
    }
  }
}

}  // namespace space::lower
