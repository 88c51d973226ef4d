// Schemas: what providers say of their resources, data sources, ephemeral resources and
// configurations, as far as the program uses them. Found by compiler/schemas, read by typing (what
// a reference to a resource is) and by check (what stands in a body). Data, and look-ups that
// report nothing.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/model/resolved_program.h"
#include "core/values/value.h"

namespace space::model {

struct BlockSchema;

// How often a nested block or object stands, and what it becomes: an object, a list of them, …
// Group is Single that is never null.
enum class Nesting : std::uint8_t { Single, Group, List, Set, Map };

struct AttributeSchema {
  std::string name;
  values::Type type;  // of a nested one too
  bool required = false;
  bool optional = false;
  bool computed = false;
  bool sensitive = false;
  bool write_only = false;
  bool deprecated = false;
  std::string deprecation;  // what the provider says of it, perhaps nothing
  Nesting nesting = Nesting::Single;
  std::shared_ptr<const BlockSchema> nested;  // where its attributes have qualities of their own

  bool settable() const { return required || optional; }
};

struct NestedBlockSchema {
  std::string name;
  Nesting nesting = Nesting::Single;
  std::uint32_t min = 0;
  std::uint32_t max = 0;  // 0: any number
  std::shared_ptr<const BlockSchema> block;
};

struct BlockSchema {
  std::vector<AttributeSchema> attributes;  // by name
  std::vector<NestedBlockSchema> blocks;    // by name
  bool deprecated = false;
  std::string deprecation;

  const AttributeSchema* attribute(std::string_view name) const;
  const NestedBlockSchema* block(std::string_view name) const;
};

enum class SchemaKind : std::uint8_t { Provider, Resource, Data, Ephemeral };

struct ProviderSchema {
  std::string source;  // "hetznercloud/hcloud"
  std::string version;
  // Of what the program uses: by kind and type ("" for the provider's configuration).
  std::map<std::pair<SchemaKind, std::string>, std::shared_ptr<const BlockSchema>> used;
  std::map<SchemaKind, std::vector<std::string>> names;  // of all there are

  const BlockSchema* find(SchemaKind kind, const std::string& type) const;
};

using Schemas = std::map<std::string, ProviderSchema>;  // by source, without a host

// What tofu makes of a block: an object of its attributes and nested blocks.
values::Type object_type(const BlockSchema& block);
values::Type nested_type(Nesting nesting, values::Type object);
// The same, where what need not be written is optional: for a value that somebody writes.
values::Type writable_type(const BlockSchema& block);
// An object of unknown values, the sensitive ones marked.
values::Value unknown_object(const BlockSchema& block);

// `resource "hcloud_server" "a"` in a body: which provider's it is, and of which kind and type.
struct ResourceType {
  SchemaKind kind = SchemaKind::Resource;
  std::string type;
  std::string source;  // of its provider, without a host; "" for tofu's own
};
bool is_resource(const Block& block);  // resource, data, ephemeral, with both labels
ResourceType resource_type(const ResolvedProgram& program, const Block& block);
std::string provider_source(const ResolvedProgram& program, ProviderId provider);

// Null where no schema of that provider is known, or it has no such type.
const BlockSchema* find_schema(const Schemas& schemas, const ResourceType& resource);

}  // namespace space::model
