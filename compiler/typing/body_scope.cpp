// References to what a body in place declares, as unknown values of what the provider's schema
// says: `hcloud_network.this.id`, `data.hcloud_image.x.name`, `hcloud_server.web[*].ipv4_address`.
// A provider whose schema is not known gives `any`. An attribute that the schema does not have is a
// warning: schemas are sometimes wrong.
#include <algorithm>

#include "compiler/typing/context.h"
#include "core/base/strings.h"

namespace space::typing {

namespace {

using eval::TraversalStep;
using model::SchemaKind;
using values::Type;
using values::TypeKind;
using values::Value;

struct Address {
  SchemaKind kind = SchemaKind::Resource;
  std::string type;
  std::string name;
  std::size_t steps = 0;  // that belong to it
  source::Span span;      // of its name
};

void add_blocks(const std::vector<model::Block>& blocks, BodyResources& body) {
  for (const model::Block& block : blocks) {
    if (block.type.text == "check") add_blocks(block.body.blocks, body);
    if (!model::is_resource(block)) continue;
    const SchemaKind kind = block.type.text == "resource" ? SchemaKind::Resource
                            : block.type.text == "data"   ? SchemaKind::Data
                                                          : SchemaKind::Ephemeral;
    body.emplace(std::tuple(kind, block.labels[0].text, block.labels[1].text), &block);
  }
}

const BodyResources& resources_of(Context& context, model::ProcedureId procedure) {
  const auto [at, is_new] = context.bodies.try_emplace(procedure);
  if (is_new) add_blocks(context.program[procedure].decl->body, at->second);
  return at->second;
}

std::optional<Address> address_of(const eval::Traversal& reference) {
  Address address;
  std::size_t at = 1;
  if (reference.root == "data") {
    address.kind = SchemaKind::Data;
  } else if (reference.root == "ephemeral") {
    address.kind = SchemaKind::Ephemeral;
  } else if (reference.root != "resource") {
    address.type = reference.root;
    at = 0;
  }
  if (reference.steps.size() <= at) return std::nullopt;
  for (std::size_t i = 0; i <= at; ++i) {
    if (reference.steps[i].kind != TraversalStep::Kind::Attribute) return std::nullopt;
  }
  if (at == 1) address.type = reference.steps[0].name;
  address.name = reference.steps[at].name;
  address.steps = at + 1;
  address.span = reference.steps[at].span;
  return address;
}

std::string_view words_of(SchemaKind kind) {
  return kind == SchemaKind::Resource ? "resource"
         : kind == SchemaKind::Data   ? "data source"
                                      : "ephemeral resource";
}

void report_undeclared(Context& context, const BodyResources& body, const Address& address) {
  std::vector<std::string_view> names;
  for (const auto& [key, block] : body) {
    if (std::get<0>(key) == address.kind && std::get<1>(key) == address.type)
      names.push_back(std::get<2>(key));
  }
  auto report = context.sink.report(diagnostics::undeclared_resource, address.span,
                                    words_of(address.kind), address.type + "." + address.name);
  diagnostics::respell_listed(
      report, {address.name, address.span, context.sources.text(address.span)}, names,
      "of that type it declares",
      "a body reads what it declares itself; what another procedure gives is "
      "`procedure.NAME.OUTPUT`");
}

bool has_argument(const model::Block& block, std::string_view name) {
  return std::any_of(
      block.body.attributes.begin(), block.body.attributes.end(),
      [&](const model::Attribute& attribute) { return attribute.name.text == name; });
}

void report_attribute(Context& context, const std::string& owner, const std::string& name,
                      source::Span span, const std::vector<std::string>& names,
                      const std::string& version,
                      std::source_location origin = std::source_location::current()) {
  auto report =
      context.sink.report(diagnostics::unknown_resource_attribute, {span, origin}, owner, name);
  report.note(version);
  diagnostics::respell_listed(report, {name, span, context.sources.text(span)},
                              {names.begin(), names.end()}, "it has", "it has none");
}

std::vector<std::string> names_of(const Type& object) {
  std::vector<std::string> names;
  for (const auto& [name, attribute] : object.attributes()) names.push_back(name);
  return names;
}

// The steps behind an object, as far as its type says what they are. False where one is reported.
bool check_steps(Context& context, Type type, std::string owner,
                 std::span<const TraversalStep> steps, const std::string& version) {
  for (const TraversalStep& step : steps) {
    const bool is_name = step.kind == TraversalStep::Kind::Attribute;
    if (type.kind() == TypeKind::Object && is_name) {
      const auto found = type.attributes().find(step.name);
      if (found == type.attributes().end()) {
        report_attribute(context, owner, step.name, step.span, names_of(type), version);
        return false;
      }
      owner += "." + step.name;
      const Type inner = found->second.type;
      type = inner;
    } else if (type.kind() == TypeKind::Map || (type.kind() == TypeKind::List && !is_name)) {
      const Type inner = type.element();
      type = inner;
    } else {
      return true;
    }
  }
  return true;
}

// The attribute that `operand[*].name` takes of each element; invalid where it takes none, or
// nothing of that kind stands in `expr`.
eval::ExprId splat_attribute(const eval::ExprTree& tree, eval::ExprId expr, eval::ExprId operand) {
  if (tree[expr].kind == eval::ExprKind::Splat && tree.child(expr, 0) == operand) {
    eval::ExprId at = tree.child(expr, 1), last;
    while (tree[at].kind == eval::ExprKind::GetAttr || tree[at].kind == eval::ExprKind::Index) {
      last = at;
      at = tree.child(at, 0);
    }
    return last.valid() && tree[last].kind == eval::ExprKind::GetAttr ? last : eval::ExprId();
  }
  for (const eval::ExprId child : tree.children(expr)) {
    if (const eval::ExprId found = splat_attribute(tree, child, operand); found.valid())
      return found;
  }
  return {};
}

eval::ScopeAnswer read_resource(Context& context, const Address& address, const model::Block& block,
                                const model::BlockSchema& schema, const std::string& version,
                                model::ExprId expr, const eval::Traversal& reference) {
  const auto [object, is_new] = context.objects.try_emplace(&schema);
  if (is_new) object->second = model::unknown_object(schema);
  const Type& type = object->second.type();
  const bool by_count = has_argument(block, "count");
  const bool is_many = by_count || has_argument(block, "for_each");
  const std::string prefix = address.kind == SchemaKind::Resource ? ""
                             : address.kind == SchemaKind::Data   ? "data."
                                                                  : "ephemeral.";
  const std::string owner = prefix + address.type;
  std::span<const TraversalStep> rest(reference.steps);
  rest = rest.subspan(address.steps);
  if (rest.empty()) {
    const eval::ExprId taken = splat_attribute(context.tree(), expr, reference.expr);
    if (taken.valid() && !type.attributes().contains(context.tree()[taken].name)) {
      const eval::Expr& name = context.tree()[taken];
      report_attribute(context, owner, name.name, name.name_span, names_of(type), version);
      return {Value::unknown(), address.steps};
    }
  }
  const bool has_key = !rest.empty() && rest[0].kind != TraversalStep::Kind::Attribute;
  if (is_many && has_key) rest = rest.subspan(1);
  if ((!is_many || has_key) && !check_steps(context, type, owner, rest, version))
    return {Value::unknown(), reference.steps.size()};
  if (!is_many) return {object->second, address.steps};
  return {Value::unknown(by_count ? Type::list(type) : Type::map(type)), address.steps};
}

}  // namespace

std::optional<eval::ScopeAnswer> resolve_in_body(Context& context, Standing standing,
                                                 model::ExprId expr,
                                                 const eval::Traversal& reference) {
  const std::string_view root = reference.root;
  const model::ProcedureId procedure = standing.procedure;
  if (!procedure.valid()) return std::nullopt;
  for (const std::string_view own : {"each", "count", "self", "module", "local"}) {
    if (root == own) return resolve_own_name(context, standing, reference);
  }
  if (reference.steps.empty()) return std::nullopt;
  const auto address = address_of(reference);
  if (!address) return std::nullopt;
  const BodyResources& body = resources_of(context, procedure);
  const auto found = body.find({address->kind, address->type, address->name});
  if (found == body.end()) {
    // `rule.value` of a `dynamic "rule"` is no resource.
    const auto same_type = body.lower_bound({address->kind, address->type, ""});
    const bool is_type = same_type != body.end() && std::get<1>(same_type->first) == address->type;
    const bool is_written = root == "data" || root == "ephemeral" || root == "resource";
    const bool in_place = context.program[procedure].body == model::Procedure::BodyKind::InPlace;
    if (in_place && (is_written || is_type)) report_undeclared(context, body, *address);
    return std::nullopt;
  }
  const model::ResourceType resource = model::resource_type(context.program, *found->second);
  const model::BlockSchema* schema = model::find_schema(context.schemas, resource);
  const values::Marks marks{false, address->kind == SchemaKind::Ephemeral};
  if (schema == nullptr) {
    if (!marks.ephemeral) return std::nullopt;
    return eval::ScopeAnswer{Value::unknown().with_marks(marks), address->steps};
  }
  const model::ProviderSchema& provider = context.schemas.at(resource.source);
  eval::ScopeAnswer answer = read_resource(
      context, *address, *found->second, *schema,
      fmt::format("of {} {} as its schemas describe it", provider.source, provider.version), expr,
      reference);
  answer.value = answer.value.with_marks(marks);
  return answer;
}

}  // namespace space::typing
