// What a body's expressions read of its own blocks: `each`, `count` and `self` where tofu has them,
// calls of modules that stand there, a resource by its type and name.
#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <source_location>
#include <string>

#include "compiler/program/tofu_blocks.h"
#include "core/diagnostics/fixes.h"

namespace space::program {

namespace {

using model::Block;

bool has(const model::Body& body, std::string_view name) {
  return std::any_of(
      body.attributes.begin(), body.attributes.end(),
      [&](const model::Attribute& attribute) { return attribute.name.text == name; });
}

bool is_at_destroy(const Block& block, const eval::ExprTree& tree) {
  return block.type.text == "provisioner" &&
         std::any_of(block.body.attributes.begin(), block.body.attributes.end(),
                     [&](const model::Attribute& attribute) {
                       const auto word = eval::as_traversal(tree, attribute.value);
                       return attribute.name.text == "when" && word && word->root == "destroy";
                     });
}

bool is_a_word(const Block& block, std::string_view argument) {
  return argument == "ignore_changes" ||
         (block.type.text == "provisioner" && (argument == "when" || argument == "on_failure"));
}

// What is still known when the resource is destroyed, by tofu's rule.
bool is_of_itself(const eval::Traversal& reference) {
  const auto has_step = [&](std::string_view name) {
    return reference.steps.size() == 1 && reference.steps[0].name == name;
  };
  return reference.root == "self" || reference.root == "path" || reference.root == "terraform" ||
         (reference.root == "count" && has_step("index")) ||
         (reference.root == "each" && has_step("key"));
}

class TofuNames {
 public:
  TofuNames(const model::ProcedureDecl& procedure, const eval::ExprTree& tree,
            diagnostics::DiagnosticSink& sink)
      : tree_(tree), sink_(sink), in_place_(!procedure.source.valid()) {
    collect(procedure.body);
    for (const Block& block : procedure.body) top(block);
    for (const model::OutputDecl& output : procedure.outputs) {
      if (output.value.valid()) read(output.value, {});
    }
  }

 private:
  struct Here {
    bool each = false, count = false, self = false, itself_alone = false;
  };

  void collect(const std::vector<Block>& blocks) {
    for (const Block& block : blocks) {
      if (block.labels.empty()) continue;
      if (block.type.text == "module") modules_.insert(block.labels[0].text);
      if (block.type.text == "resource") types_.insert(block.labels[0].text);
      if (block.type.text == "check") collect(block.body.blocks);
    }
  }

  void top(const Block& block) {
    if (block.type.text == "check") {
      for (const Block& inner : block.body.blocks) top(inner);
      return;
    }
    if (block.type.text == "moved" || block.type.text == "removed") return;  // addresses alone
    const Here here{has(block.body, "for_each"), has(block.body, "count"), false, false};
    for (const model::Attribute& attribute : block.body.attributes) {
      const bool repeats = attribute.name.text == "count" || attribute.name.text == "for_each";
      if (attribute.name.text != "to") read(attribute.value, repeats ? Here() : here);
    }
    for (const Block& inner : block.body.blocks) nested(inner, here);
  }

  void nested(const Block& block, Here here) {
    for (const std::string_view type : {"postcondition", "provisioner", "connection"})
      here.self = here.self || block.type.text == type;
    here.itself_alone = here.itself_alone || is_at_destroy(block, tree_);
    for (const model::Attribute& attribute : block.body.attributes) {
      if (!is_a_word(block, attribute.name.text)) read(attribute.value, here);
    }
    for (const Block& inner : block.body.blocks) nested(inner, here);
  }

  void read(model::ExprId expr, const Here& here) {
    for (const eval::Traversal& reference : eval::free_references(tree_, expr)) {
      const std::string_view root = reference.root;
      if (root == "each" && !here.each) {
        refuse(reference, "where there is no `for_each`");
      } else if (root == "count" && !here.count) {
        refuse(reference, "where there is no `count`");
      } else if (root == "self" && !here.self) {
        refuse(reference, "here: a postcondition, a provisioner and a connection have it");
      } else if (here.itself_alone && !is_of_itself(reference)) {
        refuse(reference, "at destroy: `self`, `count.index` and `each.key` are all that is left");
      } else if (root == "module" && !reference.steps.empty() && in_place_) {
        module(reference.steps[0]);
      } else if (reference.steps.empty() && types_.contains(root)) {
        sink_.report(diagnostics::bad_reference, reference.span, root,
                     "the resource's name follows its type");
      }
    }
  }

  void refuse(const eval::Traversal& reference, std::string_view where,
              std::source_location origin = std::source_location::current()) {
    std::string name(reference.root);
    if (!reference.steps.empty()) name += "." + reference.steps[0].name;
    sink_.report(diagnostics::reference_not_allowed, {reference.span, origin}, name, where);
  }

  void module(const eval::TraversalStep& step) {
    if (modules_.contains(step.name)) return;
    const std::vector<std::string_view> names(modules_.begin(), modules_.end());
    const std::string written = "." + step.name;
    auto report = sink_.report(diagnostics::undeclared_resource, step.span, "module", step.name);
    diagnostics::respell_listed(report, {step.name, step.span, written}, names, "it calls",
                                "a body reads the modules that it calls itself");
  }

  const eval::ExprTree& tree_;
  diagnostics::DiagnosticSink& sink_;
  bool in_place_;
  std::set<std::string, std::less<>> modules_, types_;
};

}  // namespace

void check_tofu_names(const model::ProcedureDecl& procedure, const eval::ExprTree& tree,
                      diagnostics::DiagnosticSink& sink) {
  TofuNames(procedure, tree, sink);
}

}  // namespace space::program
