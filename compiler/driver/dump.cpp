// Each phase's value as text: what `--print=PHASE` shows and the corpus's snapshots hold. Names and
// values, no offsets.
#include "compiler/syntax/dump.h"

#include "compiler/driver/compile.h"
#include "compiler/model/queries.h"
#include "core/values/render.h"

namespace space::driver {

namespace {

std::string dump_program(const model::Program& program) {
  std::string out;
  const auto list = [&](std::string_view kind, const auto& decls) {
    for (const auto& decl : decls) out += fmt::format("{} {}\n", kind, decl.name.text);
  };
  if (program.project) out += fmt::format("project {}\n", program.project->name.text);
  list("environment", program.environments);
  list("provider", program.providers);
  list("secret", program.secrets);
  list("remote", program.remotes);
  list("space", program.spaces);
  list("type", program.types);
  list("interface", program.interfaces);
  for (const model::MissionDecl& mission : program.missions) {
    out += fmt::format("mission {}\n", mission.name.text);
    for (const auto& variable : mission.variables)
      out += fmt::format("  variable {}\n", variable.name.text);
    for (const auto& stage : mission.stages) {
      out += fmt::format("  stage {}\n", stage.name.text);
      for (const auto& procedure : stage.procedures) {
        out += fmt::format("    procedure {}\n", procedure.name.text);
        for (const auto& output : procedure.outputs)
          out += fmt::format("      output {}\n", output.name.text);
      }
    }
    for (const auto& exported : mission.exports)
      out += fmt::format("  export {}\n", exported.name.text);
  }
  for (const auto& values : program.values)
    out += fmt::format("values {} {}\n", values.name.text, values.environment.text);
  list("policy", program.policies);
  return out;
}

std::string_view kind_name(model::EnvironmentKind kind) {
  switch (kind) {
    case model::EnvironmentKind::Prod:
      return "prod";
    case model::EnvironmentKind::Nonprod:
      return "nonprod";
    case model::EnvironmentKind::Common:
      return "common";
    case model::EnvironmentKind::Sandbox:
      return "sandbox";
  }
  return "";
}

std::string dump_resolved(const model::ResolvedProgram& program) {
  std::string out;
  for (const model::Environment& environment : program.environments)
    out += fmt::format("environment {} {}\n", environment.name, kind_name(environment.kind));
  for (const model::Space& space : program.spaces)
    out += fmt::format("space {} region {}\n", space.name, space.region);
  for (const model::Flight& flight : program.flights) {
    out += fmt::format("flight {} namespace {}\n", flight.id, flight.namespace_name);
    const auto& decls = program[flight.mission].decl->variables;
    for (std::size_t i = 0; i < flight.variables.size(); ++i) {
      const auto& value = flight.variables[i].value;
      out += fmt::format("  {} = {}\n", decls[i].name.text,
                         value && value->is_wholly_known() ? values::to_json(*value) : "?");
    }
  }
  return out;
}

std::string dump_checked(const model::CheckedProgram& checked) {
  const model::ResolvedProgram& program = checked.resolved();
  std::string out;
  for (std::size_t m = 0; m < program.missions.size(); ++m) {
    const model::Mission& mission = program.missions[m];
    out += fmt::format("mission {}\n", mission.name);
    for (std::size_t i = 0; i < mission.decl->variables.size(); ++i) {
      out += fmt::format("  variable {} {}\n", mission.decl->variables[i].name.text,
                         values::to_string(checked.types().variables[m][i]));
    }
    for (const model::ProcedureId id : mission.procedures) {
      out += fmt::format("  procedure {}\n", program[id].name);
      const auto& decls = model::outputs_of(program, program[id]);
      for (std::size_t i = 0; i < decls.size(); ++i) {
        const model::OutputType& type = checked.types().outputs[id.index()][i];
        out += fmt::format("    output {} {}{}\n", decls[i].name.text, values::to_string(type.type),
                           type.sensitive ? " sensitive" : "");
      }
    }
    for (std::size_t i = 0; i < mission.decl->exports.size(); ++i) {
      out += fmt::format("  export {} {}\n", mission.decl->exports[i].name.text,
                         values::to_string(checked.types().exports[m][i].type));
    }
  }
  return out;
}

std::string dump_lowered(const lower::LoweredProgram& program) {
  std::string out;
  for (const lower::LoweredFlight& flight : program.flights) {
    out += fmt::format("flight {}\n", flight.plan.id);
    for (const std::string& after : flight.plan.after) out += fmt::format("  after {}\n", after);
    for (const lower::LoweredRoot& root : flight.roots) {
      out += fmt::format("  root {} state {} {}\n", root.id, root.state.type, root.state.address);
      for (const std::string& read : root.reads) out += fmt::format("    reads {}\n", read);
      for (const lower::LoweredVariable& variable : root.variables) {
        out += fmt::format("    variable {} {}\n", variable.name, values::to_string(variable.type));
      }
      for (const lower::LoweredOutput& output : root.outputs)
        out += fmt::format("    output {}\n", output.name);
    }
  }
  return out;
}

}  // namespace

std::string dump(const Compilation& compilation, Phase phase) {
  std::string out;
  switch (phase) {
    case Phase::Syntax:
      for (const syntax::SyntaxTree& tree : compilation.trees) {
        out += fmt::format("-- {} --\n", compilation.sources->file(tree.file()).path()) +
               syntax::dump(tree, syntax::Trivia::Hide);
      }
      break;
    case Phase::Program:
      if (compilation.program) out = dump_program(*compilation.program);
      break;
    case Phase::Resolved:
      if (compilation.resolved) out = dump_resolved(*compilation.resolved);
      break;
    case Phase::Checked:
      if (compilation.checked) out = dump_checked(*compilation.checked);
      break;
    case Phase::Lowered:
      if (compilation.lowered) out = dump_lowered(*compilation.lowered);
      break;
    case Phase::Emitted:
      for (const auto& [path, file] : compilation.emitted)
        out += fmt::format("-- {} --\n{}", path, file.bytes);
      break;
  }
  return out;
}

}  // namespace space::driver
