// Law 3, the taint: what differs between environments chooses no code. A value that varies as
// anything but a size or members, a fact and `flight.unique` reach no condition, `count`,
// `for_each`, index or comparison, through whatever locals, outputs, exports and modules. It ends
// at what a resource or data source holds; a `validation`, `precondition`, `postcondition` or
// `check` may use it, since it stops a run and chooses nothing.
#include <algorithm>

#include "compiler/check/flow.h"

namespace space::check {

namespace {

using model::RefKind;
using model::SiteKind;

bool may_decide(const model::ResolvedProgram& program, const model::VariableDecl& decl) {
  if (!decl.varies.valid()) return true;
  const auto kind = eval::literal_string(program.tree(), decl.varies);
  return kind == "size" || kind == "members";
}

bool holds(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string words(Deciding how) {
  switch (how) {
    case Deciding::Condition:
      return "a condition";
    case Deciding::Filter:
      return "the `if` of a `for`";
    case Deciding::Index:
      return "an index";
    case Deciding::Comparison:
      return "a comparison";
  }
  return "";
}

class VariesFlow final : public Flow {
 public:
  using Flow::Flow;

  // What stands where it decides, whole: `count`, `for_each`.
  void check(const FlowPlace& place, eval::ExprId expr, const std::string& what) {
    if (const auto found = carried(place, expr)) report(expr, *found, what);
  }

 protected:
  std::optional<Carrier> source(const Read& read) override {
    const model::ResolvedProgram& program = context_.program;
    const model::Reference& reference = read.reference;
    switch (reference.kind) {
      case RefKind::FlightUnique:
      case RefKind::FlightFact:
      case RefKind::FlightEnvironment:
        return carrier(read.traversal);
      case RefKind::Variable: {
        if (!read.place.mission.valid()) return std::nullopt;
        const auto& decl = program[read.place.mission].decl->variables[reference.index];
        return may_decide(program, decl) ? std::nullopt : std::optional(carrier(read.traversal));
      }
      case RefKind::ProcedureOutput:
        return output(read, reference.procedure, reference.index);
      case RefKind::ProcedureObject: {
        const auto& outputs = model::outputs_of(program, program[reference.procedure]);
        return first_of(read, outputs, [&](std::size_t index) {
          return output(read, reference.procedure, index);
        });
      }
      case RefKind::ExportValue:
        return exported(read, reference.mission, reference.index);
      case RefKind::ExportSpace:
      case RefKind::ExportObject:
        return first_of(read, program[reference.mission].decl->exports, [&](std::size_t index) {
          return exported(read, reference.mission, index);
        });
      default:
        return std::nullopt;
    }
  }

  void decides(Deciding how, eval::ExprId operand, const Carrier& found) override {
    report(operand, found, words(how));
  }

 private:
  // Those that are taken by name; all where none is.
  template <class Decls, class Of>
  std::optional<Carrier> first_of(const Read& read, const Decls& decls, const Of& of) {
    const bool named = std::ranges::any_of(
        decls, [&](const auto& decl) { return holds(read.taken, decl.name.text); });
    for (std::size_t i = 0; i < decls.size(); ++i) {
      if (named && !holds(read.taken, decls[i].name.text)) continue;
      if (auto found = of(i)) return found;
    }
    return std::nullopt;
  }

  std::optional<Carrier> output(const Read& read, model::ProcedureId id, std::size_t index) {
    const model::Procedure& procedure = context_.program[id];
    if (procedure.body != model::Procedure::BodyKind::InPlace) return std::nullopt;
    const model::OutputDecl& decl = procedure.decl->outputs[index];
    return through({procedure.mission, id}, decl.value, read.traversal, decl.name.span,
                   fmt::format("output `{}` of procedure `{}`", decl.name.text, procedure.name));
  }

  std::optional<Carrier> exported(const Read& read, model::MissionId id, std::size_t index) {
    const model::Mission& mission = context_.program[id];
    const model::ExportDecl& decl = mission.decl->exports[index];
    return through({id, {}}, decl.value, read.traversal, decl.name.span,
                   fmt::format("export `{}` of mission `{}`", decl.name.text, mission.name));
  }

  void report(eval::ExprId operand, const Carrier& found, const std::string& what) {
    if (!seen_.insert(operand).second) return;
    auto report = context_.sink.report(diagnostics::varies_decides, found.span, found.text, what);
    report.label("code that it chooses is not the same code in each environment");
    for (const auto& [span, name] : found.via) report.related(span, "through " + name);
    if (!found.via.empty()) report.related(found.origin, "it is read here");
    report.help(
        "let a variable decide that does not vary, or one that varies as a `size` or as `members`");
  }

  std::set<eval::ExprId> seen_;
};

class BodyWalk {
 public:
  BodyWalk(VariesFlow& flow, const FlowPlace& place) : flow_(flow), place_(place) {}

  void blocks(const std::vector<model::Block>& all) {
    for (const model::Block& block : all) {
      const std::string& type = block.type.text;
      if (type == "assert" || type == "precondition" || type == "postcondition") continue;
      for (const model::Attribute& attribute : block.body.attributes) {
        const std::string& name = attribute.name.text;
        const bool is_address = name == "provider" || name == "providers" || name == "depends_on" ||
                                name == "ignore_changes" || name == "from" || name == "to";
        if (is_address) continue;
        const bool repeats =
            name == "count" || name == "for_each" || (type == "lifecycle" && name == "enabled");
        if (repeats) {
          flow_.check(place_, attribute.value, fmt::format("`{}`", name));
        } else {
          flow_.carried(place_, attribute.value);
        }
      }
      blocks(block.body.blocks);
    }
  }

 private:
  VariesFlow& flow_;
  const FlowPlace& place_;
};

}  // namespace

void check_same_code(Context& context) {
  VariesFlow flow(context);
  for (const model::Use& use : context.program.uses) {
    switch (use.site.kind) {
      case SiteKind::ProcedureInput:
      case SiteKind::ProcedureOutputValue:
      case SiteKind::ExportValue:
      case SiteKind::ProviderConfiguration:
      case SiteKind::TopLocalValue:
      case SiteKind::MissionLocalValue:
        flow.carried({use.site.mission, use.site.procedure}, use.expr);
        break;
      default:
        break;
    }
  }
  for (std::size_t i = 0; i < context.program.procedures.size(); ++i) {
    const model::Procedure& procedure = context.program.procedures[i];
    const FlowPlace place{procedure.mission, model::ProcedureId(i)};
    BodyWalk(flow, place).blocks(procedure.decl->body);
  }
}

}  // namespace space::check
