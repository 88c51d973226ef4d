#include "compiler/check/secret_flow.h"

#include <algorithm>

namespace space::check {

namespace {

using eval::TraversalStep;
using model::RefKind;

bool holds(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// An object of outputs or exports brings what is taken out of it; all where nothing shows.
template <class Decls>
bool any_sensitive(const Decls& decls, const std::vector<model::OutputType>& types,
                   const std::vector<std::string>& taken) {
  bool names_one = false, names_secret = false, has_secret = false;
  for (std::size_t i = 0; i < decls.size() && i < types.size(); ++i) {
    const bool named = holds(taken, decls[i].name.text);
    names_one = names_one || named;
    names_secret = names_secret || (named && types[i].sensitive);
    has_secret = has_secret || types[i].sensitive;
  }
  return names_one ? names_secret : has_secret;
}

const model::Block* find_block(const std::vector<model::Block>& blocks, std::string_view kind,
                               std::string_view type, std::string_view name) {
  for (const model::Block& block : blocks) {
    if (block.type.text == kind && block.labels.size() == 2 && block.labels[0].text == type &&
        block.labels[1].text == name)
      return &block;
    if (block.type.text != "check") continue;
    if (const model::Block* inner = find_block(block.body.blocks, kind, type, name)) return inner;
  }
  return nullptr;
}

// The attribute that is taken: what it is called last decides, `a.list[0].password`.
bool takes_sensitive(const model::BlockSchema& schema, const std::vector<std::string>& taken,
                     std::size_t at = 0) {
  for (; at < taken.size(); ++at) {
    if (const model::AttributeSchema* attribute = schema.attribute(taken[at])) {
      return attribute->sensitive ||
             (attribute->nested != nullptr && takes_sensitive(*attribute->nested, taken, at + 1));
    }
    if (const model::NestedBlockSchema* block = schema.block(taken[at]))
      return takes_sensitive(*block->block, taken, at + 1);
  }
  return false;
}

}  // namespace

bool is_secret_variable(const model::ResolvedProgram& program, const model::VariableDecl& decl) {
  return model::bool_setting(program, decl.sensitive).value_or(false) ||
         eval::literal_string(program.tree(), decl.varies) == "secret";
}

bool SecretFlow::of_resource(const Read& read, const model::Block& block, std::size_t steps) const {
  const model::BlockSchema* schema =
      model::find_schema(context_.schemas, model::resource_type(context_.program, block));
  if (schema == nullptr) return false;
  std::vector<std::string> taken;
  for (std::size_t i = steps; i < read.traversal.steps.size(); ++i) {
    if (read.traversal.steps[i].kind == TraversalStep::Kind::Attribute)
      taken.push_back(read.traversal.steps[i].name);
  }
  if (!taken.empty()) return takes_sensitive(*schema, taken);
  return std::ranges::any_of(
      read.taken, [&](const std::string& name) { return takes_sensitive(*schema, {name}); });
}

bool SecretFlow::of_body(const Read& read) const {
  if (!read.place.procedure.valid()) return false;
  const auto& body = context_.program[read.place.procedure].decl->body;
  const auto& steps = read.traversal.steps;
  const std::string_view root = read.traversal.root;
  if (root == "module" && steps.size() >= 2) {
    for (const model::Block& block : body) {
      if (block.type.text != "module" || block.labels.empty() ||
          block.labels[0].text != steps[0].name)
        continue;
      const model::ModuleInterface* module = called_module(context_, block);
      if (module == nullptr) return false;
      return std::ranges::any_of(module->outputs, [&](const model::ModuleOutput& output) {
        return (output.sensitive || output.value.marks_deep().sensitive) &&
               std::ranges::any_of(steps,
                                   [&](const auto& step) { return step.name == output.name; });
      });
    }
    return false;
  }
  const bool prefixed = root == "data" || root == "ephemeral" || root == "resource";
  const std::size_t at = prefixed ? 1 : 0;
  if (steps.size() <= at) return false;
  const model::Block* block = find_block(body, prefixed ? root : "resource",
                                         prefixed ? steps[0].name : root, steps[at].name);
  return block != nullptr && of_resource(read, *block, at + 1);
}

std::optional<Carrier> SecretFlow::source(const Read& read) {
  const model::ResolvedProgram& program = context_.program;
  const model::Reference& reference = read.reference;
  bool is_secret = false;
  switch (reference.kind) {
    case RefKind::Secret:
      is_secret = true;
      break;
    case RefKind::Variable:
      is_secret =
          read.place.mission.valid() &&
          is_secret_variable(program, program[read.place.mission].decl->variables[reference.index]);
      break;
    case RefKind::ProcedureOutput:
      is_secret = context_.types.outputs[reference.procedure.index()][reference.index].sensitive;
      break;
    case RefKind::ProcedureObject:
      is_secret = any_sensitive(model::outputs_of(program, program[reference.procedure]),
                                context_.types.outputs[reference.procedure.index()], read.taken);
      break;
    case RefKind::ExportValue:
      is_secret = context_.types.exports[reference.mission.index()][reference.index].sensitive;
      break;
    case RefKind::ExportSpace:
    case RefKind::ExportObject:
      is_secret = any_sensitive(program[reference.mission].decl->exports,
                                context_.types.exports[reference.mission.index()], read.taken);
      break;
    case RefKind::Body:
      is_secret = of_body(read);
      break;
    default:
      break;
  }
  return is_secret ? std::optional(carrier(read.traversal)) : std::nullopt;
}

}  // namespace space::check
