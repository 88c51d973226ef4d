#include "compiler/check/check.h"

#include <algorithm>

#include "compiler/check/laws.h"
#include "compiler/check/lints.h"
#include "compiler/model/allows.h"

namespace space::check {

namespace {

// An error that the program allows with its reason stops nothing.
bool has_errors(const model::Program& program, const diagnostics::CollectingSink& sink) {
  return std::any_of(sink.all().begin(), sink.all().end(), [&](const auto& found) {
    return found.severity == diagnostics::Severity::Error &&
           std::none_of(
               program.allows.begin(), program.allows.end(),
               [&](const model::AllowDirective& allow) { return model::silences(allow, found); });
  });
}

// Of syntax, names and values: what they are about may be missing from the program.
Names trust_in(const diagnostics::CollectingSink& sink) {
  const bool doubtful = std::any_of(sink.all().begin(), sink.all().end(), [](const auto& found) {
    const std::string_view code = found.descriptor->code;
    return found.severity == diagnostics::Severity::Error &&
           (code.starts_with("SPC0") || code.starts_with("SPC1") || code.starts_with("SPC2"));
  });
  return doubtful ? Names::Doubtful : Names::Known;
}

}  // namespace

class Maker {
 public:
  static std::unique_ptr<const model::CheckedProgram> make(
      std::shared_ptr<const model::ResolvedProgram> program,
      std::shared_ptr<const model::Modules> modules, std::shared_ptr<const model::Types> types,
      std::shared_ptr<const model::StateBook> states) {
    return std::unique_ptr<const model::CheckedProgram>(new model::CheckedProgram(
        std::move(program), std::move(modules), std::move(types), std::move(states)));
  }
};

std::unique_ptr<const model::CheckedProgram> check(const CheckInputs& inputs,
                                                   diagnostics::CollectingSink& sink) {
  Context context{*inputs.program, *inputs.modules, *inputs.types, inputs.schemas,
                  inputs.flows,    inputs.sources,  sink};
  check_environments(context);
  check_flights(context);
  check_stages(context);
  check_isolation(context);
  check_backends(context);
  check_varies(context);
  check_same_code(context);
  check_regions(context);
  check_remotes(context);
  check_reads(context);
  check_secrets(context);
  check_cycles(context);
  check_providers(context);
  check_allowed(context);
  check_locals(context);
  check_bodies(context);
  auto states =
      std::make_shared<const model::StateBook>(check_states(context, inputs.lock, trust_in(sink)));
  if (has_errors(*inputs.program->program, sink)) return nullptr;
  check_lints(context);
  return Maker::make(inputs.program, inputs.modules, inputs.types, std::move(states));
}

}  // namespace space::check
