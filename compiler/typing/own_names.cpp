// What a body in place answers of its own: `local.x` of its `locals` blocks, `module.x` by the
// module's interface, `each.key`, `each.value`, `count.index` and `self` by the block they stand
// in.
#include <algorithm>

#include "compiler/model/queries.h"
#include "compiler/typing/context.h"
#include "core/base/filesystem.h"

namespace space::typing {

namespace {

using eval::ScopeAnswer;
using values::Type;
using values::TypeKind;
using values::Value;

const model::Attribute* find_attribute(const model::Body& body, std::string_view name) {
  const auto found =
      std::find_if(body.attributes.begin(), body.attributes.end(),
                   [&](const model::Attribute& attribute) { return attribute.name.text == name; });
  return found == body.attributes.end() ? nullptr : &*found;
}

// The resource, data source, ephemeral resource or module that a place lies in.
const model::Block* enclosing_block(const std::vector<model::Block>& blocks, source::Span at) {
  for (const model::Block& block : blocks) {
    const bool holds =
        block.span.file == at.file && block.span.begin <= at.begin && at.end <= block.span.end;
    if (!holds) continue;
    return block.type.text == "check" ? enclosing_block(block.body.blocks, at) : &block;
  }
  return nullptr;
}

Value body_local(Context& context, Standing standing, model::ExprId expr) {
  if (const auto known = context.body_locals.find(expr); known != context.body_locals.end())
    return known->second;
  if (!context.in_progress.insert(expr).second) return Value::unknown();
  Value value = quiet_value(context, expr, standing);
  context.in_progress.erase(expr);
  return context.body_locals.emplace(expr, std::move(value)).first->second;
}

std::optional<ScopeAnswer> read_local(Context& context, Standing standing,
                                      const std::string& name) {
  for (const model::Block& block : context.program[standing.procedure].decl->body) {
    if (block.type.text != "locals") continue;
    if (const model::Attribute* local = find_attribute(block.body, name))
      return ScopeAnswer{body_local(context, standing, local->value), 1};
  }
  return std::nullopt;
}

// What one element of a `for_each` is.
Value element_of(const Value& all) {
  switch (all.kind()) {
    case TypeKind::Map:
      return Value::unknown(all.type().element()).with_marks(all.marks());
    case TypeKind::Set:
      return Value::unknown(Type::string());
    case TypeKind::Object: {
      values::ValueList parts;
      if (all.is_known() && !all.is_null()) {
        for (const auto& [name, part] : all.as_map()) parts.push_back(part);
      } else {
        for (const auto& [name, attribute] : all.type().attributes())
          parts.push_back(Value::unknown(attribute.type));
      }
      return common_unknown(parts);
    }
    default:
      return Value::unknown();
  }
}

std::optional<ScopeAnswer> read_each(Context& context, Standing standing, const std::string& name,
                                     const model::Block& block) {
  if (name == "key") return ScopeAnswer{Value::unknown(Type::string()), 1};
  const model::Attribute* all = find_attribute(block.body, "for_each");
  if (name != "value" || all == nullptr || !context.in_progress.insert(all->value).second)
    return std::nullopt;
  const Value value = quiet_value(context, all->value, standing);
  context.in_progress.erase(all->value);
  return ScopeAnswer{element_of(value), 1};
}

std::optional<ScopeAnswer> read_self(Context& context, const model::Block& block) {
  if (!model::is_resource(block)) return std::nullopt;
  const model::BlockSchema* schema =
      model::find_schema(context.schemas, model::resource_type(context.program, block));
  if (schema == nullptr) return std::nullopt;
  const auto [object, is_new] = context.objects.try_emplace(schema);
  if (is_new) object->second = model::unknown_object(*schema);
  return ScopeAnswer{object->second, 0};
}

// Is what a module is given for one of these variables sensitive?
bool gives_sensitive(Context& context, Standing standing, const model::Body& call,
                     const std::vector<std::string>& variables) {
  return std::ranges::any_of(variables, [&](const std::string& name) {
    const model::Attribute* argument = find_attribute(call, name);
    if (argument == nullptr || !context.in_progress.insert(argument->value).second) return false;
    const bool sensitive = quiet_value(context, argument->value, standing).marks_deep().sensitive;
    context.in_progress.erase(argument->value);
    return sensitive;
  });
}

Value outputs_of(Context& context, Standing standing, const model::Body& call,
                 const model::ModuleInterface& module) {
  values::ValueMap outputs;
  for (const model::ModuleOutput& output : module.outputs) {
    values::Marks marks = marks_of(output);
    marks.sensitive = marks.sensitive || gives_sensitive(context, standing, call, output.carries);
    outputs.emplace(output.name,
                    Value::unknown(output.value.type().without_optionals()).with_marks(marks));
  }
  return Value::object(std::move(outputs));
}

std::optional<ScopeAnswer> read_module(Context& context, Standing standing,
                                       const std::string& name) {
  for (const model::Block& block : context.program[standing.procedure].decl->body) {
    if (block.type.text != "module" || block.labels.empty() || block.labels[0].text != name)
      continue;
    const model::ModuleInterface* module =
        called_module(context, context.program[standing.procedure], block);
    if (module == nullptr) return std::nullopt;
    const Value outputs = outputs_of(context, standing, block.body, *module);
    if (find_attribute(block.body, "count") != nullptr)
      return ScopeAnswer{Value::unknown(Type::list(outputs.type())), 1};
    if (find_attribute(block.body, "for_each") != nullptr)
      return ScopeAnswer{Value::unknown(Type::map(outputs.type())), 1};
    return ScopeAnswer{outputs, 1};
  }
  return std::nullopt;
}

}  // namespace

const model::ModuleInterface* called_module(const Context& context,
                                            const model::Procedure& procedure,
                                            const model::Block& block) {
  const model::Attribute* source = find_attribute(block.body, "source");
  if (source == nullptr) return nullptr;
  for (const model::RemoteModule& module : model::remote_modules(context.program, procedure)) {
    if (module.source != source->value) continue;
    const auto found =
        context.modules.find(model::remote_module_key(module.address, module.version));
    return found == context.modules.end() ? nullptr : &found->second;
  }
  for (const model::BodyModule& module :
       model::body_modules(context.program, procedure, context.sources)) {
    if (module.source != source->value) continue;
    const auto found = context.modules.find(module.path);
    return found == context.modules.end() ? nullptr : &found->second;
  }
  return nullptr;
}

values::Value common_unknown(const values::ValueList& values) {
  if (values.empty()) return Value::unknown();
  bool same_type = true, all_objects = true;
  values::Marks marks{true, true};
  for (const Value& value : values) {
    same_type = same_type && value.type() == values.front().type();
    all_objects = all_objects && value.kind() == TypeKind::Object && value.is_known() &&
                  !value.is_null() && value.as_map().size() == values.front().as_map().size();
    marks = {marks.sensitive && value.marks().sensitive,
             marks.ephemeral && value.marks().ephemeral};
    if (!all_objects && !same_type) return Value::unknown().with_marks({});
  }
  if (!all_objects) return Value::unknown(values.front().type()).with_marks(marks);
  values::ValueMap attributes;
  for (const auto& [name, first] : values.front().as_map()) {
    values::ValueList parts;
    for (const Value& value : values) {
      const auto part = value.as_map().find(name);
      if (part == value.as_map().end()) return Value::unknown();
      parts.push_back(part->second);
    }
    attributes.emplace(name, common_unknown(parts));
  }
  return Value::object(std::move(attributes)).with_marks(marks);
}

std::optional<eval::ScopeAnswer> resolve_own_name(Context& context, Standing standing,
                                                  const eval::Traversal& reference) {
  const std::string_view root = reference.root;
  const bool is_named =
      !reference.steps.empty() && reference.steps[0].kind == eval::TraversalStep::Kind::Attribute;
  const std::string name = is_named ? reference.steps[0].name : "";
  if (root == "local") return read_local(context, standing, name);
  if (root == "module") return read_module(context, standing, name);
  if (root == "count" && name == "index")
    return eval::ScopeAnswer{Value::unknown(Type::number()), 1};
  const model::Block* block =
      enclosing_block(context.program[standing.procedure].decl->body, reference.span);
  if (block == nullptr) return std::nullopt;
  if (root == "each") return read_each(context, standing, name, *block);
  return root == "self" ? read_self(context, *block) : std::nullopt;
}

}  // namespace space::typing
