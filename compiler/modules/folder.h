// One folder of a tofu module: which of its files are configuration (`.tf`, `.tofu`, which shadows
// the `.tf` of its name, and `override` files last), their trees, and the blocks they declare with
// override files merged in. In: a folder relative to the project. Out: ModuleFolder, whose nodes
// point into the trees it owns.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "compiler/modules/module_sink.h"
#include "compiler/syntax/syntax_tree.h"
#include "core/base/filesystem.h"
#include "core/source/source_set.h"

namespace space::modules {

// A `variable` or an `output`: its arguments by name, the last override winning.
struct NamedBlock {
  std::string name;
  source::Span span;                                           // of its name
  std::map<std::string, syntax::Node, std::less<>> arguments;  // attribute nodes
  bool has_validation = false;
};

struct ModuleCall {
  std::string name;
  syntax::Node block;
};

struct ModuleFolder {
  std::string path;  // relative to the project
  std::deque<syntax::SyntaxTree> trees;
  std::vector<NamedBlock> variables;             // by name
  std::vector<NamedBlock> outputs;               // by name
  std::vector<ModuleCall> calls;                 // by name
  std::vector<syntax::Node> required_providers;  // blocks, overrides last
  std::vector<syntax::Node> provider_users;      // resource, data, ephemeral and provider blocks
};

// `called`: how the module is called in a message. What is wrong is reported; the folder is then
// what could be read.
ModuleFolder read_folder(const base::FileSystem& files, const std::string& project_folder,
                         const std::string& path, const std::string& called, source::Span used_at,
                         source::SourceSet& sources, ModuleSink& sink);

syntax::Node find_argument(syntax::Node block,
                           std::string_view name);  // an attribute of a block, or empty

}  // namespace space::modules
