#include "compiler/modules/merge.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "compiler/modules/config_shape.h"
#include "compiler/modules/literal.h"

namespace space::modules {

namespace {

bool is_user(std::string_view type) {
  return type == "resource" || type == "data" || type == "ephemeral" || type == "provider";
}

bool same_labels(const model::Block& a, const model::Block& b) {
  return std::equal(a.labels.begin(), a.labels.end(), b.labels.begin(), b.labels.end(),
                    [](const model::Name& x, const model::Name& y) { return x.text == y.text; });
}

std::string dotted(const std::vector<model::Name>& labels) {
  std::string text;
  for (const model::Name& label : labels) text += (text.empty() ? "" : ".") + label.text;
  return text;
}

}  // namespace

void FolderMerger::add(std::vector<model::Block> blocks, Layer layer) {
  for (model::Block& block : blocks) add_block(std::move(block), layer);
}

void FolderMerger::settle() {
  const auto by_name = [](const auto& a, const auto& b) { return a.name < b.name; };
  for (auto* list : {&folder_.variables, &folder_.outputs, &folder_.locals, &folder_.calls})
    std::stable_sort(list->begin(), list->end(), by_name);
}

void FolderMerger::add_block(model::Block block, Layer layer) {
  const std::string& type = block.type.text;
  if (find_block(file_shape(), type) == nullptr) {
    sink_.report(diagnostics::module_syntax, block.type.span, called_,
                 fmt::format("tofu has no block `{}`", type));
    return;
  }
  if (!has_labels(block)) return;
  if (type == "variable") return declare(block, layer, folder_.variables);
  if (type == "output") return declare(block, layer, folder_.outputs);
  if (type == "module") return declare(block, layer, folder_.calls);
  if (type == "locals") return add_locals(block, layer);
  if (type == "terraform") return add_terraform(std::move(block));
  if (type == "language") {
    for (const model::Block& inner : block.body.blocks) add_version(inner, "opentofu");
  } else if (type == "check") {
    for (model::Block& inner : block.body.blocks)
      folder_.provider_users.push_back(std::move(inner));
  } else if (is_user(type)) {
    add_user(std::move(block), layer);
  }
}

bool FolderMerger::has_labels(const model::Block& block) {
  const std::string& type = block.type.text;
  if (block.labels.size() == find_block(file_shape(), type)->labels) return true;
  // Labels of what no interface holds are tofu's to judge.
  if (type == "variable" || type == "output" || type == "module") {
    sink_.report(diagnostics::module_syntax, block.header, called_,
                 fmt::format("`{}` takes one label, its name", type));
    return false;
  }
  return is_user(type) && !block.labels.empty();
}

void FolderMerger::add_terraform(model::Block block) {
  add_version(block, "required_version");
  for (model::Block& inner : block.body.blocks)
    folder_.required_providers.push_back(std::move(inner));
}

void FolderMerger::add_version(const model::Block& block, std::string_view argument) {
  const model::Attribute* found = find_argument(block, argument);
  if (found == nullptr) return;
  if (auto version = text_of(folder_.expressions, found->value))
    folder_.tofu_versions.push_back(std::move(*version));
}

// Where a block's arguments go: a new place, or, from an override file, the one of that name.
NamedBlock* FolderMerger::place_for(const model::Name& name, source::Span header, Layer layer,
                                    std::string_view type, std::vector<NamedBlock>& into) {
  const auto known = std::find_if(into.begin(), into.end(),
                                  [&](const NamedBlock& it) { return it.name == name.text; });
  const bool found = known != into.end();
  if (layer == Layer::Primary && found) {
    sink_
        .report(diagnostics::module_syntax, name.span, called_,
                fmt::format("{} `{}` is declared twice", type, name.text))
        .related(known->span, "first declared here");
    return nullptr;
  }
  if (layer == Layer::Override && !found) {
    sink_.report(diagnostics::module_syntax, name.span, called_,
                 fmt::format("there is no {} `{}` to override", type, name.text));
    return nullptr;
  }
  return found ? &*known : &into.emplace_back(NamedBlock{name.text, name.span, header, {}, false});
}

void FolderMerger::declare(const model::Block& block, Layer layer, std::vector<NamedBlock>& into) {
  NamedBlock* place = place_for(block.labels[0], block.header, layer, block.type.text, into);
  if (place == nullptr) return;
  Arguments& arguments = place->layers.emplace_back();
  for (const model::Attribute& attribute : block.body.attributes)
    arguments.insert_or_assign(attribute.name.text, Argument{attribute.value, attribute.span});
  for (const model::Block& inner : block.body.blocks) {
    if (inner.type.text != "validation") continue;
    place->has_validation = true;
    if (layer == Layer::Override) {
      sink_.report(diagnostics::module_syntax, inner.type.span, called_,
                   "an override file cannot hold `validation`");
    }
  }
}

void FolderMerger::add_locals(const model::Block& block, Layer layer) {
  for (const model::Attribute& attribute : block.body.attributes) {
    NamedBlock* place =
        place_for(attribute.name, attribute.name.span, layer, "local", folder_.locals);
    if (place != nullptr)
      place->layers.push_back({{"value", Argument{attribute.value, attribute.span}}});
  }
}

// Of an override only its `provider` counts here.
void FolderMerger::add_user(model::Block block, Layer layer) {
  auto& users = folder_.provider_users;
  if (layer == Layer::Primary || block.type.text == "provider") {
    users.push_back(std::move(block));
    return;
  }
  const auto known = std::find_if(users.begin(), users.end(), [&](const model::Block& it) {
    return it.type.text == block.type.text && same_labels(it, block);
  });
  if (known == users.end()) {
    sink_.report(
        diagnostics::module_syntax, block.header, called_,
        fmt::format("there is no {} `{}` to override", block.type.text, dotted(block.labels)));
  } else if (find_argument(block, "provider") != nullptr) {
    *known = std::move(block);
  }
}

}  // namespace space::modules
