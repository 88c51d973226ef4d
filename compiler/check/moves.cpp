#include "compiler/check/moves.h"

#include <algorithm>

namespace space::check {

namespace {

using Step = eval::TraversalStep;

constexpr const char* k_forms =
    "write `procedure.NAME` in its mission, or `mission.NAME`, `mission.NAME.procedure.NAME`, "
    "`space.NAME` or `environment.NAME`; a key stands in brackets: `mission.NAME[\"KEY\"]`";

class Reader {
 public:
  Reader(const eval::Traversal& traversal, const model::Mission* mission)
      : traversal_(traversal), inside_(mission) {
    pattern_.span = traversal.span;
  }

  // Nothing where `why` then says what is wrong.
  std::optional<StatePattern> read(std::string& why) {
    std::string root(traversal_.root);
    if (root == "environment") {
      pattern_.environment = name();
      if (!pattern_.environment) return fail(why, "`environment` is followed by its name");
      pattern_.scope = StateScope::Environment;
      if (at_ == traversal_.steps.size()) return finish();
      root = name().value_or("");
    }
    if (root == "space") {
      pattern_.space = name();
      if (!pattern_.space) return fail(why, "`space` is followed by its name");
      pattern_.scope = StateScope::Space;
    } else if (root == "mission") {
      if (!read_mission()) return fail(why, "`mission` is followed by its name and its keys");
    } else if (root == "procedure") {
      if (inside_ == nullptr)
        return fail(why, "outside a mission, its name stands in front: `mission.NAME.procedure…`");
      if (!read_procedure()) return fail(why, "`procedure` is followed by its name and its key");
    } else {
      return fail(why, "states are of environments, spaces, missions and procedures");
    }
    if (at_ < traversal_.steps.size()) return fail(why, "there is something behind the name");
    return finish();
  }

 private:
  static std::optional<StatePattern> fail(std::string& why, std::string text) {
    why = std::move(text);
    return std::nullopt;
  }

  std::optional<StatePattern> finish() {
    if (inside_ != nullptr && !pattern_.mission) pattern_.mission = inside_->name;
    return std::move(pattern_);
  }

  std::optional<std::string> next(Step::Kind kind) {
    if (at_ >= traversal_.steps.size() || traversal_.steps[at_].kind != kind) return std::nullopt;
    return traversal_.steps[at_++].name;
  }
  std::optional<std::string> name() { return next(Step::Kind::Attribute); }
  std::optional<std::string> index() { return next(Step::Kind::StaticKey); }

  bool read_mission() {
    pattern_.mission = name();
    if (!pattern_.mission) return false;
    pattern_.scope = StateScope::Mission;
    while (pattern_.indices.size() < 2) {
      auto one = index();
      if (!one) break;
      pattern_.indices.push_back(std::move(*one));
    }
    if (at_ == traversal_.steps.size()) return true;
    return name() == "procedure" && read_procedure();
  }

  bool read_procedure() {
    pattern_.procedure = name();
    if (!pattern_.procedure) return false;
    pattern_.scope = StateScope::Procedure;
    pattern_.procedure_key = index();
    return true;
  }

  const eval::Traversal& traversal_;
  const model::Mission* inside_;
  std::size_t at_ = 0;
  StatePattern pattern_;
};

bool fits(const std::optional<std::string>& wanted, const std::string& there) {
  return !wanted || *wanted == there;
}

template <class Entity>
const Entity* find(const std::vector<Entity>& all, const std::string& name) {
  const auto at =
      std::find_if(all.begin(), all.end(), [&](const Entity& one) { return one.name == name; });
  return at == all.end() ? nullptr : &*at;
}

bool is_keyed(const model::ResolvedProgram& program, const std::string& mission) {
  const model::Mission* found = find(program.missions, mission);
  return found != nullptr && found->keyed;
}

bool is_keyed(const model::ResolvedProgram& program, const std::string& mission,
              const std::string& procedure) {
  const model::Mission* found = find(program.missions, mission);
  return found != nullptr && std::any_of(found->procedures.begin(), found->procedures.end(),
                                         [&](model::ProcedureId id) {
                                           return program[id].name == procedure &&
                                                  program[id].keyed;
                                         });
}

}  // namespace

std::optional<StatePattern> read_pattern(const Context& context, eval::ExprId expr,
                                         const model::Mission* mission) {
  const eval::ExprTree& tree = context.program.tree();
  if (!expr.valid() || tree[expr].kind == eval::ExprKind::Invalid) return std::nullopt;
  const auto traversal = eval::as_traversal(tree, expr);
  std::string why = "it is no name";
  auto pattern = traversal ? Reader(*traversal, mission).read(why) : std::nullopt;
  if (!pattern) {
    const source::Span span = tree[expr].span;
    context.sink.report(diagnostics::move_address, span, context.text(span), why).help(k_forms);
  }
  return pattern;
}

bool matches(const StatePattern& from, const model::StateName& name) {
  if (!fits(from.environment, name.environment) || !fits(from.space, name.space) ||
      !fits(from.mission, name.mission) || !fits(from.procedure, name.procedure) ||
      !fits(from.procedure_key, name.procedure_key))
    return false;
  if (from.indices.empty()) return true;
  // With for_each the key comes first, and then the space.
  const std::size_t spaces_at = name.key.empty() ? 0 : 1;
  if (spaces_at == 1 && from.indices[0] != name.key) return false;
  if (from.indices.size() > spaces_at + 1) return false;
  return from.indices.size() == spaces_at || from.indices[spaces_at] == name.space;
}

std::optional<model::StateName> moved_name(const model::ResolvedProgram& program,
                                           const StatePattern& from, const StatePattern& to,
                                           const model::StateName& name) {
  if (!matches(from, name)) return std::nullopt;
  if (to.procedure_key && !from.procedure_key && !name.procedure_key.empty()) return std::nullopt;
  const bool gets_key = to.mission && !to.indices.empty() && is_keyed(program, *to.mission);
  if (gets_key && from.indices.empty() && !name.key.empty()) return std::nullopt;
  model::StateName out = name;
  if (to.environment) out.environment = *to.environment;
  if (to.space) out.space = *to.space;
  if (to.mission) {
    out.mission = *to.mission;
    const bool keyed = is_keyed(program, *to.mission);
    if (!keyed) out.key.clear();
    std::size_t at = 0;
    if (keyed && !to.indices.empty()) out.key = to.indices[at++];
    if (at < to.indices.size()) out.space = to.indices[at];
  }
  if (to.procedure) {
    out.procedure = *to.procedure;
    if (to.procedure_key) {
      out.procedure_key = *to.procedure_key;
    } else if (!is_keyed(program, out.mission, out.procedure)) {
      out.procedure_key.clear();
    }
  }
  return out == name ? std::nullopt : std::optional(std::move(out));
}

}  // namespace space::check
