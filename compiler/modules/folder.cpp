#include "compiler/modules/folder.h"

#include <fmt/core.h>

#include "compiler/modules/config_files.h"
#include "compiler/modules/json_config.h"
#include "compiler/modules/merge.h"
#include "compiler/modules/native_config.h"
#include "compiler/syntax/parse.h"

namespace space::modules {

namespace {

std::vector<model::Block> blocks_of(const source::SourceSet& sources, source::FileId file,
                                    FileForm form, const std::string& called,
                                    eval::ExprTree& expressions, ModuleSink& sink) {
  if (form == FileForm::Native) {
    const syntax::SyntaxTree tree = syntax::parse(sources, file, syntax::Dialect::Tofu, sink);
    return native_blocks(tree, expressions, sink);
  }
  const std::string_view text = sources.file(file).text();
  JsonMistake mistake;
  const auto json = read_json(file, text, mistake);
  if (json) return json_blocks(*json, file_shape(), text, called, expressions, sink);
  sink.report(diagnostics::module_syntax, mistake.span, called,
              fmt::format("this is no JSON: {}", mistake.message));
  return {};
}

}  // namespace

const Argument* NamedBlock::find(std::string_view argument) const {
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
    if (const auto found = layer->find(argument); found != layer->end()) return &found->second;
  }
  return nullptr;
}

const model::Attribute* find_argument(const model::Block& block, std::string_view name) {
  for (const model::Attribute& attribute : block.body.attributes) {
    if (attribute.name.text == name) return &attribute;
  }
  return nullptr;
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
  const std::vector<ConfigFile> configs = config_files(*entries);
  if (configs.empty()) {
    sink.report(diagnostics::unreadable_module, used_at, path, "it has no `.tf` or `.tofu` file");
    return folder;
  }
  FolderMerger merger(folder, called, sink);
  for (const ConfigFile& config : configs) {
    const std::string file = base::join_path(path, config.name);
    auto text = files.read(base::join_path(project_folder, file));
    if (!text) {
      sink.report(diagnostics::unreadable_module, used_at, path,
                  fmt::format("{}: {}", config.name, text.error().message));
      continue;
    }
    const source::FileId id = sources.put(file, std::move(*text));
    merger.add(blocks_of(sources, id, config.form, called, folder.expressions, sink), config.layer);
  }
  merger.settle();
  return folder;
}

}  // namespace space::modules
