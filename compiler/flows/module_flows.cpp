#include "compiler/flows/module_flows.h"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include "compiler/model/flow_walk.h"
#include "compiler/modules/config_shape.h"
#include "compiler/modules/json_config.h"
#include "compiler/modules/json_text.h"
#include "compiler/modules/module_sink.h"
#include "compiler/program/expressions.h"
#include "compiler/syntax/parse.h"
#include "core/base/filesystem.h"
#include "stdlib/secrets.h"

namespace space::flows {

namespace {

using eval::ExprId;
using model::FlowPath;
using model::FlowReach;
using model::ModuleFlow;

// The variables that something brings, each by the first way that was seen, and the reference that
// brought it last.
struct Variables {
  struct Way {
    source::Span span;
    FlowPath via;
  };
  std::map<std::string, Way> by_name;

  bool has_any() const { return !by_name.empty(); }
  void add(Variables other) { by_name.merge(std::move(other.by_name)); }
};

bool is_json(std::string_view path) {
  return path.ends_with(".tf.json") || path.ends_with(".tofu.json");
}
bool is_native(std::string_view path) { return path.ends_with(".tf") || path.ends_with(".tofu"); }

// One folder of a module: all its blocks, those of override files too: what any of them says is
// followed.
struct Folder {
  std::string path;  // relative to the project
  eval::ExprTree tree;
  std::vector<model::Block> blocks;
  ModuleFlow flow;
};

class Flows;

class FolderWalk final : public model::FlowWalk<Variables> {
 public:
  FolderWalk(Flows& flows, Folder& folder)
      : FlowWalk(folder.tree), flows_(flows), folder_(folder) {}

  void follow() {
    for (const model::Block& block : folder_.blocks) {
      if (block.type.text == "variable") continue;  // its validation may use it
      if (block.type.text == "output") {
        output(block);
      } else {
        attributes(block, owner_of(block));
      }
    }
  }

 private:
  using FlowWalk::decides;

  Variables read(const eval::Traversal& reference, ExprId) override {
    if (reference.steps.empty()) return {};
    const std::string& name = reference.steps[0].name;
    if (reference.root == "var") return one(name, reference.span);
    if (reference.root == "local") return local(name, reference.span);
    if (reference.root == "module") return of_call(name, reference);
    return {};
  }

  void decides(model::Deciding how, ExprId operand, const Variables& found) override {
    note(operand, found, std::string(model::words_of(how)));
  }

  Variables bound(const Variables& brought, const eval::Traversal& reference) override {
    Variables found = brought;
    for (auto& [name, way] : found.by_name) way.span = reference.span;
    return found;
  }

  static Variables one(const std::string& name, source::Span span) {
    Variables found;
    found.by_name.emplace(name, Variables::Way{span, {}});
    return found;
  }

  void note(ExprId operand, const Variables& found, const std::string& what) {
    if (!seen_.insert(operand).second) return;
    for (const auto& [name, way] : found.by_name)
      folder_.flow.decides[name].push_back({what, way.span, way.via});
  }

  Variables local(const std::string& name, source::Span span) {
    if (!in_progress_.insert(name).second) return {};
    Variables found;
    source::Span declared;
    for (const model::Block& block : folder_.blocks) {
      if (block.type.text != "locals") continue;
      for (const model::Attribute& attribute : block.body.attributes) {
        if (attribute.name.text != name) continue;
        declared = attribute.name.span;
        found.add(walk_alone(attribute.value));
      }
    }
    in_progress_.erase(name);
    for (auto& [variable, way] : found.by_name) {
      way.span = span;
      way.via.insert(way.via.begin(),
                     {declared, fmt::format("local `{}` of module `{}`", name, folder_.path)});
    }
    return found;
  }

  const model::Block* call_block(const std::string& name) const {
    for (const model::Block& block : folder_.blocks) {
      if (block.type.text == "module" && !block.labels.empty() && block.labels[0].text == name)
        return &block;
    }
    return nullptr;
  }

  const ModuleFlow* called(const model::Block& block) const;

  // What an inner module's output brings of ours, by what it is given.
  Variables of_call(const std::string& name, const eval::Traversal& reference) {
    const model::Block* block = call_block(name);
    const ModuleFlow* flow = block == nullptr ? nullptr : called(*block);
    Variables found;
    if (flow == nullptr) return found;
    for (const auto& [output, variables] : flow->gives) {
      const bool taken =
          reference.steps.size() == 1 ||
          std::any_of(reference.steps.begin() + 1, reference.steps.end(),
                      [&, &text = output](const auto& step) { return step.name == text; });
      if (!taken) continue;
      for (const auto& [variable, via] : variables) {
        for (const model::Attribute& given : block->body.attributes) {
          if (given.name.text != variable || !in_progress_.insert(name + "." + variable).second)
            continue;
          Variables brought = walk_alone(given.value);
          in_progress_.erase(name + "." + variable);
          for (auto& [own, way] : brought.by_name) {
            way.span = reference.span;
            way.via.insert(way.via.begin(), via.begin(), via.end());
          }
          found.add(std::move(brought));
        }
      }
    }
    return found;
  }

  void output(const model::Block& block) {
    for (const model::Attribute& attribute : block.body.attributes) {
      if (attribute.name.text != "value" || block.labels.empty()) continue;
      const std::string& name = block.labels[0].text;
      for (auto& [variable, way] : walk_alone(attribute.value).by_name) {
        way.via.insert(
            way.via.begin(),
            {block.labels[0].span, fmt::format("output `{}` of module `{}`", name, folder_.path)});
        folder_.flow.gives[name].emplace(variable, std::move(way.via));
      }
    }
  }

  // What a name in the block would be shown of: nothing's, where it makes nothing.
  static std::string owner_of(const model::Block& block) {
    if (block.labels.empty()) return "";
    if (block.type.text == "resource") return block.labels[0].text;
    return block.type.text == "data" ? "data." + block.labels[0].text : "";
  }

  void attributes(const model::Block& block, const std::string& owner) {
    const std::string& type = block.type.text;
    const bool judges = type == "precondition" || type == "postcondition" || type == "assert";
    if (judges || type == "terraform" || type == "moved" || type == "removed") return;
    const ModuleFlow* flow = type == "module" ? called(block) : nullptr;
    for (const model::Attribute& attribute : block.body.attributes) {
      const std::string& name = attribute.name.text;
      if (name == "provider" || name == "providers" || name == "depends_on" ||
          name == "ignore_changes")
        continue;
      const Variables found = walk_alone(attribute.value);
      if (!found.has_any()) continue;
      repeats(attribute.value, Nested::Plainly);
      if (name == "count" || name == "for_each" || (type == "lifecycle" && name == "enabled"))
        note(attribute.value, found, fmt::format("`{}`", name));
      const std::string path = type == "provisioner" ? "provisioner." + name : name;
      if (!owner.empty() && stdlib::is_shown_argument(path)) {
        for (const auto& [variable, way] : found.by_name)
          folder_.flow.shows[variable].push_back({path, owner, way.span, way.via});
      }
      if (flow == nullptr) continue;
      const auto via_of = [&](FlowPath inner, const FlowPath& outer) {
        inner.push_back({attribute.name.span, fmt::format("variable `{}`", name)});
        inner.insert(inner.end(), outer.begin(), outer.end());
        return inner;
      };
      if (const auto reach = flow->decides.find(name); reach != flow->decides.end()) {
        const FlowReach& first = reach->second.front();
        for (const auto& [variable, way] : found.by_name)
          folder_.flow.decides[variable].push_back(
              {first.what, first.span, via_of(first.via, way.via)});
      }
      if (const auto shown = flow->shows.find(name); shown != flow->shows.end()) {
        const model::FlowShown& first = shown->second.front();
        for (const auto& [variable, way] : found.by_name)
          folder_.flow.shows[variable].push_back(
              {first.argument, first.owner, first.span, via_of(first.via, way.via)});
      }
    }
    for (const model::Block& inner : block.body.blocks)
      attributes(inner, inner.type.text == "connection" ? "" : owner);
  }

  // In JSON a provider's block stands as an argument, and with it the `dynamic` in it: its
  // `for_each` repeats all the same.
  enum class Nested : std::uint8_t { Plainly, InDynamic, InLabel };
  void repeats(ExprId id, Nested where) {
    const eval::ExprTree& tree = folder_.tree;
    const auto children = tree.children(id);
    if (tree[id].kind == eval::ExprKind::Tuple) {
      for (const ExprId child : children) repeats(child, where);
    }
    if (tree[id].kind != eval::ExprKind::Object || !is_json(tree[id].span)) return;
    for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
      const auto key = eval::literal_string(tree, children[i]);
      if (where == Nested::InLabel && key == "for_each") {
        note(children[i + 1], walk_alone(children[i + 1]), "`for_each`");
      } else {
        repeats(children[i + 1], where == Nested::InDynamic ? Nested::InLabel
                                 : key == "dynamic"         ? Nested::InDynamic
                                                            : Nested::Plainly);
      }
    }
  }
  bool is_json(source::Span span) const;

  Flows& flows_;
  Folder& folder_;
  std::set<ExprId> seen_;
  std::set<std::string> in_progress_;
};

class TemplateWalk final : public model::FlowWalk<Variables> {
 public:
  TemplateWalk(const eval::ExprTree& tree, ModuleFlow& flow) : FlowWalk(tree), flow_(flow) {}
  void follow(ExprId root) { walk_alone(root); }

 private:
  Variables read(const eval::Traversal& reference, ExprId) override {
    Variables found;
    found.by_name.emplace(std::string(reference.root), Variables::Way{reference.span, {}});
    return found;
  }
  void decides(model::Deciding how, ExprId, const Variables& found) override {
    for (const auto& [name, way] : found.by_name)
      flow_.decides[name].push_back({std::string(model::words_of(how)), way.span, way.via});
  }
  Variables bound(const Variables& brought, const eval::Traversal& reference) override {
    Variables found = brought;
    for (auto& [name, way] : found.by_name) way.span = reference.span;
    return found;
  }

  ModuleFlow& flow_;
};

class Flows {
 public:
  Flows(const model::Modules& modules, source::SourceSet& sources) : sources_(sources) {
    for (const auto& [source, module] : modules) {
      for (const auto& [name, file] : module.files)
        files_.insert(base::normalize_path(base::join_path(module.unit, name)));
    }
  }

  // The flow of the module in a folder of the project; made where it is first asked for.
  const ModuleFlow& of(const std::string& path) {
    const auto [at, is_new] = folders_.try_emplace(path);
    if (!is_new) return at->second->flow;
    at->second = std::make_unique<Folder>();
    Folder& folder = *at->second;
    folder.path = path;
    read(folder);
    FolderWalk(*this, folder).follow();
    return folder.flow;
  }

  bool is_json_file(source::FileId file) const { return is_json(sources_.file(file).path()); }

  bool has(const std::string& path) const {
    const auto at = files_.lower_bound(path + "/");
    return at != files_.end() && at->starts_with(path + "/");
  }

 private:
  void read(Folder& folder) {
    const std::string prefix = folder.path + "/";
    diagnostics::NullSink quiet;
    for (auto at = files_.lower_bound(prefix); at != files_.end() && at->starts_with(prefix);
         ++at) {
      if (at->find('/', prefix.size()) != std::string::npos) continue;
      const auto file = sources_.find(*at);
      if (!file || is_shadowed(*at)) continue;
      std::vector<model::Block> blocks;
      if (is_json(*at)) {
        blocks = json_blocks(*file, folder);
      } else if (is_native(*at)) {
        const syntax::SyntaxTree tree =
            syntax::parse(sources_, *file, syntax::Dialect::Tofu, quiet);
        blocks = program::build_body(tree.root(), folder.tree, quiet).blocks;
      }
      std::move(blocks.begin(), blocks.end(), std::back_inserter(folder.blocks));
    }
  }

  // `a.tofu` stands for `a.tf`, and `a.tofu.json` for `a.tf.json`.
  bool is_shadowed(const std::string& path) const {
    for (const std::string_view ending : {".tf", ".tf.json"}) {
      if (!path.ends_with(ending)) continue;
      const std::string stem = path.substr(0, path.size() - ending.size());
      if (files_.contains(stem + ".tofu" + std::string(ending.substr(3)))) return true;
    }
    return false;
  }

  std::vector<model::Block> json_blocks(source::FileId file, Folder& folder) const {
    diagnostics::NullSink quiet;
    modules::ModuleSink sink(quiet, {});
    modules::JsonMistake mistake;
    const std::string_view text = sources_.file(file).text();
    const auto json = modules::read_json(file, text, mistake);
    if (!json) return {};
    return modules::json_blocks(*json, modules::whole_file_shape(), text, folder.path, folder.tree,
                                sink);
  }

  source::SourceSet& sources_;
  std::set<std::string, std::less<>> files_;  // of all modules, relative to the project
  std::map<std::string, std::unique_ptr<Folder>> folders_;
};

bool FolderWalk::is_json(source::Span span) const { return flows_.is_json_file(span.file); }

const ModuleFlow* FolderWalk::called(const model::Block& block) const {
  for (const model::Attribute& attribute : block.body.attributes) {
    if (attribute.name.text != "source") continue;
    const auto source = eval::literal_string(folder_.tree, attribute.value);
    if (!source || !source->starts_with(".")) return nullptr;
    const std::string path = base::normalize_path(base::join_path(folder_.path, *source));
    return path != folder_.path && flows_.has(path) ? &flows_.of(path) : nullptr;
  }
  return nullptr;
}

void read_template(const std::string& path, const std::string& bytes, source::SourceSet& sources,
                   ModuleFlow& flow) {
  diagnostics::CollectingSink sink;
  const auto known = sources.find(path);
  const source::FileId file = known ? *known : sources.add(path, bytes);
  const syntax::SyntaxTree tree = syntax::parse_template(sources, file, sink);
  eval::ExprTree expressions;
  const ExprId root = program::build_expression(tree.root(), expressions, sink);
  if (!sink.has_errors()) TemplateWalk(expressions, flow).follow(root);
}

}  // namespace

model::ModuleFlows read_flows(const model::ResolvedProgram& program, const model::Modules& modules,
                              source::SourceSet& sources) {
  model::ModuleFlows out;
  Flows flows(modules, sources);
  for (const auto& [source, module] : modules) out.modules.emplace(source, flows.of(source));
  for (const auto& [expr, path] : program.file_paths) {
    const auto file = program.files.find(path);
    if (file == program.files.end() || out.templates.contains(path)) continue;
    read_template(path, file->second, sources, out.templates[path]);
  }
  return out;
}

}  // namespace space::flows
