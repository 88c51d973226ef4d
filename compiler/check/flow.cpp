#include "compiler/check/flow.h"

#include <algorithm>

namespace space::check {

namespace {

using eval::Expr;
using eval::ExprId;
using eval::ExprKind;
using eval::Operator;
using model::RefKind;

bool is_comparison(Operator op) {
  switch (op) {
    case Operator::Equal:
    case Operator::NotEqual:
    case Operator::Less:
    case Operator::Greater:
    case Operator::LessEqual:
    case Operator::GreaterEqual:
      return true;
    default:
      return false;
  }
}

bool is_null(const eval::ExprTree& tree, ExprId expr) {
  while (tree[expr].kind == ExprKind::Parens) expr = tree.child(expr, 0);
  return tree[expr].kind == ExprKind::Literal && tree[expr].literal.is_null();
}

// Whether something is there at all says nothing of what it is.
bool asks_for_null(const eval::ExprTree& tree, ExprId expr) {
  const Expr& node = tree[expr];
  if (node.kind != ExprKind::Binary ||
      (node.op != Operator::Equal && node.op != Operator::NotEqual))
    return false;
  return is_null(tree, tree.child(expr, 0)) || is_null(tree, tree.child(expr, 1));
}

void attribute_names(const eval::ExprTree& tree, ExprId expr, std::vector<std::string>& names) {
  if (tree[expr].kind == ExprKind::GetAttr) names.push_back(tree[expr].name);
  for (const ExprId child : tree.children(expr)) attribute_names(tree, child, names);
}

std::vector<std::string> taken_by(const eval::ExprTree& tree, const eval::Traversal& traversal,
                                  std::size_t consumed, ExprId whole) {
  std::vector<std::string> names;
  for (std::size_t i = consumed; i < traversal.steps.size(); ++i) {
    if (traversal.steps[i].kind == eval::TraversalStep::Kind::Attribute)
      names.push_back(traversal.steps[i].name);
  }
  if (names.empty()) attribute_names(tree, whole, names);
  return names;
}

// How many steps name what a body declares: `data.TYPE.NAME`, `TYPE.NAME`, `module.NAME`.
std::size_t address_steps(const eval::Traversal& traversal) {
  const std::string_view root = traversal.root;
  return root == "data" || root == "ephemeral" || root == "resource" ? 2 : 1;
}

// What stands under the steps that are taken of an object that is written out.
ExprId narrowed(const eval::ExprTree& tree, ExprId value,
                std::span<const eval::TraversalStep> steps) {
  for (const eval::TraversalStep& step : steps) {
    while (tree[value].kind == ExprKind::Parens) value = tree.child(value, 0);
    if (tree[value].kind != ExprKind::Object || step.kind == eval::TraversalStep::Kind::DynamicKey)
      return value;
    const auto items = tree.children(value);
    ExprId found;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      if (eval::literal_string(tree, items[i]) == step.name) found = items[i + 1];
    }
    if (!found.valid()) return value;
    value = found;
  }
  return value;
}

const model::Attribute* find_body_local(const model::ProcedureDecl& decl, std::string_view name) {
  for (const model::Block& block : decl.body) {
    if (block.type.text != "locals") continue;
    for (const model::Attribute& attribute : block.body.attributes) {
      if (attribute.name.text == name) return &attribute;
    }
  }
  return nullptr;
}

std::optional<Carrier> first(std::optional<Carrier> a, std::optional<Carrier> b) {
  return a ? std::move(a) : std::move(b);
}

}  // namespace

Carrier Flow::carrier(const eval::Traversal& traversal) const {
  return {traversal.span, traversal.span, context_.text(traversal.span), {}};
}

std::optional<Carrier> Flow::carried(const FlowPlace& place, ExprId expr) {
  if (!expr.valid()) return std::nullopt;
  Walk in{place, expr, {}};
  return walk(in, expr);
}

std::optional<Carrier> Flow::through(const FlowPlace& place, ExprId value,
                                     const eval::Traversal& traversal, source::Span declared,
                                     std::string name) {
  if (!value.valid() || !in_progress_.insert(value).second) return std::nullopt;
  const auto key =
      std::pair(value, place.mission.valid() ? static_cast<std::uint32_t>(place.mission.index())
                                             : model::ResolvedProgram::k_none);
  auto at = known_.find(key);
  if (at == known_.end()) at = known_.emplace(key, carried(place, value)).first;
  in_progress_.erase(value);
  if (!at->second) return std::nullopt;
  Carrier found = *at->second;
  found.span = traversal.span;
  found.via.insert(found.via.begin(), {declared, std::move(name)});
  return found;
}

std::optional<Carrier> Flow::decide(Walk& in, Deciding how, ExprId operand) {
  auto found = walk(in, operand);
  if (found) decides(how, operand, *found);
  return found;
}

std::optional<Carrier> Flow::walk(Walk& in, ExprId expr) {
  const eval::ExprTree& tree = context_.program.tree();
  const Expr& node = tree[expr];
  switch (node.kind) {
    case ExprKind::Variable:
    case ExprKind::GetAttr:
    case ExprKind::Index: {
      if (const auto traversal = eval::as_traversal(tree, expr)) return traverse(in, *traversal);
      auto found = walk(in, tree.child(expr, 0));
      if (node.kind == ExprKind::Index)
        found = first(std::move(found), decide(in, Deciding::Index, tree.child(expr, 1)));
      return found;
    }
    case ExprKind::Conditional:
    case ExprKind::TemplateIf: {
      auto found = decide(in, Deciding::Condition, tree.child(expr, 0));
      const auto all = tree.children(expr);
      for (std::size_t i = 1; i < all.size(); ++i)
        found = first(std::move(found), walk(in, all[i]));
      return found;
    }
    case ExprKind::Binary: {
      if (!is_comparison(node.op)) return children(in, expr);
      std::optional<Carrier> found;
      for (const ExprId operand : tree.children(expr))
        found = first(std::move(found), decide(in, Deciding::Comparison, operand));
      if (asks_for_null(tree, expr)) return std::nullopt;
      return found;
    }
    case ExprKind::ForTuple:
    case ExprKind::ForObject:
    case ExprKind::TemplateFor:
      return loop(in, expr);
    case ExprKind::Call:
      return call(in, expr);
    default:
      return children(in, expr);
  }
}

std::optional<Carrier> Flow::children(Walk& in, ExprId expr) {
  std::optional<Carrier> found;
  for (const ExprId child : context_.program.tree().children(expr))
    found = first(std::move(found), walk(in, child));
  return found;
}

std::optional<Carrier> Flow::call(Walk& in, ExprId expr) {
  const eval::ExprTree& tree = context_.program.tree();
  const auto arguments = tree.children(expr);
  std::string_view name = tree[expr].name;
  if (name.starts_with("core::")) name.remove_prefix(6);
  // What it gives is true or false of the mark, not of what is marked.
  if (name == "issensitive") return std::nullopt;
  const bool picks = name == "lookup" || name == "element" || name == "slice";
  std::optional<Carrier> found;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool is_key = picks && i > 0 && !(name == "lookup" && i > 1);
    found = first(std::move(found),
                  is_key ? decide(in, Deciding::Index, arguments[i]) : walk(in, arguments[i]));
  }
  return found;
}

std::optional<Carrier> Flow::loop(Walk& in, ExprId expr) {
  const eval::ExprTree& tree = context_.program.tree();
  const Expr& node = tree[expr];
  const auto all = tree.children(expr);
  auto found = walk(in, all[0]);
  const std::size_t bound = in.bound.size();
  for (const std::string& name : {node.name, node.second_name}) {
    if (!name.empty()) in.bound.emplace_back(name, found);
  }
  const std::size_t last = all.size() - (node.has_condition ? 1 : 0);
  for (std::size_t i = 1; i < last; ++i) found = first(std::move(found), walk(in, all[i]));
  if (node.has_condition) found = first(std::move(found), decide(in, Deciding::Filter, all[last]));
  in.bound.resize(bound);
  return found;
}

std::optional<Carrier> Flow::traverse(Walk& in, const eval::Traversal& traversal) {
  std::optional<Carrier> found;
  const auto bound = std::find_if(in.bound.rbegin(), in.bound.rend(),
                                  [&](const auto& entry) { return entry.first == traversal.root; });
  if (bound != in.bound.rend()) {
    found = bound->second;
    if (found) found->span = traversal.span;
  } else if (const model::Reference* reference = context_.program.reference(traversal.head)) {
    found = read(in, *reference, traversal);
  }
  for (const eval::TraversalStep& step : traversal.steps) {
    if (step.kind == eval::TraversalStep::Kind::DynamicKey)
      found = first(std::move(found), decide(in, Deciding::Index, step.key));
  }
  return found;
}

std::optional<Carrier> Flow::read(Walk& in, const model::Reference& reference,
                                  const eval::Traversal& traversal) {
  const eval::ExprTree& tree = context_.program.tree();
  const std::span<const eval::TraversalStep> steps(traversal.steps);
  const auto local = [&](const model::LocalDecl& decl, const FlowPlace& place) {
    return through(place, narrowed(tree, decl.value, steps.subspan(reference.consumed)), traversal,
                   decl.name.span, fmt::format("local `{}`", decl.name.text));
  };
  switch (reference.kind) {
    case RefKind::Unknown:
      return std::nullopt;
    case RefKind::TopLocal:
      return local(context_.program.program->locals[reference.index], {});
    case RefKind::MissionLocal:
      return local(context_.program[reference.mission].decl->locals[reference.index],
                   {reference.mission, {}});
    case RefKind::Body:
      if (traversal.root == "local") return body_local(in, traversal);
      break;
    default:
      break;
  }
  std::vector<std::string> taken;
  const bool has_parts = reference.kind == RefKind::ProcedureObject ||
                         reference.kind == RefKind::ExportObject ||
                         reference.kind == RefKind::ExportSpace || reference.kind == RefKind::Body;
  const std::size_t named =
      reference.kind == RefKind::Body ? address_steps(traversal) : reference.consumed;
  if (has_parts) taken = taken_by(tree, traversal, named, in.whole);
  return source({in.place, reference, traversal, taken});
}

std::optional<Carrier> Flow::body_local(Walk& in, const eval::Traversal& traversal) {
  if (!in.place.procedure.valid() || traversal.steps.empty()) return std::nullopt;
  const model::Attribute* found =
      find_body_local(*context_.program[in.place.procedure].decl, traversal.steps[0].name);
  if (found == nullptr) return std::nullopt;
  const std::span<const eval::TraversalStep> steps(traversal.steps);
  return through(in.place, narrowed(context_.program.tree(), found->value, steps.subspan(1)),
                 traversal, found->name.span, fmt::format("local `{}`", found->name.text));
}

namespace {

class Written {
 public:
  Written(const Context& context, const FlowPlace& place) : context_(context), place_(place) {}

  // Nothing in it is known only later.
  bool is_known(ExprId expr) {
    const eval::ExprTree& tree = context_.program.tree();
    if (calls_later(expr)) return false;
    for (const eval::Traversal& traversal : eval::free_references(tree, expr)) {
      const model::Reference* reference = context_.program.reference(traversal.head);
      if (reference == nullptr || !is_known(*reference, traversal)) return false;
    }
    return true;
  }

  bool is_empty(ExprId expr) {
    const eval::ExprTree& tree = context_.program.tree();
    while (tree[expr].kind == ExprKind::Parens || tree[expr].kind == ExprKind::Wrap)
      expr = tree.child(expr, 0);
    const Expr& node = tree[expr];
    if (node.kind == ExprKind::Invalid) return true;
    if (node.kind == ExprKind::Literal) {
      return node.literal.is_null() ||
             (node.literal.kind() == values::TypeKind::String && node.literal.as_string().empty());
    }
    if (const auto traversal = eval::as_traversal(tree, expr)) return is_empty_local(*traversal);
    const auto items = tree.children(expr);
    if (node.kind == ExprKind::Tuple || node.kind == ExprKind::Template)
      return std::ranges::all_of(items, [&](ExprId item) { return is_empty(item); });
    if (node.kind != ExprKind::Object) return false;
    for (std::size_t i = 1; i < items.size(); i += 2) {
      if (!is_empty(items[i])) return false;
    }
    return true;
  }

 private:
  bool calls_later(ExprId expr) const {
    const eval::ExprTree& tree = context_.program.tree();
    if (tree[expr].kind == ExprKind::Call) {
      for (const std::string_view name : {"bcrypt", "plantimestamp", "timestamp", "uuid"}) {
        if (tree[expr].name.ends_with(name)) return true;
      }
    }
    return std::ranges::any_of(tree.children(expr),
                               [&](ExprId child) { return calls_later(child); });
  }

  // Of a local, its value; else nothing.
  ExprId local_value(const model::Reference& reference, const eval::Traversal& traversal) const {
    switch (reference.kind) {
      case RefKind::TopLocal:
        return context_.program.program->locals[reference.index].value;
      case RefKind::MissionLocal:
        return context_.program[reference.mission].decl->locals[reference.index].value;
      case RefKind::Body: {
        if (traversal.root != "local" || !place_.procedure.valid() || traversal.steps.empty())
          return {};
        const model::Attribute* found =
            find_body_local(*context_.program[place_.procedure].decl, traversal.steps[0].name);
        return found == nullptr ? ExprId() : found->value;
      }
      default:
        return {};
    }
  }

  bool is_known(const model::Reference& reference, const eval::Traversal& traversal) {
    if (reference.kind == RefKind::FlightFact) return true;
    const ExprId value = local_value(reference, traversal);
    return value.valid() && seen_.insert(value).second && is_known(value);
  }

  bool is_empty_local(const eval::Traversal& traversal) {
    const model::Reference* reference = context_.program.reference(traversal.head);
    if (reference == nullptr || traversal.steps.size() != 1) return false;
    const ExprId value = local_value(*reference, traversal);
    return value.valid() && empty_seen_.insert(value).second && is_empty(value);
  }

  const Context& context_;
  const FlowPlace& place_;
  std::set<ExprId> seen_, empty_seen_;
};

}  // namespace

bool is_written_out(const Context& context, const FlowPlace& place, ExprId expr) {
  if (!expr.valid()) return false;
  Written written(context, place);
  return !written.is_empty(expr) && written.is_known(expr);
}

}  // namespace space::check
