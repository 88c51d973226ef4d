#include "compiler/modules/folder.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <set>

#include "compiler/program/block_reader.h"
#include "compiler/syntax/parse.h"

namespace space::modules {

namespace {

using syntax::Node;
using syntax::SyntaxKind;

enum class Layer { Primary, Override };

struct ConfigFile {
  std::string name;
  Layer layer;
};

bool is_ignored(std::string_view name) {
  return name.starts_with('.') || name.ends_with('~') ||
         (name.starts_with('#') && name.ends_with('#'));
}

// The name without its extension, where it is one of tofu's.
std::optional<std::string_view> stem(std::string_view name, std::string_view extension) {
  if (!name.ends_with(extension) || name.size() == extension.size()) return std::nullopt;
  return name.substr(0, name.size() - extension.size());
}

struct Listing {
  std::vector<ConfigFile> files;  // in tofu's order: primary ones by name, then overrides
  std::string json;               // one that is written in JSON, if any
};

Listing config_files(const std::vector<base::DirectoryEntry>& entries) {
  Listing listing;
  std::set<std::string_view> shadowing;
  for (const base::DirectoryEntry& entry : entries) {
    if (const auto name = stem(entry.name, ".tofu")) shadowing.insert(*name);
  }
  for (const base::DirectoryEntry& entry : entries) {
    if (entry.kind == base::FileKind::Directory || is_ignored(entry.name)) continue;
    if (stem(entry.name, ".tf.json") || stem(entry.name, ".tofu.json")) listing.json = entry.name;
    auto name = stem(entry.name, ".tofu");
    if (!name) {
      name = stem(entry.name, ".tf");
      if (!name || shadowing.contains(*name)) continue;
    }
    const bool override = *name == "override" || name->ends_with("_override");
    listing.files.push_back({entry.name, override ? Layer::Override : Layer::Primary});
  }
  std::stable_sort(listing.files.begin(), listing.files.end(),
                   [](const ConfigFile& a, const ConfigFile& b) { return a.layer < b.layer; });
  return listing;
}

class FolderReader {
 public:
  FolderReader(ModuleFolder& folder, const std::string& called, ModuleSink& sink)
      : folder_(folder), called_(called), sink_(sink) {}

  void read(Node file, Layer layer) {
    for (Node item = file.first_child(); item; item = item.next_sibling(file)) {
      if (item.is(SyntaxKind::Block)) read_block(item, layer);
    }
  }

  void settle() {
    const auto by_name = [](const auto& a, const auto& b) { return a.name < b.name; };
    std::stable_sort(folder_.variables.begin(), folder_.variables.end(), by_name);
    std::stable_sort(folder_.outputs.begin(), folder_.outputs.end(), by_name);
    std::stable_sort(folder_.calls.begin(), folder_.calls.end(), by_name);
  }

 private:
  void read_block(Node block, Layer layer) {
    const Node keyword = block.child(SyntaxKind::Identifier);
    if (!keyword) return;
    const std::string_view type = keyword.text();
    if (type == "variable") return declare(block, layer, folder_.variables, "variable");
    if (type == "output") return declare(block, layer, folder_.outputs, "output");
    if (type == "module") return call(block, layer);
    if (type == "terraform")
      return collect(block, "required_providers", folder_.required_providers);
    if (type == "check") return collect(block, "data", folder_.provider_users);
    if (type == "resource" || type == "data" || type == "ephemeral" || type == "provider") {
      folder_.provider_users.push_back(block);
    }
  }

  static void collect(Node block, std::string_view type, std::vector<Node>& into) {
    const Node body = block.child(SyntaxKind::Body);
    if (!body) return;
    for (Node item = body.first_child(); item; item = item.next_sibling(body)) {
      if (item.is(SyntaxKind::Block) && item.child(SyntaxKind::Identifier).text() == type)
        into.push_back(item);
    }
  }

  // The one label of a variable, output or module.
  std::optional<model::Name> label(Node block, std::string_view type) {
    std::vector<model::Name> labels = program::labels_of(block);
    if (labels.size() == 1) return std::move(labels[0]);
    sink_.report(diagnostics::module_syntax, program::header_of(block), called_,
                 fmt::format("`{}` takes one label, its name", type));
    return std::nullopt;
  }

  void declare(Node block, Layer layer, std::vector<NamedBlock>& into, std::string_view type) {
    auto name = label(block, type);
    if (!name) return;
    const auto known = std::find_if(into.begin(), into.end(),
                                    [&](const NamedBlock& it) { return it.name == name->text; });
    const bool found = known != into.end();
    if (layer == Layer::Primary && found) {
      sink_
          .report(diagnostics::module_syntax, name->span, called_,
                  fmt::format("{} `{}` is declared twice", type, name->text))
          .related(known->span, "first declared here");
      return;
    }
    if (layer == Layer::Override && !found) {
      sink_.report(diagnostics::module_syntax, name->span, called_,
                   fmt::format("there is no {} `{}` to override", type, name->text));
      return;
    }
    if (!found) into.push_back({std::move(name->text), name->span, {}, false});
    merge(block, found ? *known : into.back());
  }

  static void merge(Node block, NamedBlock& into) {
    const Node body = block.child(SyntaxKind::Body);
    if (!body) return;
    for (Node item = body.first_child(); item; item = item.next_sibling(body)) {
      const Node name = item.child(SyntaxKind::Identifier);
      if (!name) continue;
      if (item.is(SyntaxKind::Attribute))
        into.arguments.insert_or_assign(std::string(name.text()), item);
      if (item.is(SyntaxKind::Block) && name.text() == "validation") into.has_validation = true;
    }
  }

  void call(Node block, Layer layer) {
    auto name = label(block, "module");
    if (!name) return;
    const auto known = std::find_if(folder_.calls.begin(), folder_.calls.end(),
                                    [&](const ModuleCall& it) { return it.name == name->text; });
    if (known == folder_.calls.end()) {
      folder_.calls.push_back({std::move(name->text), block});
    } else if (layer == Layer::Override && find_argument(block, "source")) {
      known->block = block;
    }
  }

  ModuleFolder& folder_;
  const std::string& called_;
  ModuleSink& sink_;
};

}  // namespace

Node find_argument(Node block, std::string_view name) {
  const Node body = block.child(SyntaxKind::Body);
  if (!body) return {};
  for (Node item = body.first_child(); item; item = item.next_sibling(body)) {
    if (item.is(SyntaxKind::Attribute) && item.child(SyntaxKind::Identifier).text() == name)
      return item;
  }
  return {};
}

ModuleFolder read_folder(const base::FileSystem& files, const std::string& project_folder,
                         const std::string& path, const std::string& called, source::Span used_at,
                         source::SourceSet& sources, ModuleSink& sink) {
  ModuleFolder folder;
  folder.path = path;
  const auto entries = files.list(base::join_path(project_folder, path));
  if (!entries) {
    sink.report(diagnostics::unreadable_module, used_at, path, entries.error().message);
    return folder;
  }
  const Listing listing = config_files(*entries);
  if (listing.files.empty()) {
    sink.report(diagnostics::unreadable_module, used_at, path,
                listing.json.empty()
                    ? std::string("it has no `.tf` or `.tofu` file")
                    : fmt::format("it is written in JSON (`{}`), which spacec does not read",
                                  listing.json));
    return folder;
  }
  FolderReader reader(folder, called, sink);
  for (const ConfigFile& config : listing.files) {
    const std::string file = base::join_path(path, config.name);
    auto id = sources.find(file);
    if (!id) {
      auto text = files.read(base::join_path(project_folder, file));
      if (!text) {
        sink.report(diagnostics::unreadable_module, used_at, path,
                    fmt::format("{}: {}", config.name, text.error().message));
        continue;
      }
      id = sources.add(file, std::move(*text));
    }
    folder.trees.push_back(syntax::parse(sources, *id, syntax::Dialect::Tofu, sink));
    reader.read(folder.trees.back().root(), config.layer);
  }
  reader.settle();
  return folder;
}

}  // namespace space::modules
