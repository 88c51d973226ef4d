// One folder of a tofu module: which of its files are configuration (`.tf`, `.tofu`, their JSON
// forms; a `.tofu` file shadows the `.tf` file of its name; `override` files come last), and the
// blocks they declare with override files merged in. In: a folder relative to the project. Out:
// ModuleFolder, which owns the expressions of its blocks.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/program.h"
#include "compiler/modules/module_sink.h"
#include "core/base/filesystem.h"
#include "core/source/source_set.h"

namespace space::modules {

struct Argument {
  eval::ExprId value;
  source::Span span;  // name and value
};
using Arguments = std::map<std::string, Argument, std::less<>>;

// A `variable`, an `output`, a `module`, or one name of `locals` (whose argument is `value`): its
// arguments as it declares them, then as each override file does.
struct NamedBlock {
  std::string name;
  source::Span span;    // of its name
  source::Span header;  // its type and name
  std::vector<Arguments> layers;
  bool has_validation = false;

  const Argument* find(std::string_view argument) const;  // what the last layer says; or null
};

struct ModuleFolder {
  std::string path;  // relative to the project
  eval::ExprTree expressions;
  std::vector<NamedBlock> variables;  // each by name
  std::vector<NamedBlock> outputs;
  std::vector<NamedBlock> locals;
  std::vector<NamedBlock> calls;
  std::vector<model::Block> required_providers;  // overrides last
  std::vector<model::Block> provider_users;      // resource, data, ephemeral and provider blocks
  std::vector<std::string> tofu_versions;        // in the order of the files
};

// `called`: how the module is called in a message. What is wrong is reported; the folder is then
// what could be read.
ModuleFolder read_folder(const base::FileSystem& files, const std::string& project_folder,
                         const std::string& path, const std::string& called, source::Span used_at,
                         source::SourceSet& sources, ModuleSink& sink);

// An argument of a block, or null.
const model::Attribute* find_argument(const model::Block& block, std::string_view name);

}  // namespace space::modules
