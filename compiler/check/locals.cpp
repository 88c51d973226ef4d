// Locals: none shadows another (a mission's the top's, a body's the mission's), and none takes a
// name that the compiler gives to locals of a root.
#include "compiler/check/laws.h"

namespace space::check {

namespace {

constexpr std::string_view k_reserved[] = {"flight", "instance"};

void check_name(Context& context, const model::Name& name) {
  for (const std::string_view reserved : k_reserved) {
    if (name.text != reserved) continue;
    context.sink
        .report(diagnostics::invalid_name, name.span, name.text,
                "roots keep what a flight is under that name")
        .help("call it otherwise");
  }
}

void check_shadow(Context& context, const model::Name& name,
                  const std::vector<model::LocalDecl>& outer) {
  for (const model::LocalDecl& other : outer) {
    if (other.name.text != name.text) continue;
    context.sink.report(diagnostics::shadowed_local, name.span, name.text)
        .related(other.name.span, "the other one")
        .help("call one of them otherwise: `local.NAME` would mean two things");
  }
}

}  // namespace

void check_locals(Context& context) {
  const model::ResolvedProgram& program = context.program;
  for (const model::LocalDecl& local : program.program->locals) check_name(context, local.name);
  for (const model::Mission& mission : program.missions) {
    for (const model::LocalDecl& local : mission.decl->locals) {
      check_name(context, local.name);
      check_shadow(context, local.name, program.program->locals);
    }
    for (const model::ProcedureId id : mission.procedures) {
      for (const model::Block& block : program[id].decl->body) {
        if (block.type.text != "locals") continue;
        for (const model::Attribute& attribute : block.body.attributes) {
          check_name(context, attribute.name);
          check_shadow(context, attribute.name, mission.decl->locals);
          check_shadow(context, attribute.name, program.program->locals);
        }
      }
    }
  }
}

}  // namespace space::check
