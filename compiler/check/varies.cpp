// Law 3, what `varies` says: a kind that the language knows, on a type that fits it, so that what
// differs between environments can be seen to choose no code. And the key sets of `values` agree
// along `promote_from`.
#include <algorithm>
#include <array>
#include <set>

#include "compiler/check/laws.h"
#include "compiler/check/secret_flow.h"
#include "compiler/model/given_values.h"

namespace space::check {

namespace {

using values::Refinement;
using values::Type;
using values::TypeKind;

struct Kind {
  std::string_view name;
  std::string_view takes;  // what fits, for a person
};
constexpr std::array k_kinds = {
    Kind{"address", "`url`, `hostname`, `ip` or `cidr`"},
    Kind{"id", "a string or a number"},
    Kind{"log_level", "a string with `one_of`"},
    Kind{"members", "a set or list of strings, or a map: the keys of a `for_each`"},
    Kind{"secret", "a string with `sensitive = true`"},
    Kind{"size", "a number, or a string or bool with `one_of`"},
    Kind{"version", "a string"},
};

bool leaf_fits(std::string_view kind, const Type& leaf, const model::VariableDecl& decl,
               const model::ResolvedProgram& program) {
  const TypeKind is = leaf.kind();
  const bool has_choice = decl.one_of.valid();
  if (kind == "size")
    return is == TypeKind::Number ||
           (has_choice && (is == TypeKind::String || is == TypeKind::Bool));
  if (kind == "id") return is == TypeKind::String || is == TypeKind::Number;
  if (is != TypeKind::String) return false;
  if (kind == "log_level") return has_choice;
  if (kind == "secret") return model::bool_setting(program, decl.sensitive).value_or(false);
  if (kind == "address") {
    const Refinement refinement = leaf.refinement();
    return refinement == Refinement::Url || refinement == Refinement::Hostname ||
           refinement == Refinement::Ip || refinement == Refinement::Cidr;
  }
  return kind == "version";
}

// Collections follow their leaves. The first that does not fit.
std::optional<Type> misfit(std::string_view kind, const Type& type, const model::VariableDecl& decl,
                           const model::ResolvedProgram& program) {
  switch (type.kind()) {
    case TypeKind::List:
    case TypeKind::Set:
    case TypeKind::Map:
      return misfit(kind, type.element(), decl, program);
    case TypeKind::Object:
      for (const auto& [name, attribute] : type.attributes()) {
        if (auto found = misfit(kind, attribute.type, decl, program)) return found;
      }
      return std::nullopt;
    case TypeKind::Tuple:
      for (const Type& element : type.elements()) {
        if (auto found = misfit(kind, element, decl, program)) return found;
      }
      return std::nullopt;
    default:
      return leaf_fits(kind, type, decl, program) ? std::nullopt : std::optional(type);
  }
}

std::optional<Type> misfit_of_members(const Type& type) {
  const bool fits = type.kind() == TypeKind::Map ||
                    ((type.kind() == TypeKind::Set || type.kind() == TypeKind::List) &&
                     type.element().kind() == TypeKind::String);
  return fits && !type.has_any() ? std::nullopt : std::optional(type);
}

std::string words_of(const Type& type) {
  if (type.kind() == TypeKind::Any) return "`any`";
  return type.refinement() == Refinement::None
             ? values::describe(type)
             : fmt::format("`{}`", values::name_of(type.refinement()));
}

void check_variable(Context& context, const model::VariableDecl& decl, const Type& type) {
  if (!decl.varies.valid()) return;
  const source::Span span = context.program.tree()[decl.varies].span;
  const std::string& name = decl.name.text;
  const auto written = eval::literal_string(context.program.tree(), decl.varies);
  const auto kind = std::ranges::find_if(
      k_kinds, [&](const Kind& one) { return written && one.name == *written; });
  if (kind == k_kinds.end()) {
    std::vector<std::string_view> names;
    for (const Kind& one : k_kinds) names.push_back(one.name);
    auto report = context.sink.report(
        diagnostics::varies_kind, span, name,
        written ? fmt::format("is `{}`, which is no kind of what varies", *written)
                : std::string("is not written out"));
    diagnostics::respell_listed(report, {written.value_or(""), span, context.sources.text(span)},
                                names, "it is one of", "");
    return;
  }
  const auto wrong = kind->name == "members" ? misfit_of_members(type)
                                             : misfit(kind->name, type, decl, context.program);
  const bool has_rule =
      decl.min.valid() || decl.max.valid() || decl.pattern.valid() || decl.one_of.valid();
  const bool was_reported = type.has_mistake() || (!decl.type.valid() && has_rule);
  if (!wrong || was_reported) return;
  auto report = context.sink.report(
      diagnostics::varies_kind, span, name,
      fmt::format("is `{}`, which does not fit {}", kind->name, words_of(*wrong)));
  if (decl.type.valid())
    report.related(context.program.tree()[decl.type].span, "its type stands here");
  report.help(fmt::format("`{}` takes {}", kind->name, kind->takes));
}

// --- Key sets of `values`.

const model::ValuesDecl* find_values(const Context& context, const std::string& mission,
                                     const std::string& environment) {
  for (const model::ValuesDecl& decl : values_of(context, mission)) {
    if (decl.environment.text == environment) return &decl;
  }
  return nullptr;
}

// What `with` gives and `without` does not.
void check_keys(Context& context, const model::Mission& mission, const model::ValuesDecl* with,
                const model::ValuesDecl* without, const std::string& environment) {
  if (with == nullptr) return;
  for (const model::Attribute& given : with->values) {
    const std::string& name = given.name.text;
    const bool is_variable =
        std::ranges::any_of(mission.decl->variables, [&](const model::VariableDecl& decl) {
          return decl.name.text == name && decl.default_value.valid() && decl.varies.valid();
        });
    // One without a default is missing, one without `varies` may not differ: that is said already.
    const bool is_given = model::given(without, name) != nullptr ||
                          model::given_misspelt(without, name, mission.decl->variables) != nullptr;
    if (!is_variable || is_given) continue;
    const source::Span at = without == nullptr ? given.name.span : without->header;
    auto report = context.sink.report(
        diagnostics::values_keys, at, mission.name, environment,
        fmt::format("lack `{}`, which `{}` gives", name, with->environment.text));
    report.related(without == nullptr ? source::Span() : given.name.span, "given here")
        .help(fmt::format("give `{}` in both environments, or in neither", name));
    return;
  }
}

void check_values(Context& context) {
  for (const model::Mission& mission : context.program.missions) {
    for (const model::EnvironmentId id : mission.environments) {
      const model::Environment& environment = context.program[id];
      const model::EnvironmentId from = environment.promote_from;
      if (!from.valid() ||
          std::ranges::find(mission.environments, from) == mission.environments.end())
        continue;
      const std::string& before = context.program[from].name;
      const auto* own = find_values(context, mission.name, environment.name);
      const auto* promoted = find_values(context, mission.name, before);
      check_keys(context, mission, promoted, own, environment.name);
      check_keys(context, mission, own, promoted, before);
    }
  }
}

}  // namespace

bool is_varies_kind(std::string_view word) {
  return std::ranges::any_of(k_kinds, [&](const Kind& one) { return one.name == word; });
}

void check_varies(Context& context) {
  for (std::size_t m = 0; m < context.program.missions.size(); ++m) {
    const auto& decls = context.program.missions[m].decl->variables;
    for (std::size_t i = 0; i < decls.size(); ++i)
      check_variable(context, decls[i], context.types.variables[m][i]);
  }
  check_values(context);
}

}  // namespace space::check
