// What declarations say of themselves: `sensitive`, `nullable`, `description`, `ephemeral`, and the
// rules of variables. Static positions: they are the same in every flight of a mission.
#include <algorithm>
#include <set>

#include "compiler/names/static_scope.h"

namespace space::names {

namespace {

using model::ExprId;
using model::RefKind;

// The first reference in an expression that leads, through locals too, to what no mission knows:
// what varies between environments, what a flight or an instance says, a variable without a value.
class LateReference {
 public:
  LateReference(Context& context, const StaticPlace& place) : context_(context), place_(place) {}

  const model::Reference* find(ExprId expr) {
    for (const eval::Traversal& traversal :
         eval::free_references(context_.program.expressions, expr)) {
      const model::Reference* reference = context_.resolved.reference(traversal.head);
      if (reference == nullptr || !is_late(*reference)) continue;
      return reference;
    }
    return nullptr;
  }

 private:
  bool is_late(const model::Reference& reference) {
    switch (reference.kind) {
      case RefKind::TopLocal:
        return local(context_.program.locals[reference.index]);
      case RefKind::MissionLocal:
        return local(context_.resolved[reference.mission].decl->locals[reference.index]);
      case RefKind::Variable:
        return variable(context_.resolved[place_.mission].decl->variables[reference.index]);
      case RefKind::Unknown:
        return false;  // reported
      default:
        return true;
    }
  }

  bool local(const model::LocalDecl& decl) {
    return seen_.insert(decl.value).second && find(decl.value) != nullptr;
  }

  bool variable(const model::VariableDecl& decl) {
    if (decl.varies.valid()) return true;
    const std::string& mission = context_.resolved[place_.mission].name;
    for (const model::ValuesDecl& values : context_.program.values) {
      if (values.name.text != mission || !values.environment.text.empty()) continue;
      for (const model::Attribute& attribute : values.values) {
        if (attribute.name.text == decl.name.text) return false;
      }
    }
    return !decl.default_value.valid();
  }

  Context& context_;
  const StaticPlace& place_;
  std::set<ExprId> seen_;
};

enum class Wanted : std::uint8_t { Bool, Text, Number, Any };

bool fits(const values::Value& value, Wanted wanted) {
  switch (wanted) {
    case Wanted::Bool:
      return value.kind() == values::TypeKind::Bool;
    case Wanted::Text:
      return value.kind() == values::TypeKind::String;
    case Wanted::Number:
      return value.kind() == values::TypeKind::Number;
    case Wanted::Any:
      return true;
  }
  return true;
}

std::string_view words(Wanted wanted) {
  switch (wanted) {
    case Wanted::Bool:
      return "a bool";
    case Wanted::Text:
      return "a string";
    default:
      return "a number";
  }
}

struct Declaration {
  std::string_view kind, name;  // "variable", "size"
};

void settle(Context& context, const StaticPlace& place, const Declaration& of,
            std::string_view argument, ExprId expr, Wanted wanted) {
  if (!expr.valid()) return;
  const std::string what = fmt::format("`{}` of {} `{}`", argument, of.kind, of.name);
  if (const model::Reference* late = LateReference(context, place).find(expr)) {
    context.sink.report(diagnostics::not_static, late->span, what, context.sources.text(late->span))
        .label("this is not the same in every flight")
        .help(
            "use a literal, a local, or a variable without `varies` that has a default or a value "
            "for all environments");
    return;
  }
  const values::Value value = evaluate_static(context, place, expr);
  if (!value.is_wholly_known()) return;  // its own mistake was reported
  const source::Span span = context.program.expressions[expr].span;
  if (value.is_null()) {
    context.sink.report(diagnostics::null_value, span, what)
        .help(fmt::format("leave `{}` out", argument));
  } else if (!fits(value, wanted)) {
    context.sink.report(diagnostics::type_mismatch, span, what, words(wanted),
                        values::describe(value.type()));
  } else {
    context.resolved.settings.emplace(expr, value.without_marks());
  }
}

void settle_variable(Context& context, const StaticPlace& place, const model::VariableDecl& decl) {
  const Declaration of{"variable", decl.name.text};
  settle(context, place, of, "sensitive", decl.sensitive, Wanted::Bool);
  settle(context, place, of, "nullable", decl.nullable, Wanted::Bool);
  settle(context, place, of, "ephemeral", decl.ephemeral, Wanted::Bool);
  settle(context, place, of, "description", decl.description, Wanted::Text);
  settle(context, place, of, "min", decl.min, Wanted::Number);
  settle(context, place, of, "max", decl.max, Wanted::Number);
  settle(context, place, of, "pattern", decl.pattern, Wanted::Text);
  settle(context, place, of, "one_of", decl.one_of, Wanted::Any);
}

// Outputs and exports.
template <class Decl>
void settle_outlet(Context& context, const StaticPlace& place, std::string_view kind,
                   const Decl& decl) {
  const Declaration of{kind, decl.name.text};
  settle(context, place, of, "sensitive", decl.sensitive, Wanted::Bool);
  settle(context, place, of, "description", decl.description, Wanted::Text);
}

}  // namespace

void evaluate_settings(Context& context) {
  const StaticPlace nowhere;
  for (const model::Interface& interface : context.resolved.interfaces) {
    for (const auto& input : interface.decl->inputs)
      settle(context, nowhere, {"input", input.name.text}, "sensitive", input.sensitive,
             Wanted::Bool);
    for (const model::OutputDecl& output : interface.decl->outputs)
      settle_outlet(context, nowhere, "output", output);
  }
  for (std::size_t m = 0; m < context.resolved.missions.size(); ++m) {
    StaticPlace place;
    place.mission = model::MissionId(m);
    const model::Mission& mission = context.resolved.missions[m];
    for (const model::VariableDecl& decl : mission.decl->variables)
      settle_variable(context, place, decl);
    for (const model::ExportDecl& decl : mission.decl->exports)
      settle_outlet(context, place, "export", decl);
    for (const model::ProcedureId id : mission.procedures) {
      for (const model::OutputDecl& decl : context.resolved[id].decl->outputs)
        settle_outlet(context, place, "output", decl);
    }
  }
}

}  // namespace space::names
