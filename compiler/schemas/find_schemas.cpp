#include "compiler/schemas/find_schemas.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "compiler/model/queries.h"
#include "compiler/schemas/index.h"
#include "compiler/schemas/tofus_own.h"
#include "core/base/strings.h"

namespace space::schemas {

namespace {

using model::SchemaKind;
using Wanted = std::map<std::string, std::set<std::pair<SchemaKind, std::string>>>;  // by source

void want_blocks(const model::ResolvedProgram& program, const std::vector<model::Block>& blocks,
                 Wanted& wanted) {
  for (const model::Block& block : blocks) {
    if (block.type.text == "check") want_blocks(program, block.body.blocks, wanted);
    if (!model::is_resource(block)) continue;
    const model::ResourceType resource = model::resource_type(program, block);
    if (!resource.source.empty()) wanted[resource.source].insert({resource.kind, resource.type});
  }
}

Wanted all_wanted(const model::ResolvedProgram& program) {
  Wanted wanted;
  for (const model::Procedure& procedure : program.procedures)
    want_blocks(program, procedure.decl->body, wanted);
  for (const model::ProviderConfig& config : program.configs) {
    if (!config.provider.valid()) continue;
    wanted[model::provider_source(program, config.provider)].insert({SchemaKind::Provider, ""});
  }
  return wanted;
}

// "1.68.0" of `= 1.68.0` or `1.68.0`; nothing of a range.
std::string_view exact_version(std::string_view constraint) {
  constraint = base::trim(constraint);
  if (constraint.starts_with("=")) constraint = base::trim(constraint.substr(1));
  const bool starts = !constraint.empty() && constraint[0] >= '0' && constraint[0] <= '9';
  return starts && constraint.find_first_of(", ") == std::string_view::npos ? constraint
                                                                            : std::string_view();
}

std::string_view pinned_version(const model::ResolvedProgram& program, std::string_view source) {
  for (const model::Provider& provider : program.providers) {
    if (model::normalized_source(provider.source, provider.name) == source)
      return exact_version(provider.version);
  }
  return {};
}

source::Span declared_at(const model::ResolvedProgram& program, std::string_view source) {
  for (const model::Provider& provider : program.providers) {
    if (model::normalized_source(provider.source, provider.name) == source)
      return provider.decl->header;
  }
  return {};
}

const IndexFile* choose(const std::vector<IndexFile>& files, std::string_view source,
                        std::string_view pinned) {
  const IndexFile* best = nullptr;
  const auto better = [&](const IndexFile& file) {
    if (best == nullptr) return true;
    if ((file.version == pinned) != (best->version == pinned)) return file.version == pinned;
    if (file.origin != best->origin) return file.origin == Origin::Project;
    return is_older(best->version, file.version);
  };
  for (const IndexFile& file : files) {
    if (file.source == source && better(file)) best = &file;
  }
  return best;
}

base::Result<model::ProviderSchema> read_used(
    const IndexFile& file, const std::set<std::pair<SchemaKind, std::string>>& wanted) {
  SPACE_TRY(const std::string text, file.read());
  SPACE_TRY(const Index index, Index::open(text));
  model::ProviderSchema provider;
  provider.source = file.source;
  provider.version = index.version();
  for (const auto& [kind, type] : wanted) {
    SPACE_TRY(auto block, index.find(kind, type));
    if (block != nullptr) provider.used.emplace(std::pair(kind, type), std::move(block));
  }
  for (const SchemaKind kind : {SchemaKind::Resource, SchemaKind::Data, SchemaKind::Ephemeral})
    provider.names.emplace(kind, index.names(kind));
  return provider;
}

}  // namespace

std::string index_path(std::string_view source, std::string_view version) {
  return std::string(source) + "/" + std::string(version) + std::string(k_index_extension);
}

std::optional<IndexFile> index_file_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos || !path.ends_with(k_index_extension)) return std::nullopt;
  IndexFile file;
  file.source = path.substr(0, slash);
  file.version = path.substr(slash + 1, path.size() - slash - 1 - k_index_extension.size());
  file.path = path;
  return file;
}

bool is_older(std::string_view a, std::string_view b) {
  const auto release = [](std::string_view version) {
    return version.substr(0, version.find('-'));
  };
  const auto numbers = [&](std::string_view version) {
    std::vector<std::uint64_t> out;
    for (const std::string_view part : base::split(release(version), '.')) {
      std::uint64_t number = 0;
      std::from_chars(part.data(), part.data() + part.size(), number);
      out.push_back(number);
    }
    return out;
  };
  const auto left = numbers(a), right = numbers(b);
  if (left != right) return left < right;
  const bool a_is_release = release(a) == a, b_is_release = release(b) == b;
  return a_is_release != b_is_release ? b_is_release : a < b;
}

model::Schemas find_schemas(const model::ResolvedProgram& program,
                            const std::vector<IndexFile>& files,
                            diagnostics::DiagnosticSink& sink) {
  model::Schemas schemas;
  schemas.emplace("", tofus_own());
  for (const auto& [source, wanted] : all_wanted(program)) {
    const IndexFile* file = choose(files, source, pinned_version(program, source));
    if (file == nullptr) continue;
    auto provider = read_used(*file, wanted);
    if (!provider) {
      sink.report(diagnostics::unreadable_schema, declared_at(program, source), file->path,
                  provider.error().message)
          .label("its bodies are not checked")
          .help("remove the file, or write it anew with `spacec schema add`");
      continue;
    }
    schemas.emplace(source, std::move(*provider));
  }
  return schemas;
}

}  // namespace space::schemas
