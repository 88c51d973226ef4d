#include "compiler/model/queries.h"

#include <algorithm>

#include "core/base/filesystem.h"
#include "core/base/hash.h"
#include "core/base/strings.h"
#include "core/values/render.h"

namespace space::model {

std::optional<EnvironmentId> environment_read(const ResolvedProgram& program, EnvironmentId from,
                                              const Reference& reference) {
  if (!reference.common || program[from].kind == EnvironmentKind::Sandbox) return from;
  for (std::size_t i = 0; i < program.environments.size(); ++i) {
    if (program.environments[i].kind == EnvironmentKind::Common) return EnvironmentId(i);
  }
  return std::nullopt;
}

std::vector<FlightId> producer_flights(const ResolvedProgram& program, const Flight& reader,
                                       const Reference& reference) {
  const auto environment = environment_read(program, reader.environment, reference);
  std::vector<FlightId> all;
  if (!environment) return all;
  for (const FlightId id : program[reference.mission].flights) {
    const Flight& flight = program[id];
    if (flight.environment != *environment) continue;
    if (reference.key && program[flight.instance].key != *reference.key) continue;
    if (reference.space.valid() && flight.space != reference.space) continue;
    all.push_back(id);
  }
  if (reference.kind != RefKind::ExportValue || reference.space.valid() || all.size() <= 1)
    return all;
  for (const FlightId id : all) {
    if (program[id].space == reader.space) return {id};
  }
  return {};  // several, and none in the reader's space
}

std::optional<ConfigId> default_config(const ResolvedProgram& program, SpaceId space) {
  for (const ConfigId id : program[space].configs) {
    if (program[id].label.empty() && program[id].regional && program[id].provider.valid())
      return id;
  }
  return std::nullopt;
}

const Implementation* implementation_in(const ResolvedProgram& program, const Interface& interface,
                                        SpaceId space) {
  const auto config = default_config(program, space);
  if (!config) return nullptr;
  const std::string& provider = program[program[*config].provider].name;
  for (const Implementation& implementation : interface.implementations) {
    if (implementation.provider == provider) return &implementation;
  }
  return nullptr;
}

const std::vector<OutputDecl>& outputs_of(const ResolvedProgram& program,
                                          const Procedure& procedure) {
  return procedure.interface.valid() ? program[procedure.interface].decl->outputs
                                     : procedure.decl->outputs;
}

std::string remote_module_key(std::string_view address, std::string_view version) {
  std::string key = "remote ";
  key += address;
  if (!version.empty()) key.append(" ").append(version);
  return key;
}

std::string module_source(const ResolvedProgram& program, const Procedure& procedure,
                          SpaceId space) {
  if (procedure.body == Procedure::BodyKind::Local) return procedure.source;
  if (procedure.body == Procedure::BodyKind::Remote)
    return remote_module_key(procedure.source, procedure.version);
  if (!procedure.interface.valid()) return "";
  const Implementation* implementation =
      implementation_in(program, program[procedure.interface], space);
  return implementation == nullptr ? "" : implementation->source;
}

std::string normalized_source(std::string_view source, std::string_view name) {
  if (source.empty()) return "hashicorp/" + std::string(name);
  for (const std::string_view host : {"registry.opentofu.org/", "registry.terraform.io/"}) {
    if (source.starts_with(host)) source.remove_prefix(host.size());
  }
  return std::string(source);
}

namespace {

const Attribute* find_attribute(const Body& body, std::string_view name) {
  for (const Attribute& attribute : body.attributes) {
    if (attribute.name.text == name) return &attribute;
  }
  return nullptr;
}

void add_needed(const ResolvedProgram& program, std::vector<NeededProvider>& needed,
                std::string name, std::string source, std::string version, Span span) {
  if (name == "terraform") return;  // built in
  for (std::size_t i = 0; i < program.providers.size(); ++i) {
    const Provider& provider = program.providers[i];
    const bool same = source.empty() ? provider.name == name
                                     : normalized_source(provider.source, provider.name) ==
                                           normalized_source(source, name);
    if (!same) continue;
    NeededProvider item{std::move(name), provider.source, provider.version, ProviderId(i), span};
    if (!version.empty() && version != item.version)
      item.version += item.version.empty() ? version : ", " + version;
    needed.push_back(std::move(item));
    return;
  }
  needed.push_back({name, normalized_source(source, name), std::move(version), ProviderId(), span});
}

void body_providers(const ResolvedProgram& program, const std::vector<Block>& blocks,
                    std::vector<NeededProvider>& needed) {
  for (const Block& block : blocks) {
    const std::string& type = block.type.text;
    if (type == "check") body_providers(program, block.body.blocks, needed);
    if ((type != "resource" && type != "data" && type != "ephemeral") || block.labels.empty())
      continue;
    std::string name = block.labels[0].text.substr(0, block.labels[0].text.find('_'));
    if (const Attribute* meta = find_attribute(block.body, "provider")) {
      if (const auto traversal = eval::as_traversal(program.tree(), meta->value))
        name = std::string(traversal->root);
    }
    add_needed(program, needed, std::move(name), "", "", block.header);
  }
}

}  // namespace

std::string project_folder(const Program& program, const source::SourceSet& sources) {
  if (!program.project) return ".";
  return base::parent_path(sources.file(program.project->span.file).path());
}

std::vector<BodyModule> body_modules(const ResolvedProgram& program, const Procedure& procedure,
                                     const source::SourceSet& sources) {
  const std::string folder = base::parent_path(base::relative_path(
      project_folder(*program.program, sources), sources.file(procedure.decl->span.file).path()));
  std::vector<BodyModule> modules;
  for (const Block& block : procedure.decl->body) {
    if (block.type.text != "module") continue;
    const Attribute* source = find_attribute(block.body, "source");
    if (source == nullptr) continue;
    const auto written = eval::literal_string(program.tree(), source->value);
    if (written && (written->starts_with("./") || written->starts_with("../"))) {
      modules.push_back({source->value, base::join_path(folder, *written)});
    }
  }
  return modules;
}

std::vector<RemoteModule> remote_modules(const ResolvedProgram& program,
                                         const Procedure& procedure) {
  std::vector<RemoteModule> modules;
  if (procedure.body == Procedure::BodyKind::Remote)
    modules.push_back({procedure.decl->source, procedure.source, procedure.version});
  for (const Block& block : procedure.decl->body) {
    if (block.type.text != "module") continue;
    const Attribute* source = find_attribute(block.body, "source");
    if (source == nullptr) continue;
    auto written = eval::literal_string(program.tree(), source->value);
    if (!written || written->empty() || written->starts_with(".") || written->starts_with("/"))
      continue;
    const Attribute* version = find_attribute(block.body, "version");
    const auto pinned =
        version == nullptr ? std::nullopt : eval::literal_string(program.tree(), version->value);
    modules.push_back({source->value, std::move(*written), pinned.value_or("")});
  }
  return modules;
}

bool lacks_source(const ResolvedProgram& program, std::string_view provider) {
  return std::any_of(program.providers.begin(), program.providers.end(), [&](const Provider& one) {
    return one.name == provider && one.source.empty();
  });
}

std::vector<NeededProvider> needed_providers(const ResolvedProgram& program, const Modules& modules,
                                             const Procedure& procedure, SpaceId space) {
  std::vector<NeededProvider> needed;
  const auto add_module = [&](const std::string& source) {
    const auto found = modules.find(source);
    if (found == modules.end()) return;
    for (const ModuleProvider& provider : found->second.providers) {
      add_needed(program, needed, provider.name, provider.source, provider.version, provider.span);
    }
  };
  add_module(module_source(program, procedure, space));
  for (const RemoteModule& module : remote_modules(program, procedure))
    add_module(remote_module_key(module.address, module.version));
  body_providers(program, procedure.decl->body, needed);
  for (const Block& block : procedure.decl->body) {
    if (block.type.text != "module") continue;
    const Attribute* source = find_attribute(block.body, "source");
    const auto written =
        source == nullptr ? std::nullopt : eval::literal_string(program.tree(), source->value);
    if (!written || !written->starts_with(".")) continue;
    for (const auto& [path, interface] : modules) {
      if (!path.starts_with("remote ") && path.ends_with(base::normalize_path(*written)))
        add_module(path);
    }
  }
  std::sort(needed.begin(), needed.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  needed.erase(std::unique(needed.begin(), needed.end(),
                           [](const auto& a, const auto& b) { return a.name == b.name; }),
               needed.end());
  return needed;
}

std::vector<ConfigId> configurations(const ResolvedProgram& program, const Flight& flight,
                                     ProviderId provider) {
  std::vector<ConfigId> out;
  const auto add = [&](const std::vector<ConfigId>& configs) {
    for (const ConfigId id : configs) {
      if (program[id].provider != provider) continue;
      const bool taken = std::any_of(out.begin(), out.end(), [&](ConfigId other) {
        return program[other].label == program[id].label;
      });
      if (!taken) out.push_back(id);
    }
  };
  add(program[flight.mission].configs);
  add(program[flight.space].configs);
  std::sort(out.begin(), out.end(),
            [&](ConfigId a, ConfigId b) { return program[a].label < program[b].label; });
  return out;
}

namespace {

// `expr`, or the values of an object: its keys are the called module's own names.
bool names_label(const ResolvedProgram& program, ExprId expr, const NeededProvider& needed,
                 const std::string& label) {
  const eval::ExprTree& tree = program.tree();
  if (tree[expr].kind == eval::ExprKind::Object) {
    const auto children = tree.children(expr);
    for (std::size_t i = 1; i < children.size(); i += 2) {
      if (names_label(program, children[i], needed, label)) return true;
    }
    return false;
  }
  const auto traversal = eval::as_traversal(tree, expr);
  if (!traversal) return false;
  const Reference* reference = program.reference(traversal->head);
  const bool is_ours = reference != nullptr && reference->kind == RefKind::Provider;
  if (is_ours && ProviderId(reference->entity) != needed.declared) return false;
  if (!is_ours && traversal->root != needed.name) return false;
  const std::size_t at = is_ours ? 1 : 0;  // provider.NAME.LABEL, or in a body NAME.LABEL
  return traversal->steps.size() > at && traversal->steps[at].name == label;
}

bool names_label(const ResolvedProgram& program, const std::vector<Block>& blocks,
                 const NeededProvider& needed, const std::string& label) {
  return std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) {
    for (const std::string_view name : {"provider", "providers"}) {
      const Attribute* meta = find_attribute(block.body, name);
      if (meta != nullptr && names_label(program, meta->value, needed, label)) return true;
    }
    return names_label(program, block.body.blocks, needed, label);
  });
}

}  // namespace

bool is_used(const ResolvedProgram& program, const Procedure& procedure,
             const NeededProvider& needed, const ProviderConfig& config) {
  if (config.label.empty()) return true;
  const ProcedureDecl& decl = *procedure.decl;
  return (decl.providers.valid() && names_label(program, decl.providers, needed, config.label)) ||
         names_label(program, decl.body, needed, config.label);
}

std::string rooted_name(const Procedure& procedure, const std::string& key) {
  return procedure.keyed ? procedure.name + "--" + key : procedure.name;
}

std::string mission_name(const ResolvedProgram& program, const Flight& flight) {
  if (flight.mission.valid()) return program[flight.mission].name;
  return flight.folder_name.substr(0, flight.folder_name.find("--"));
}

const ProgramState* find_state(const StateBook& book, const StateName& name) {
  const auto at = std::lower_bound(
      book.states.begin(), book.states.end(), name,
      [](const ProgramState& state, const StateName& wanted) { return state.name < wanted; });
  return at == book.states.end() || at->name != name ? nullptr : &*at;
}

StateName state_name(const ResolvedProgram& program, const Flight& flight,
                     const Procedure& procedure, const std::string& key) {
  return {program[flight.environment].name,
          program[flight.space].name,
          program[flight.mission].name,
          program[flight.instance].key,
          procedure.name,
          key};
}

std::string fresh_address(const ResolvedProgram& program, const Flight& flight,
                          const Procedure& procedure, const std::string& key) {
  const RemoteId id = program[flight.space].remote;
  const RemoteType* type = id.valid() ? find_remote_type(program[id].type) : nullptr;
  const std::string_view slash = type == nullptr ? std::string_view("/") : type->slash;
  const std::string full = flight.folder_name + std::string(slash) + program[flight.space].name +
                           std::string(slash) + rooted_name(procedure, key);
  if (type == nullptr || type->address_limit == 0 || full.size() <= type->address_limit)
    return full;
  // Two long names that a backend cuts to the same bytes would be one state (language.md, law 5).
  return full.substr(0, type->address_limit - 13) + "-" + base::sha256_hex(full).substr(0, 12);
}

const values::Value* setting(const ResolvedProgram& program, ExprId expr) {
  if (!expr.valid()) return nullptr;
  const auto found = program.settings.find(expr);
  return found == program.settings.end() ? nullptr : &found->second;
}

std::optional<bool> bool_setting(const ResolvedProgram& program, ExprId expr) {
  const values::Value* value = setting(program, expr);
  return value != nullptr && value->kind() == values::TypeKind::Bool
             ? std::optional(value->as_bool())
             : std::nullopt;
}

std::optional<std::string> text_setting(const ResolvedProgram& program, ExprId expr) {
  const values::Value* value = setting(program, expr);
  return value != nullptr && value->kind() == values::TypeKind::String
             ? std::optional(value->as_string())
             : std::nullopt;
}

}  // namespace space::model
