// Law 3, the taint: what differs between environments chooses no code. A value that varies as
// anything but a size or members, a fact and `flight.unique` reach no condition, `count`,
// `for_each`, index or comparison, through whatever locals, outputs, exports and modules. It ends
// at what a resource or data source holds; a `validation`, `precondition`, `postcondition` or
// `check` may use it, since it stops a run and chooses nothing.
#include <algorithm>

#include "compiler/check/flow.h"
#include "compiler/check/given_inputs.h"

namespace space::check {

namespace {

using model::RefKind;
using model::SiteKind;

bool may_decide(const model::ResolvedProgram& program, const model::VariableDecl& decl) {
  if (!decl.varies.valid()) return true;
  const auto kind = eval::literal_string(program.tree(), decl.varies);
  return kind == "size" || kind == "members" || !is_varies_kind(kind.value_or(""));
}

bool holds(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

bool differs_somewhere(const model::ResolvedProgram& program) {
  const bool varies = std::ranges::any_of(program.missions, [&](const model::Mission& mission) {
    return std::ranges::any_of(mission.decl->variables, [&](const model::VariableDecl& decl) {
      return !may_decide(program, decl);
    });
  });
  return varies || std::ranges::any_of(program.references, [](const model::Reference& reference) {
           return reference.kind == RefKind::FlightUnique ||
                  reference.kind == RefKind::FlightFact ||
                  reference.kind == RefKind::FlightEnvironment;
         });
}

// The modules that a procedure calls, in whatever space.
std::vector<std::string> modules_of(const model::ResolvedProgram& program,
                                    const model::Procedure& procedure) {
  if (procedure.body == model::Procedure::BodyKind::Local) return {procedure.source};
  std::vector<std::string> modules;
  if (procedure.interface.valid()) {
    for (const model::Implementation& implementation : program[procedure.interface].implementations)
      modules.push_back(implementation.source);
  }
  return modules;
}

class VariesFlow final : public Flow {
 public:
  using Flow::Flow;

  // What is given to a variable of a module: it may decide inside.
  void check_input(const FlowPlace& place, const std::string& module, const std::string& name,
                   eval::ExprId value) {
    const auto flow = context_.flows.modules.find(module);
    if (flow == context_.flows.modules.end()) return;
    if (const auto found = carried(place, value))
      note_inside(value, *found, flow->second, name, fmt::format("module `{}`", module));
  }

  // What stands where it decides, whole: `count`, `for_each`.
  void check(const FlowPlace& place, eval::ExprId expr, const std::string& what) {
    if (const auto found = carried(place, expr)) note(expr, *found, what);
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
      case RefKind::Body:
        return of_call(read);
      default:
        return std::nullopt;
    }
  }

  void decided(model::Deciding how, eval::ExprId operand, const Carrier& found) override {
    note(operand, found, std::string(model::words_of(how)));
  }

  void rendered(const std::string& path, const std::string& name, eval::ExprId value,
                const Carrier& found) override {
    const auto flow = context_.flows.templates.find(path);
    if (flow != context_.flows.templates.end())
      note_inside(value, found, flow->second, name, fmt::format("template `{}`", path));
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
    const std::string& name = model::outputs_of(context_.program, procedure)[index].name.text;
    const FlowPlace place{procedure.mission, id};
    if (procedure.body != model::Procedure::BodyKind::InPlace) {
      const std::vector<GivenInput> inputs = given_inputs(context_.program, procedure);
      for (const std::string& module : modules_of(context_.program, procedure)) {
        const auto found = given(read, place, module, name, [&](const std::string& variable) {
          const auto at = std::ranges::find(inputs, variable, &GivenInput::name);
          return at == inputs.end() ? eval::ExprId() : at->value;
        });
        if (found) return found;
      }
      return std::nullopt;
    }
    const model::OutputDecl& decl = procedure.decl->outputs[index];
    return through(place, decl.value, read.traversal, decl.name.span,
                   fmt::format("output `{}` of procedure `{}`", name, procedure.name));
  }

  // What a module's output brings of what its variables are given.
  template <class Input>
  std::optional<Carrier> given(const Read& read, const FlowPlace& place, const std::string& module,
                               const std::string& output, const Input& input) {
    const auto flow = context_.flows.modules.find(module);
    if (flow == context_.flows.modules.end()) return std::nullopt;
    const auto gives = flow->second.gives.find(output);
    if (gives == flow->second.gives.end()) return std::nullopt;
    for (const auto& [variable, via] : gives->second) {
      const eval::ExprId value = input(variable);
      if (!value.valid()) continue;
      auto found = through(place, value, read.traversal, context_.program.tree()[value].span,
                           fmt::format("variable `{}` of module `{}`", variable, module));
      if (!found) continue;
      found->via.insert(found->via.begin(), via.begin(), via.end());
      return found;
    }
    return std::nullopt;
  }

  // `module.NAME.OUTPUT` in a body.
  std::optional<Carrier> of_call(const Read& read) {
    if (read.traversal.root != "module" || !read.place.procedure.valid() ||
        read.traversal.steps.empty())
      return std::nullopt;
    for (const model::Block& block : context_.program[read.place.procedure].decl->body) {
      if (block.type.text != "module" || block.labels.empty() ||
          block.labels[0].text != read.traversal.steps[0].name)
        continue;
      for (const std::string& output : read.taken) {
        const auto found = given(read, read.place, called_source(context_, block), output,
                                 [&](const std::string& variable) {
                                   const model::Attribute* attribute =
                                       find_attribute(block.body, variable);
                                   return attribute == nullptr ? eval::ExprId() : attribute->value;
                                 });
        if (found) return found;
      }
    }
    return std::nullopt;
  }

  std::optional<Carrier> exported(const Read& read, model::MissionId id, std::size_t index) {
    const model::Mission& mission = context_.program[id];
    const model::ExportDecl& decl = mission.decl->exports[index];
    return through({id, {}}, decl.value, read.traversal, decl.name.span,
                   fmt::format("export `{}` of mission `{}`", decl.name.text, mission.name));
  }

  void note(eval::ExprId operand, const Carrier& found, const std::string& what) {
    if (!seen_.insert(operand).second) return;
    auto report = context_.sink.report(diagnostics::varies_decides, found.span, found.text, what);
    report.label("code that it chooses is not the same code in each environment");
    for (const auto& [span, name] : found.via) report.related(span, "through " + name);
    if (!found.via.empty()) report.related(found.origin, "it is read here");
    report.help(
        "let a variable decide that does not vary, or one that varies as a `size` or as `members`");
  }

  void note_inside(eval::ExprId value, const Carrier& found, const model::ModuleFlow& flow,
                   const std::string& name, const std::string& where) {
    const auto reaches = flow.decides.find(name);
    if (reaches == flow.decides.end() || !seen_inside_.insert(value).second) return;
    const model::FlowReach& reach = reaches->second.front();
    auto report = context_.sink.report(diagnostics::varies_decides, found.span, found.text,
                                       fmt::format("{} in {}", reach.what, where));
    report.label("code that it chooses is not the same code in each environment");
    for (const auto& [span, through] : found.via) report.related(span, "through " + through);
    for (auto step = reach.via.rbegin(); step != reach.via.rend(); ++step)
      report.related(step->first, "through " + step->second);
    report.related(reach.span, "it decides here")
        .help(
            "let a variable decide that does not vary, or one that varies as a `size` or as "
            "`members`");
  }

  std::set<eval::ExprId> seen_, seen_inside_;
};

class BodyWalk {
 public:
  BodyWalk(const Context& context, VariesFlow& flow, const FlowPlace& place)
      : context_(context), flow_(flow), place_(place) {}

  void blocks(const std::vector<model::Block>& all) {
    for (const model::Block& block : all) {
      const std::string& type = block.type.text;
      const std::string module = type == "module" ? called_source(context_, block) : "";
      if (type == "assert" || type == "precondition" || type == "postcondition") continue;
      for (const model::Attribute& attribute : block.body.attributes) {
        const std::string& name = attribute.name.text;
        const bool is_address = name == "provider" || name == "providers" || name == "depends_on" ||
                                name == "ignore_changes" || name == "from" || name == "to";
        if (is_address) continue;
        if (!module.empty()) flow_.check_input(place_, module, name, attribute.value);
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
  const Context& context_;
  VariesFlow& flow_;
  const FlowPlace& place_;
};

void check_inputs(const Context& context, VariesFlow& flow, const FlowPlace& place,
                  const model::Procedure& procedure) {
  const std::vector<GivenInput> inputs = given_inputs(context.program, procedure);
  for (const std::string& module : modules_of(context.program, procedure)) {
    for (const GivenInput& input : inputs) flow.check_input(place, module, input.name, input.value);
  }
}

}  // namespace

void check_same_code(Context& context) {
  if (!differs_somewhere(context.program)) return;
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
    BodyWalk(context, flow, place).blocks(procedure.decl->body);
    check_inputs(context, flow, place, procedure);
  }
}

}  // namespace space::check
