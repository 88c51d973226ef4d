#include "compiler/program/tofu_blocks.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <string>

#include "compiler/program/naming.h"
#include "compiler/program/tofu_forms.h"
#include "core/diagnostics/fixes.h"

namespace space::program {

namespace {

using model::Attribute;
using model::Block;

const Attribute* find(const model::Body& body, std::string_view name) {
  const auto found =
      std::find_if(body.attributes.begin(), body.attributes.end(),
                   [&](const Attribute& attribute) { return attribute.name.text == name; });
  return found == body.attributes.end() ? nullptr : &*found;
}

bool has(const model::Body& body, std::string_view name) { return find(body, name) != nullptr; }

const ArgumentShape* find(std::span<const ArgumentShape> shapes, std::string_view name) {
  const auto found =
      std::find_if(shapes.begin(), shapes.end(), [&](const auto& one) { return one.name == name; });
  return found == shapes.end() ? nullptr : &*found;
}

std::string in_words(std::size_t count) {
  return count == 0 ? "none" : count == 1 ? "one" : count == 2 ? "two" : fmt::format("{}", count);
}

class TofuBlocks {
 public:
  TofuBlocks(const eval::ExprTree& tree, diagnostics::DiagnosticSink& sink)
      : tree_(tree), sink_(sink), forms_(tree, sink) {}

  void check(std::vector<Block>& blocks) {
    for (Block& block : blocks) {
      const BlockShape* shape = find_shape(block.type.text);
      if (shape == nullptr) continue;
      check_block(block, *shape);
      name(block, *shape);
    }
  }

 private:
  void check_block(Block& block, const BlockShape& shape) {
    if (block.labels.size() != shape.label_count) labels(block, shape);
    std::span<const ArgumentShape> own;
    if (shape.type == "provisioner" && block.labels.size() == 1) own = provisioner(block);
    for (Attribute& attribute : block.body.attributes) {
      const auto meant = argument(block, shape, own, attribute);
      if (meant && !has(block.body, *meant)) attribute.name.text = *meant;
    }
    missing(block, shape.arguments);
    missing(block, own);
    if (shape.type == "import" && !has(block.body, "id") && !has(block.body, "identity"))
      sink_.report(diagnostics::missing_argument, block.header, "`import`", "id");
    if (find(shape.arguments, "count") != nullptr) {
      meant_repetition(block, shape);
      repetition(block);
    }
    if (shape.type == "moved") both_of_one_kind(block.body);
    if (shape.type == "removed") whole(block.body);
    if (shape.type == "module") unversioned(block.body);
    std::map<const BlockShape*, std::size_t> counts;
    for (Block& inner : block.body.blocks) inner_block(block, shape, inner, counts);
    for (const InnerBlock& inner : shape.blocks) {
      if (inner.often == Often::AtLeastOnce && counts[inner.shape] == 0)
        sink_.report(diagnostics::missing_argument, block.header, words(block), inner.shape->type);
    }
  }

  void labels(const Block& block, const BlockShape& shape) {
    sink_.report(diagnostics::wrong_labels, block.header, shape.type, shape.labels,
                 in_words(block.labels.size()));
  }

  static std::string words(const Block& block) {
    return block.labels.empty() ? fmt::format("`{}`", block.type.text)
                                : fmt::format("{} `{}`", block.type.text, block.labels.back().text);
  }

  // Null and reported where tofu has no such provisioner: it knows three.
  std::span<const ArgumentShape> provisioner(const Block& block) {
    const auto known = provisioner_arguments(block.labels[0].text);
    if (known.empty()) {
      sink_
          .report(diagnostics::unknown_name, block.labels[0].span, "provisioner",
                  block.labels[0].text, "")
          .help("tofu has `file`, `local-exec` and `remote-exec`");
    }
    return known;
  }

  // Out: what was meant by a name that the block does not take.
  std::optional<std::string_view> argument(const Block& block, const BlockShape& shape,
                                           std::span<const ArgumentShape> own,
                                           const Attribute& attribute) {
    const std::string& name = attribute.name.text;
    for (const auto shapes : {shape.arguments, own}) {
      if (const ArgumentShape* known = find(shapes, name)) {
        forms_.check(*known, attribute.value);
        return std::nullopt;
      }
    }
    const bool is_ours = shape.type != "provisioner" || own.empty();
    if (shape.others != Others::None && is_ours) return std::nullopt;
    std::vector<std::string_view> names;
    for (const ArgumentShape& one : shape.arguments) names.push_back(one.name);
    for (const ArgumentShape& one : own) names.push_back(one.name);
    auto report =
        sink_.report(diagnostics::unknown_argument, attribute.name.span, block.type.text, name);
    return diagnostics::respell_listed(report, {name, attribute.name.span, name}, names, "it takes",
                                       "it takes none");
  }

  void missing(const Block& block, std::span<const ArgumentShape> shapes) {
    for (const ArgumentShape& shape : shapes) {
      if (shape.need == Need::Required && !has(block.body, shape.name))
        sink_.report(diagnostics::missing_argument, block.header, words(block), shape.name);
    }
  }

  void both_of_one_kind(const model::Body& body) {
    const Attribute* from = find(body, "from");
    const Attribute* to = find(body, "to");
    if (from == nullptr || to == nullptr) return;
    const auto old = eval::as_traversal(tree_, from->value);
    const auto now = eval::as_traversal(tree_, to->value);
    if (old && now && is_module(*old) != is_module(*now))
      forms_.must_be({"to"}, to->value,
                     is_module(*old) ? "a module, as `from` is" : "a resource, as `from` is");
  }

  // `module.a`, `module.a["k"].module.b`: nothing but modules.
  static bool is_module(const eval::Traversal& address) {
    std::vector<std::string_view> names = {address.root};
    for (const eval::TraversalStep& step : address.steps) {
      if (step.kind == eval::TraversalStep::Kind::Attribute) names.push_back(step.name);
    }
    if (names.size() % 2 != 0) return false;
    for (std::size_t i = 0; i < names.size(); i += 2) {
      if (names[i] != "module") return false;
    }
    return true;
  }

  void unversioned(const model::Body& body) {
    const Attribute* source = find(body, "source");
    const Attribute* version = find(body, "version");
    if (source == nullptr || version == nullptr) return;
    const auto path = eval::literal_string(tree_, source->value);
    if (path && path->starts_with("."))
      sink_.report(diagnostics::invalid_value, version->name.span, "version",
                   "is for modules of a registry, and this is a folder");
  }

  void whole(const model::Body& body) {
    const Attribute* from = find(body, "from");
    if (from == nullptr) return;
    const auto address = eval::as_traversal(tree_, from->value);
    const bool has_key =
        address && std::any_of(address->steps.begin(), address->steps.end(), [](const auto& step) {
          return step.kind != eval::TraversalStep::Kind::Attribute;
        });
    if (has_key)
      forms_.must_be({"from"}, from->value, "an address without keys: it goes as a whole");
  }

  // A resource takes what its schema says, so `for_eech` may be an argument of its provider's; but
  // not where `each` is read, and nothing else gives it.
  void meant_repetition(Block& block, const BlockShape& shape) {
    for (const auto& [name, root] : {std::pair("for_each", "each"), std::pair("count", "count")}) {
      if (has(block.body, name) || !reads(block.body, root)) continue;
      for (Attribute& attribute : block.body.attributes) {
        const std::string written = attribute.name.text;
        if (find(shape.arguments, written) != nullptr ||
            diagnostics::only_near(written, {name}) == std::nullopt)
          continue;
        auto report = sink_.report(diagnostics::unknown_argument, attribute.name.span,
                                   block.type.text, written);
        diagnostics::respell(report, {written, attribute.name.span, written}, {name});
        attribute.name.text = name;
        break;
      }
    }
  }

  bool reads(const model::Body& body, std::string_view root) const {
    const auto reads_root = [&](const Attribute& attribute) {
      const auto references = eval::free_references(tree_, attribute.value);
      return std::any_of(references.begin(), references.end(),
                         [&](const eval::Traversal& one) { return one.root == root; });
    };
    return std::any_of(body.attributes.begin(), body.attributes.end(), reads_root) ||
           std::any_of(body.blocks.begin(), body.blocks.end(),
                       [&](const Block& inner) { return reads(inner.body, root); });
  }

  void repetition(const Block& block) {
    const Attribute* first = nullptr;
    for (const std::string_view name : {"count", "for_each"}) {
      const Attribute* found = find(block.body, name);
      if (found != nullptr && first != nullptr)
        sink_
            .report(diagnostics::invalid_value, found->name.span, name,
                    fmt::format("cannot stand beside `{}`", first->name.text))
            .related(first->name.span, "how many there are is said here");
      if (found != nullptr) first = found;
    }
    for (const Block& inner : block.body.blocks) {
      if (inner.type.text != "lifecycle" || first == nullptr) continue;
      const Attribute* enabled = find(inner.body, "enabled");
      if (enabled == nullptr) continue;
      sink_
          .report(diagnostics::invalid_value, enabled->name.span, "enabled",
                  fmt::format("cannot stand beside `{}`", first->name.text))
          .related(first->name.span, "how many there are is said here");
    }
  }

  void inner_block(const Block& block, const BlockShape& shape, Block& inner,
                   std::map<const BlockShape*, std::size_t>& counts) {
    const auto shape_of = [&](std::string_view type) {
      return std::find_if(shape.blocks.begin(), shape.blocks.end(),
                          [&](const InnerBlock& one) { return one.shape->type == type; });
    };
    auto found = shape_of(inner.type.text);
    if (found == shape.blocks.end()) {
      if (shape.others == Others::ArgumentsAndBlocks) return by_schema(inner);
      if (inner.type.text == "_") return;
      const auto meant = unknown_block(block, shape, inner.type);
      if (meant) found = shape_of(*meant);
      if (found == shape.blocks.end()) return;
      inner.type.text = *meant;
    }
    if (++counts[found->shape] == 2 && found->often == Often::AtMostOnce)
      sink_.report(diagnostics::duplicate_block, inner.header, words(block), inner.type.text);
    check_block(inner, *found->shape);
  }

  // Out: the block that was meant.
  std::optional<std::string_view> unknown_block(const Block& block, const BlockShape& shape,
                                                const model::Name& type) {
    std::vector<std::string_view> names;
    for (const InnerBlock& one : shape.blocks) names.push_back(one.shape->type);
    auto report = sink_.report(diagnostics::unknown_block, type.span, type.text,
                               fmt::format("in `{}`", block.type.text));
    return diagnostics::respell_listed(report, {type.text, type.span, type.text}, names,
                                       "it takes the blocks", "it takes no blocks");
  }

  // A nested block that a provider's schema describes: `dynamic` alone is tofu's there.
  void by_schema(Block& block) {
    if (block.type.text == "dynamic") {
      check_block(block, dynamic_shape());
      return;
    }
    for (Block& inner : block.body.blocks) by_schema(inner);
  }

  // No two of one address; names as tofu has them.
  void name(const Block& block, const BlockShape& shape) {
    if (shape.type == "locals") {
      for (const Attribute& local : block.body.attributes)
        once("local", local.name.text, local.name);
      return;
    }
    if (block.labels.size() != shape.label_count || shape.label_count == 0) return;
    for (const model::Name& label : block.labels) check_name(label, NameRule::Tofu, sink_);
    std::string address;
    for (const model::Name& label : block.labels)
      address += (address.empty() ? "" : ".") + label.text;
    once(shape.type, address, block.labels.back());
  }

  void once(std::string_view what, const std::string& address, const model::Name& name) {
    const auto [first, is_new] = names_.try_emplace({std::string(what), address}, name.span);
    if (!is_new)
      sink_.report(diagnostics::duplicate_name, name.span, what, address)
          .related(first->second, "declared here first");
  }

  const eval::ExprTree& tree_;
  diagnostics::DiagnosticSink& sink_;
  Forms forms_;
  std::map<std::pair<std::string, std::string>, source::Span> names_;
};

}  // namespace

void mend_tofu_blocks(std::vector<Block>& blocks, const eval::ExprTree& tree,
                      diagnostics::DiagnosticSink& sink) {
  TofuBlocks(tree, sink).check(blocks);
}

}  // namespace space::program
