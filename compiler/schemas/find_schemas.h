// find_schemas: the schemas that a program uses. In: the program, and which indices there are,
// beside the project and compiled in; one is read only where the program uses its provider. Out:
// Schemas with the types that bodies and configurations use and no other. Beside the project wins
// over compiled in; of several versions the one that the program pins exactly, else the newest.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/schema.h"
#include "core/base/result.h"
#include "core/diagnostics/sink.h"

namespace space::schemas {

enum class Origin { Project, CompiledIn };

struct IndexFile {
  std::string source;   // "hetznercloud/hcloud"
  std::string version;  // "1.68.0"
  Origin origin = Origin::CompiledIn;
  std::string path;                                 // for messages
  std::function<base::Result<std::string>()> read;  // its text
};

// `NAMESPACE/NAME/VERSION.schema` below a folder of indices; nothing where a path is no such file.
std::optional<IndexFile> index_file_of(std::string_view path);
std::string index_path(std::string_view source, std::string_view version);

// Is version `a` older than `b`? By their numbers; a pre-release is older than its release.
bool is_older(std::string_view a, std::string_view b);

model::Schemas find_schemas(const model::ResolvedProgram& program,
                            const std::vector<IndexFile>& files, diagnostics::DiagnosticSink& sink);

}  // namespace space::schemas
