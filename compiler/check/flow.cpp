#include "compiler/check/flow.h"

#include <algorithm>
#include <utility>

#include "core/base/filesystem.h"

namespace space::check {

namespace {

using eval::Expr;
using eval::ExprId;
using eval::ExprKind;
using model::RefKind;

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
    value = eval::without_parens(tree, value);
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

}  // namespace

Carrier Flow::carrier(const eval::Traversal& traversal) const {
  return {traversal.span, traversal.span, context_.text(traversal.span), {}};
}

std::optional<Carrier> Flow::carried(const FlowPlace& place, ExprId expr) {
  if (!expr.valid()) return std::nullopt;
  const FlowPlace* before = std::exchange(place_, &place);
  FirstCarrier found = walk_alone(expr);
  place_ = before;
  return std::move(found.it);
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

void Flow::decides(model::Deciding how, ExprId operand, const FirstCarrier& found) {
  decided(how, operand, *found.it);
}

FirstCarrier Flow::bound(const FirstCarrier& brought, const eval::Traversal& traversal) {
  FirstCarrier found = brought;
  if (found.it) found.it->span = traversal.span;
  return found;
}

FirstCarrier Flow::read(const eval::Traversal& traversal, ExprId whole) {
  const model::Reference* reference = context_.program.reference(traversal.head);
  if (reference == nullptr) return {};
  return {of(*reference, traversal, whole)};
}

// What a template does with its names is seen where its text is known.
FirstCarrier Flow::call(ExprId expr) {
  const eval::ExprTree& tree = context_.program.tree();
  const auto given = tree.children(expr);
  if (tree[expr].name.ends_with("templatefile") && given.size() == 2 &&
      tree[given[1]].kind == ExprKind::Object) {
    const auto path = context_.program.file_paths.find(given[0]);
    const auto items = tree.children(given[1]);
    for (std::size_t i = 0; path != context_.program.file_paths.end() && i + 1 < items.size();
         i += 2) {
      const auto name = eval::literal_string(tree, items[i]);
      const FirstCarrier found = walk(items[i + 1]);
      if (name && found.it) rendered(path->second, *name, items[i + 1], *found.it);
    }
  }
  return arguments(expr);
}

std::optional<Carrier> Flow::of(const model::Reference& reference, const eval::Traversal& traversal,
                                ExprId whole) {
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
      if (traversal.root == "local") return body_local(traversal);
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
  if (has_parts) taken = taken_by(tree, traversal, named, whole);
  return source({*place_, reference, traversal, taken});
}

std::optional<Carrier> Flow::body_local(const eval::Traversal& traversal) {
  if (!place_->procedure.valid() || traversal.steps.empty()) return std::nullopt;
  const model::Attribute* found =
      find_body_local(*context_.program[place_->procedure].decl, traversal.steps[0].name);
  if (found == nullptr) return std::nullopt;
  const std::span<const eval::TraversalStep> steps(traversal.steps);
  return through(*place_, narrowed(context_.program.tree(), found->value, steps.subspan(1)),
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

const model::Attribute* find_attribute(const model::Body& body, std::string_view name) {
  for (const model::Attribute& attribute : body.attributes) {
    if (attribute.name.text == name) return &attribute;
  }
  return nullptr;
}

std::string in_project(const Context& context, source::Span near, const std::string& path) {
  const std::string file =
      base::relative_path(model::project_folder(*context.program.program, context.sources),
                          context.sources.file(near.file).path());
  return base::normalize_path(base::join_path(base::parent_path(file), path));
}

std::string called_source(const Context& context, const model::Block& block) {
  const model::Attribute* source = find_attribute(block.body, "source");
  const auto written = source == nullptr
                           ? std::nullopt
                           : eval::literal_string(context.program.tree(), source->value);
  if (!written || !written->starts_with(".")) return "";
  const std::string path = in_project(context, source->span, *written);
  return context.modules.contains(path) ? path : "";
}

const model::ModuleInterface* called_module(const Context& context, const model::Block& block) {
  const auto found = context.modules.find(called_source(context, block));
  return found == context.modules.end() ? nullptr : &found->second;
}

bool is_written_out(const Context& context, const FlowPlace& place, ExprId expr) {
  if (!expr.valid()) return false;
  Written written(context, place);
  return !written.is_empty(expr) && written.is_known(expr);
}

}  // namespace space::check
