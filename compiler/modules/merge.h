// Merging the blocks of a module's files, as tofu does it. In: the blocks of one file after the
// other, primary files first. Out: the lists of a ModuleFolder. A name that is declared twice, or
// overridden and never declared, is reported.
#pragma once

#include <string>
#include <vector>

#include "compiler/modules/config_files.h"
#include "compiler/modules/folder.h"

namespace space::modules {

class FolderMerger {
 public:
  FolderMerger(ModuleFolder& folder, const std::string& called, ModuleSink& sink)
      : folder_(folder), called_(called), sink_(sink) {}

  void add(std::vector<model::Block> blocks, Layer layer);
  void settle();  // after the last file: sorts

 private:
  void add_block(model::Block block, Layer layer);
  void add_locals(const model::Block& block, Layer layer);
  void add_user(model::Block block, Layer layer);
  void add_terraform(model::Block block);
  void add_version(const model::Block& block, std::string_view argument);
  void declare(const model::Block& block, Layer layer, std::vector<NamedBlock>& into);
  NamedBlock* place_for(const model::Name& name, source::Span header, Layer layer,
                        std::string_view type, std::vector<NamedBlock>& into);
  bool has_labels(const model::Block& block);

  ModuleFolder& folder_;
  const std::string& called_;
  ModuleSink& sink_;
};

}  // namespace space::modules
