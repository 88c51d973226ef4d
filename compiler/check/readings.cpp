#include "compiler/check/readings.h"

#include <algorithm>
#include <initializer_list>

namespace space::check {

namespace {

using model::RefKind;

void set_all(std::vector<bool>& flags) { std::fill(flags.begin(), flags.end(), true); }

void add_reference(const model::Site& site, const model::Reference& reference, Readings& read) {
  switch (reference.kind) {
    case RefKind::Variable:
      // What a variable's own `validation` reads of it is no use of it.
      if (site.kind != model::SiteKind::VariableRule || site.index != reference.index)
        read.variables[site.mission.index()][reference.index] = true;
      return;
    case RefKind::TopLocal:
      read.top_locals[reference.index] = true;
      return;
    case RefKind::MissionLocal:
      read.locals[reference.mission.index()][reference.index] = true;
      return;
    case RefKind::Secret:
      read.secrets[reference.entity] = true;
      return;
    case RefKind::ProcedureOutput:
      read.outputs[reference.procedure.index()][reference.index] = true;
      return;
    case RefKind::ProcedureObject:
      return set_all(read.outputs[reference.procedure.index()]);
    case RefKind::ExportValue:
      read.exports[reference.mission.index()][reference.index] = true;
      return;
    case RefKind::ExportObject:
    case RefKind::ExportSpace:
      return set_all(read.exports[reference.mission.index()]);
    default:
      return;
  }
}

void add_types(const eval::ExprTree& tree, std::initializer_list<model::ExprId> exprs,
               const std::string& own, std::set<std::string>& types) {
  for (const model::ExprId expr : exprs) {
    if (!expr.valid()) continue;
    for (const eval::Traversal& traversal : eval::free_references(tree, expr)) {
      const bool named = traversal.root == "type" && !traversal.steps.empty();
      if (named && traversal.steps.front().name != own) types.insert(traversal.steps.front().name);
    }
  }
}

std::set<std::string> types_read(const model::Program& program) {
  std::set<std::string> types;
  const eval::ExprTree& tree = program.expressions;
  const auto of_outputs = [&](const std::vector<model::OutputDecl>& outputs) {
    for (const model::OutputDecl& output : outputs) add_types(tree, {output.type}, "", types);
  };
  for (const model::MissionDecl& mission : program.missions) {
    for (const auto& variable : mission.variables) add_types(tree, {variable.type}, "", types);
    for (const auto& exported : mission.exports) add_types(tree, {exported.type}, "", types);
    for (const model::StageDecl& stage : mission.stages) {
      for (const model::ProcedureDecl& procedure : stage.procedures) of_outputs(procedure.outputs);
    }
  }
  for (const model::InterfaceDecl& interface : program.interfaces) {
    for (const auto& input : interface.inputs) add_types(tree, {input.type}, "", types);
    of_outputs(interface.outputs);
  }
  for (const model::TypeDecl& type : program.types) {
    for (const auto& attribute : type.attributes)
      add_types(tree, {attribute.value}, type.name.text, types);
  }
  return types;
}

// What a module needs that was not read is not known: then all may be needed.
bool is_unknown(const Context& context, const model::Procedure& procedure, model::SpaceId space) {
  const std::string source = model::module_source(context.program, procedure, space);
  if (!source.empty() && !context.modules.contains(source)) return true;
  const auto remote = model::remote_modules(context.program, procedure);
  return std::any_of(remote.begin(), remote.end(), [&](const model::RemoteModule& module) {
    return !context.modules.contains(model::remote_module_key(module.address, module.version));
  });
}

// Likewise what modules call that lies elsewhere: it is not followed.
bool calls_elsewhere(const model::Modules& modules) {
  return std::any_of(modules.begin(), modules.end(), [](const auto& module) {
    return std::any_of(module.second.calls.begin(), module.second.calls.end(),
                       [](const model::ModuleCall& call) { return !call.source.starts_with("."); });
  });
}

// What is gone from the code may need one for its farewell.
bool has_farewells(const model::Program& program) {
  return !program.removed.empty() ||
         std::any_of(program.missions.begin(), program.missions.end(),
                     [](const model::MissionDecl& one) { return !one.removed.empty(); });
}

void add_providers(const Context& context, Readings& read) {
  const model::ResolvedProgram& program = context.program;
  if (has_farewells(*program.program) || calls_elsewhere(context.modules))
    return set_all(read.providers);
  std::size_t left = read.providers.size();
  for (const model::Procedure& procedure : program.procedures) {
    for (const model::SpaceId space : program[procedure.mission].spaces) {
      if (left == 0) return;
      if (is_unknown(context, procedure, space)) return set_all(read.providers);
      for (const model::NeededProvider& needed :
           model::needed_providers(program, context.modules, procedure, space)) {
        if (!needed.declared.valid() || read.providers[needed.declared.index()]) continue;
        read.providers[needed.declared.index()] = true;
        --left;
      }
      // The space's default one picks the implementation, whatever that needs.
      if (!procedure.interface.valid()) continue;
      const auto config = model::default_config(program, space);
      if (!config || read.providers[program[*config].provider.index()]) continue;
      read.providers[program[*config].provider.index()] = true;
      --left;
    }
  }
}

}  // namespace

Readings readings_of(const Context& context) {
  const model::ResolvedProgram& program = context.program;
  Readings read;
  for (const model::Mission& mission : program.missions) {
    read.variables.emplace_back(mission.decl->variables.size());
    read.locals.emplace_back(mission.decl->locals.size());
    read.exports.emplace_back(mission.decl->exports.size());
  }
  for (const model::Procedure& procedure : program.procedures)
    read.outputs.emplace_back(model::outputs_of(program, procedure).size());
  read.top_locals.resize(program.program->locals.size());
  read.secrets.resize(program.secrets.size());
  read.providers.resize(program.providers.size());
  for (const model::Use& use : program.uses) {
    for (std::uint32_t i = 0; i < use.reference_count; ++i)
      add_reference(use.site, program.references[use.first_reference + i], read);
  }
  read.types = types_read(*program.program);
  add_providers(context, read);
  return read;
}

}  // namespace space::check
