#include "compiler/schemas/tofus_own.h"

#include "compiler/schemas/index.h"
#include "core/base/check.h"

namespace space::schemas {

namespace {

constexpr std::string_view k_index =
    "space.schema/1 opentofu 1.12\n"
    "r terraform_data {id=cS input=oA output=cA triggers_replace=oA}\n"
    "d terraform_remote_state {backend=rS config=oA defaults=oA outputs=cA workspace=oS}\n";

}  // namespace

model::ProviderSchema tofus_own() {
  using model::SchemaKind;
  model::ProviderSchema own;
  const auto index = Index::open(k_index);
  SPACE_CHECK(static_cast<bool>(index), "the schemas of tofu itself are an index");
  own.source = index->source();
  own.version = index->version();
  for (const SchemaKind kind : {SchemaKind::Resource, SchemaKind::Data, SchemaKind::Ephemeral}) {
    own.names.emplace(kind, index->names(kind));
    for (const std::string& name : own.names.at(kind)) {
      auto block = index->find(kind, name);
      SPACE_CHECK(static_cast<bool>(block), "and each line of it a block");
      own.used.emplace(std::pair(kind, name), std::move(*block));
    }
  }
  return own;
}

}  // namespace space::schemas
