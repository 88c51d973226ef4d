// Law 9 inside of a body: no circles among its locals, resources and data sources, which tofu finds
// in its graph. Calls of modules are no nodes: tofu follows each input and output by itself.
#include <map>

#include "compiler/check/cycles.h"

namespace space::check {

namespace {

using model::Block;

class BodyGraph {
 public:
  BodyGraph(Context& context, const std::vector<Block>& body) : context_(context) {
    name_all(body);
    graph_.resize(names_.size());
    std::size_t node = 0;
    read_all(body, node);
  }

  void find_circles() {
    report_cycles(context_, graph_, [&](std::size_t node) { return names_[node]; });
  }

 private:
  static std::string address(const Block& block) {
    const std::string name = block.labels[0].text + "." + block.labels[1].text;
    return block.type.text == "resource" ? name : block.type.text + "." + name;
  }

  void name_all(const std::vector<Block>& blocks) {
    for (const Block& block : blocks) {
      if (block.type.text == "locals") {
        for (const model::Attribute& local : block.body.attributes) add("local." + local.name.text);
      } else if (model::is_resource(block)) {
        add(address(block));
      } else if (block.type.text == "check") {
        name_all(block.body.blocks);
      }
    }
  }

  void add(std::string name) {
    nodes_.emplace(name, names_.size());
    names_.push_back(std::move(name));
  }

  // In the order of name_all.
  void read_all(const std::vector<Block>& blocks, std::size_t& node) {
    for (const Block& block : blocks) {
      if (block.type.text == "locals") {
        for (const model::Attribute& local : block.body.attributes) read(local.value, node++);
      } else if (model::is_resource(block)) {
        read(block.body, node++);
      } else if (block.type.text == "check") {
        read_all(block.body.blocks, node);
      }
    }
  }

  void read(const model::Body& body, std::size_t node) {
    for (const model::Attribute& attribute : body.attributes) {
      // Names, and no values.
      if (attribute.name.text != "provider" && attribute.name.text != "ignore_changes")
        read(attribute.value, node);
    }
    for (const Block& block : body.blocks) read(block.body, node);
  }

  void read(model::ExprId expr, std::size_t node) {
    for (const eval::Traversal& reference : eval::free_references(context_.program.tree(), expr)) {
      std::string name(reference.root);
      const std::size_t steps = name == "data" || name == "ephemeral" ? 2 : 1;
      if (reference.steps.size() < steps) continue;
      for (std::size_t i = 0; i < steps; ++i) name += "." + reference.steps[i].name;
      const auto found = nodes_.find(name);
      if (found == nodes_.end()) continue;
      // A condition of a resource may name the resource itself.
      const bool is_itself = found->second == node && !name.starts_with("local.");
      if (!is_itself) graph_[node].push_back({found->second, reference.span});
    }
  }

  Context& context_;
  std::map<std::string, std::size_t, std::less<>> nodes_;
  std::vector<std::string> names_;
  Graph graph_;
};

}  // namespace

void check_body_cycles(Context& context) {
  for (const model::Procedure& procedure : context.program.procedures)
    BodyGraph(context, procedure.decl->body).find_circles();
}

}  // namespace space::check
