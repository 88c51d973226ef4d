#include "compiler/model/schema.h"

#include <algorithm>

#include "compiler/model/queries.h"

namespace space::model {

namespace {

template <class Item>
const Item* find_named(const std::vector<Item>& items, std::string_view name) {
  const auto found = std::lower_bound(
      items.begin(), items.end(), name,
      [](const Item& item, std::string_view wanted) { return item.name < wanted; });
  return found == items.end() || found->name != name ? nullptr : &*found;
}

std::string source_of_name(const ResolvedProgram& program, std::string_view name) {
  if (name == "terraform") return "";  // built into tofu
  for (const Provider& provider : program.providers) {
    if (provider.name == name) return normalized_source(provider.source, provider.name);
  }
  return normalized_source("", name);
}

std::string local_name(const ResolvedProgram& program, const Block& block) {
  for (const Attribute& attribute : block.body.attributes) {
    if (attribute.name.text != "provider") continue;
    if (const auto traversal = eval::as_traversal(program.tree(), attribute.value))
      return std::string(traversal->root);
  }
  const std::string& type = block.labels[0].text;
  return type.substr(0, type.find('_'));
}

}  // namespace

const AttributeSchema* BlockSchema::attribute(std::string_view name) const {
  return find_named(attributes, name);
}

const NestedBlockSchema* BlockSchema::block(std::string_view name) const {
  return find_named(blocks, name);
}

const BlockSchema* ProviderSchema::find(SchemaKind kind, const std::string& type) const {
  const auto found = used.find({kind, type});
  return found == used.end() ? nullptr : found->second.get();
}

values::Type nested_type(Nesting nesting, values::Type object) {
  switch (nesting) {
    case Nesting::List:
      return values::Type::list(std::move(object));
    case Nesting::Set:
      return values::Type::set(std::move(object));
    case Nesting::Map:
      return values::Type::map(std::move(object));
    default:
      return object;
  }
}

values::Type object_type(const BlockSchema& block) {
  std::map<std::string, values::ObjectAttribute> attributes;
  for (const AttributeSchema& attribute : block.attributes)
    attributes.emplace(attribute.name, values::ObjectAttribute{attribute.type, false, nullptr});
  for (const NestedBlockSchema& nested : block.blocks) {
    attributes.emplace(
        nested.name, values::ObjectAttribute{
                         nested_type(nested.nesting, object_type(*nested.block)), false, nullptr});
  }
  return values::Type::object(std::move(attributes));
}

values::Type writable_type(const BlockSchema& block) {
  std::map<std::string, values::ObjectAttribute> attributes;
  for (const AttributeSchema& attribute : block.attributes) {
    values::Type type = attribute.nested == nullptr
                            ? attribute.type
                            : nested_type(attribute.nesting, writable_type(*attribute.nested));
    attributes.emplace(attribute.name,
                       values::ObjectAttribute{std::move(type), !attribute.required, nullptr});
  }
  return values::Type::object(std::move(attributes));
}

values::Value unknown_object(const BlockSchema& block) {
  values::ValueMap attributes;
  for (const AttributeSchema& attribute : block.attributes) {
    const values::Value value = values::Value::unknown(attribute.type.without_optionals());
    attributes.emplace(attribute.name,
                       attribute.sensitive ? value.with_marks({true, false}) : value);
  }
  for (const NestedBlockSchema& nested : block.blocks) {
    attributes.emplace(
        nested.name,
        values::Value::unknown(
            nested_type(nested.nesting, object_type(*nested.block)).without_optionals()));
  }
  return values::Value::object(std::move(attributes));
}

bool is_resource(const Block& block) {
  const std::string& type = block.type.text;
  return (type == "resource" || type == "data" || type == "ephemeral") && block.labels.size() == 2;
}

ResourceType resource_type(const ResolvedProgram& program, const Block& block) {
  const SchemaKind kind = block.type.text == "resource" ? SchemaKind::Resource
                          : block.type.text == "data"   ? SchemaKind::Data
                                                        : SchemaKind::Ephemeral;
  return {kind, block.labels[0].text, source_of_name(program, local_name(program, block))};
}

std::string provider_source(const ResolvedProgram& program, ProviderId provider) {
  return normalized_source(program[provider].source, program[provider].name);
}

const BlockSchema* find_schema(const Schemas& schemas, const ResourceType& resource) {
  const auto provider = schemas.find(resource.source);
  return provider == schemas.end() ? nullptr : provider->second.find(resource.kind, resource.type);
}

}  // namespace space::model
