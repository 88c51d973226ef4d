#include "compiler/names/static_scope.h"

#include <algorithm>
#include <set>

#include "compiler/model/queries.h"
#include "core/values/convert.h"

namespace space::names {

namespace {

using model::RefKind;

eval::FunctionContext functions_at(Context& context, source::Span span) {
  eval::FunctionContext functions;
  functions.files = context.inputs.files;
  functions.folder = base::parent_path(context.sources.file(span.file).path());
  functions.render_template = context.inputs.render_template;
  functions.on_read = [&context](const std::string& path) {
    context.read_files.insert(base::relative_path(context.inputs.project_folder, path));
  };
  return functions;
}

// A value of a variable where no flight says more: what `values "M"` gives, or the default.
const model::Attribute* shared_value(const Context& context, model::MissionId mission,
                                     std::string_view variable) {
  const std::string& name = context.resolved[mission].name;
  for (const model::ValuesDecl& values : context.program.values) {
    if (values.name.text != name || !values.environment.text.empty()) continue;
    for (const model::Attribute& attribute : values.values) {
      if (attribute.name.text == variable) return &attribute;
    }
  }
  return nullptr;
}

}  // namespace

values::Value StaticScope::local(const model::LocalDecl& decl) const {
  if (std::find(in_progress_.begin(), in_progress_.end(), &decl) != in_progress_.end())
    return values::Value::unknown();
  in_progress_.push_back(&decl);
  values::Value value = eval::evaluate(
      context_.program.expressions, decl.value, *this,
      functions_at(context_, context_.program.expressions[decl.value].span), context_.sink);
  in_progress_.pop_back();
  return value;
}

std::optional<eval::ScopeAnswer> StaticScope::resolve(const eval::Traversal& traversal) const {
  const model::Reference* reference = context_.resolved.reference(traversal.head);
  if (reference == nullptr || reference->kind == RefKind::Unknown) return std::nullopt;
  const auto answer = [&](values::Value value) {
    return eval::ScopeAnswer{std::move(value), reference->consumed};
  };
  const auto text = [&](const std::string& value) { return answer(values::Value::string(value)); };
  const model::Flight* flight = place_.flight;
  const model::ResolvedProgram& resolved = context_.resolved;
  switch (reference->kind) {
    case RefKind::TopLocal:
      return answer(local(context_.program.locals[reference->index]));
    case RefKind::MissionLocal:
      return answer(local(resolved[reference->mission].decl->locals[reference->index]));
    case RefKind::InstanceKey:
      return place_.instance_key ? text(*place_.instance_key) : answer(values::Value::unknown());
    case RefKind::InstanceValue:
      return answer(place_.instance_key ? place_.instance_value : values::Value::unknown());
    case RefKind::Variable: {
      if (flight != nullptr && reference->index < flight->variables.size() &&
          flight->variables[reference->index].value) {
        return answer(*flight->variables[reference->index].value);
      }
      if (!place_.mission.valid()) return answer(values::Value::unknown());
      const model::VariableDecl& decl = resolved[place_.mission].decl->variables[reference->index];
      if (const model::Attribute* given = shared_value(context_, place_.mission, decl.name.text)) {
        return answer(evaluate_static(context_, place_, given->value));
      }
      if (decl.default_value.valid() && !decl.varies.valid())
        return answer(evaluate_static(context_, place_, decl.default_value));
      return answer(values::Value::unknown());
    }
    case RefKind::FlightEnvironment:
      if (flight) return text(resolved[flight->environment].name);
      break;
    case RefKind::FlightMission:
      if (flight) return text(model::mission_name(resolved, *flight));
      break;
    case RefKind::FlightSpace:
      if (flight) return text(resolved[flight->space].name);
      break;
    case RefKind::FlightRegion:
      if (flight) return text(resolved[flight->space].region);
      break;
    case RefKind::FlightNamespace:
      if (flight) return text(flight->namespace_name);
      break;
    case RefKind::FlightUnique:
      if (flight) return text(flight->namespace_name + "--" + resolved[flight->environment].name);
      break;
    case RefKind::FlightFact:
      if (flight) {
        const auto& facts = resolved[flight->environment].facts;
        const auto found = facts.find(reference->name);
        if (found != facts.end()) return answer(found->second);
        return std::nullopt;  // check reports a fact that is not there
      }
      break;
    default:
      break;
  }
  return answer(values::Value::unknown());
}

values::Value evaluate_static(Context& context, const StaticPlace& place, model::ExprId expr) {
  if (!expr.valid()) return values::Value::null();
  const StaticScope scope(context, place);
  return eval::evaluate(context.program.expressions, expr, scope,
                        functions_at(context, context.program.expressions[expr].span),
                        context.sink);
}

namespace {

// The first reference in an expression that brings what differs between environments, and where it
// does in the end.
struct Varying {
  const model::Reference* reference = nullptr;
  source::Span origin;
};

class FindVarying {
 public:
  explicit FindVarying(const Context& context) : context_(context) {}

  std::optional<Varying> in(model::ExprId expr, model::MissionId mission) {
    for (const eval::Traversal& traversal :
         eval::free_references(context_.program.expressions, expr)) {
      const model::Reference* reference = context_.resolved.reference(traversal.head);
      if (reference == nullptr) continue;
      if (const auto origin = origin_of(*reference, mission)) return Varying{reference, *origin};
    }
    return std::nullopt;
  }

 private:
  std::optional<source::Span> origin_of(const model::Reference& reference,
                                        model::MissionId mission) {
    switch (reference.kind) {
      case RefKind::Variable:
        if (!mission.valid() ||
            !context_.resolved[mission].decl->variables[reference.index].varies.valid())
          return std::nullopt;
        return reference.span;
      case RefKind::FlightUnique:
        return reference.span;
      case RefKind::TopLocal:
        return local(context_.program.locals[reference.index], {});
      case RefKind::MissionLocal:
        return local(context_.resolved[reference.mission].decl->locals[reference.index],
                     reference.mission);
      default:
        return std::nullopt;
    }
  }

  std::optional<source::Span> local(const model::LocalDecl& decl, model::MissionId mission) {
    if (!seen_.insert(decl.value).second) return std::nullopt;
    const auto found = in(decl.value, mission);
    return found ? std::optional(found->origin) : std::nullopt;
  }

  const Context& context_;
  std::set<model::ExprId> seen_;
};

model::MissionId mission_of(const Context& context, model::ExprId expr) {
  for (const model::Use& use : context.resolved.uses) {
    if (use.expr == expr && use.site.mission.valid()) return use.site.mission;
  }
  return {};
}

}  // namespace

Staticness require_static(Context& context, model::ExprId expr, const std::string& what) {
  bool reads_variable = false, reads_local = false;
  for (const eval::Traversal& traversal :
       eval::free_references(context.program.expressions, expr)) {
    const model::Reference* reference = context.resolved.reference(traversal.head);
    if (reference == nullptr || reference->kind == RefKind::Unknown)
      return Staticness::Deferred;  // reported
    reads_variable = reads_variable || reference->kind == RefKind::Variable;
    reads_local = reads_local || reference->kind == RefKind::TopLocal ||
                  reference->kind == RefKind::MissionLocal;
  }
  if (!reads_variable && !reads_local) return Staticness::Static;
  // A local knows its own mission.
  const model::MissionId mission = reads_variable ? mission_of(context, expr) : model::MissionId();
  const auto found = FindVarying(context).in(expr, mission);
  if (!found) return Staticness::Static;
  auto report = context.sink.report(diagnostics::not_static, found->reference->span, what,
                                    context.sources.text(found->reference->span));
  report.label("this varies between environments");
  if (found->origin.begin != found->reference->span.begin)
    report.related(found->origin, "it is read here");
  report.help(
      "what is static is the same in every environment: use a literal, a local, or a variable "
      "without `varies`");
  return Staticness::Deferred;
}

namespace {

// Known, not null, and of the kind, or a report.
std::optional<values::Value> static_as(Context& context, const StaticPlace& place,
                                       model::ExprId expr, const std::string& what,
                                       const values::Type& wanted) {
  if (!expr.valid()) return std::nullopt;
  if (require_static(context, expr, what) == Staticness::Deferred) return std::nullopt;
  const values::Value value = evaluate_static(context, place, expr);
  if (!value.is_known()) return std::nullopt;  // its own mistake was reported
  const source::Span span = context.program.expressions[expr].span;
  if (value.is_null()) {
    context.sink.report(diagnostics::null_value, span, what);
    return std::nullopt;
  }
  const bool same = value.type().kind() == wanted.kind();
  if (!same) {
    const bool is_list = value.kind() == values::TypeKind::Tuple;
    context.sink.report(diagnostics::type_mismatch, span, what, values::describe(wanted),
                        is_list ? "a list" : values::describe(value.type()));
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::optional<std::string> static_string(Context& context, const StaticPlace& place,
                                         model::ExprId expr, const std::string& what) {
  const auto value = static_as(context, place, expr, what, values::Type::string());
  return value ? std::optional(value->as_string()) : std::nullopt;
}

std::optional<std::int64_t> static_integer(Context& context, const StaticPlace& place,
                                           model::ExprId expr, const std::string& what) {
  const auto value = static_as(context, place, expr, what, values::Type::number());
  if (!value) return std::nullopt;
  const auto integer = value->as_number().to_int64();
  if (!integer) {
    context.sink.report(diagnostics::type_mismatch, context.program.expressions[expr].span, what,
                        "a whole number", value->as_number().to_string());
  }
  return integer;
}

std::optional<std::vector<std::string>> static_strings(Context& context, const StaticPlace& place,
                                                       model::ExprId expr,
                                                       const std::string& what) {
  if (!expr.valid() || require_static(context, expr, what) == Staticness::Deferred)
    return std::nullopt;
  const values::Value value = evaluate_static(context, place, expr);
  if (!value.is_wholly_known()) return std::nullopt;  // its own mistake was reported
  const auto list = values::convert(value, values::Type::list(values::Type::string())).value;
  const bool is_list = list && !list->is_null() && value.type().kind() != values::TypeKind::String;
  if (is_list && std::ranges::none_of(list->as_list(), &values::Value::is_null)) {
    std::vector<std::string> strings;
    for (const values::Value& item : list->as_list()) strings.push_back(item.as_string());
    return strings;
  }
  context.sink.report(diagnostics::type_mismatch, context.program.expressions[expr].span, what,
                      "a list of strings",
                      value.is_null() ? "null" : values::describe(value.type()));
  return std::nullopt;
}

std::optional<bool> static_bool(Context& context, const StaticPlace& place, model::ExprId expr,
                                const std::string& what) {
  const auto value = static_as(context, place, expr, what, values::Type::boolean());
  return value ? std::optional(value->as_bool()) : std::nullopt;
}

}  // namespace space::names
