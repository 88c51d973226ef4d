// The index of one provider: its schemas as text, a line for each resource, data source, ephemeral
// resource and the provider itself, so that a program decodes the lines that it uses and no other.
//
//   space.schema/1 hetznercloud/hcloud 1.68.0
//   r hcloud_network {expose_routes_to_vswitch=oB id=ocS ip_range=rS labels=oMS name=rS}
//
// An attribute is NAME=QUALITIES TYPE "DEPRECATION", a nested block NAME*NESTING MIN,MAX {…}; the
// grammar stands in README.md. The same provider gives the same bytes. In: a Provider, or a text
// (compiled in, or from a file: nothing of it is trusted). Out: the text, or a block.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/schemas/provider.h"
#include "core/base/result.h"

namespace space::schemas {

inline constexpr std::string_view k_index_format = "space.schema/1";
inline constexpr std::string_view k_index_extension = ".schema";

std::string write_index(const Provider& provider, std::string_view source,
                        std::string_view version);

class Index {
 public:
  // Looks at where each line begins, and at nothing else. `text` must outlive it.
  static base::Result<Index> open(std::string_view text);

  const std::string& source() const { return source_; }
  const std::string& version() const { return version_; }
  std::vector<std::string> names(model::SchemaKind kind) const;
  // Null where there is none of that type; an Error where its line cannot be read.
  base::Result<std::shared_ptr<const model::BlockSchema>> find(model::SchemaKind kind,
                                                               std::string_view type) const;

 private:
  struct Line {
    model::SchemaKind kind;
    std::string_view type;
    std::string_view block;
  };
  std::string source_, version_;
  std::vector<Line> lines_;  // by kind and type
};

// One block from its text; an Error where it is none.
base::Result<model::BlockSchema> read_block(std::string_view text);

}  // namespace space::schemas
