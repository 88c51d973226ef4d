// What is declared and used by nobody.
#include "compiler/check/lints.h"
#include "compiler/check/readings.h"

namespace space::check {

namespace {

constexpr std::string_view k_take_out = "take it out";

void of_missions(Context& context, const Readings& read) {
  for (std::size_t m = 0; m < context.program.missions.size(); ++m) {
    const model::MissionDecl& mission = *context.program.missions[m].decl;
    for (std::size_t i = 0; i < mission.variables.size(); ++i) {
      if (read.variables[m][i]) continue;
      const model::Name& name = mission.variables[i].name;
      context.sink.report(diagnostics::unused_variable, name.span, name.text, mission.name.text)
          .help("read it as `var." + name.text + "`, or take it out, and out of `values` too");
    }
    for (std::size_t i = 0; i < mission.locals.size(); ++i) {
      if (read.locals[m][i]) continue;
      const model::Name& name = mission.locals[i].name;
      context.sink.report(diagnostics::unused_local, name.span, name.text)
          .help(std::string(k_take_out));
    }
    for (std::size_t i = 0; i < mission.exports.size(); ++i) {
      if (read.exports[m][i]) continue;
      const model::Name& name = mission.exports[i].name;
      context.sink.report(diagnostics::unused_export, name.span, name.text, mission.name.text)
          .help(fmt::format("read it as `mission.{}.{}`, or take it out", mission.name.text,
                            name.text));
    }
  }
}

void of_procedures(Context& context, const Readings& read) {
  for (std::size_t p = 0; p < context.program.procedures.size(); ++p) {
    const model::Procedure& procedure = context.program.procedures[p];
    if (procedure.interface.valid()) continue;  // its outputs are the interface's
    for (std::size_t i = 0; i < procedure.decl->outputs.size(); ++i) {
      if (read.outputs[p][i]) continue;
      const model::Name& name = procedure.decl->outputs[i].name;
      context.sink.report(diagnostics::unused_output, name.span, name.text, procedure.name)
          .help(
              fmt::format("a later stage or an `export` may read `procedure.{}.{}`; or take it out",
                          procedure.name, name.text));
    }
  }
}

void of_the_top(Context& context, const Readings& read) {
  const model::Program& program = *context.program.program;
  for (std::size_t i = 0; i < program.locals.size(); ++i) {
    const model::Name& name = program.locals[i].name;
    if (read.top_locals[i] || !is_ours(context, name.span)) continue;
    context.sink.report(diagnostics::unused_local, name.span, name.text)
        .help(std::string(k_take_out));
  }
  for (const model::TypeDecl& type : program.types) {
    if (read.types.contains(type.name.text) || !is_ours(context, type.span)) continue;
    context.sink.report(diagnostics::unused_type, type.name.span, type.name.text)
        .help("write it as `type." + type.name.text + "`, or take it out");
  }
  for (std::size_t i = 0; i < context.program.secrets.size(); ++i) {
    if (read.secrets[i]) continue;
    const model::Name& name = context.program.secrets[i].decl->name;
    context.sink.report(diagnostics::unused_secret, name.span, name.text)
        .help("take it out: each secret that is declared is one more that may be fetched");
  }
  for (std::size_t i = 0; i < context.program.providers.size(); ++i) {
    if (read.providers[i]) continue;
    const model::Name& name = context.program.providers[i].decl->name;
    context.sink.report(diagnostics::unused_provider, name.span, name.text)
        .help("take it out, and its configurations too");
  }
}

}  // namespace

void lint_unused(Context& context) {
  const Readings read = readings_of(context);
  of_missions(context, read);
  of_procedures(context, read);
  of_the_top(context, read);
}

}  // namespace space::check
