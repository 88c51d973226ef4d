// Law 7, first half: where secrets flow. A secret goes into a sensitive input, into a provider's
// configuration, or into what its owner keeps secret; never into a name, and not into a state
// without encryption and a reason. A sensitive output stays in its flight.
#include "compiler/check/secrets.h"

#include "compiler/check/given_inputs.h"
#include "compiler/model/remote_place.h"
#include "stdlib/secrets.h"

namespace space::check {

namespace {

using model::SchemaKind;

class FlowCheck {
 public:
  explicit FlowCheck(Context& context) : context_(context), flow_(context) {}

  void check() {
    for (std::size_t i = 0; i < context_.program.procedures.size(); ++i) {
      const model::ProcedureId id(i);
      const model::Procedure& procedure = context_.program[id];
      place_ = {procedure.mission, id};
      inputs(procedure);
      blocks(procedure.decl->body);
    }
    for (std::size_t i = 0; i < context_.program.missions.size(); ++i) {
      place_ = {model::MissionId(i), {}};
      for (const model::ExportDecl& decl : context_.program.missions[i].decl->exports)
        exported(decl);
    }
  }

 private:
  void explain(diagnostics::DiagnosticSink::Builder& report, const Carrier& found) {
    for (const auto& [span, name] : found.via) report.related(span, "through " + name);
  }

  // --- Inputs of modules and interfaces.

  void inputs(const model::Procedure& procedure) {
    for (const GivenInput& input : given_inputs(context_.program, procedure)) {
      if (procedure.interface.valid()) {
        interface_input(procedure, input.name, input.value);
      } else {
        module_input(procedure.source, input.name, input.value);
      }
    }
  }

  void interface_input(const model::Procedure& procedure, const std::string& name,
                       eval::ExprId value) {
    const model::Interface& interface = context_.program[procedure.interface];
    for (const model::InterfaceInputDecl& input : interface.decl->inputs) {
      if (input.name.text != name) continue;
      if (model::bool_setting(context_.program, input.sensitive).value_or(false)) break;
      return input_value(value, fmt::format("input `{}` of interface `{}`", name, interface.name),
                         input.name.span);
    }
    for (const model::Implementation& implementation : interface.implementations)
      module_input(implementation.source, name, value);
  }

  void module_input(const std::string& source, const std::string& name, eval::ExprId value) {
    const auto module = context_.modules.find(source);
    if (module != context_.modules.end()) variable(module->second, source, name, value);
  }

  void variable(const model::ModuleInterface& module, const std::string& source,
                const std::string& name, eval::ExprId value) {
    for (const model::ModuleVariable& variable : module.variables) {
      if (variable.name != name) continue;
      if (variable.sensitive) {
        inside(source, name, value);
      } else {
        input_value(value, fmt::format("variable `{}` of module `{}`", name, source),
                    variable.span);
      }
    }
  }

  // What a module does with it, as far as its own text shows.
  void inside(const std::string& source, const std::string& name, eval::ExprId value) {
    const auto flow = context_.flows.modules.find(source);
    if (flow == context_.flows.modules.end()) return;
    const auto shown = flow->second.shows.find(name);
    if (shown == flow->second.shows.end()) return;
    const auto found = flow_.carried(place_, value);
    if (!found) return;
    const model::FlowShown& first = shown->second.front();
    auto report = context_.sink.report(diagnostics::secret_shown, found->span, found->text,
                                       first.argument, first.owner);
    explain(report, *found);
    for (auto step = first.via.rbegin(); step != first.via.rend(); ++step)
      report.related(step->first, "through " + step->second);
    report.related(first.span, fmt::format("in module `{}`", source))
        .help("give the module what is no secret, or take it out of what the module shows");
  }

  void input_value(eval::ExprId value, const std::string& what, source::Span declared) {
    const auto found = flow_.carried(place_, value);
    if (!found) return;
    auto report = context_.sink.report(diagnostics::secret_input, found->span, found->text, what);
    report.label("tofu shows what stands in it");
    report.related(declared, "declared here, without `sensitive = true`");
    explain(report, *found);
    report.help("declare it with `sensitive = true`, or give it what is no secret");
  }

  // --- Bodies in place.

  void blocks(const std::vector<model::Block>& blocks) {
    for (const model::Block& block : blocks) {
      const std::string& type = block.type.text;
      if (type == "check") this->blocks(block.body.blocks);
      if (type == "module") call(block);
      if (type == "import") import(block);
      if (!model::is_resource(block)) continue;
      visit_arguments(context_, block, [&](const SecretArgument& one) { argument(one); });
    }
  }

  void call(const model::Block& block) {
    const model::ModuleInterface* module = called_module(context_, block);
    if (module == nullptr) return;
    const std::string path = called_source(context_, block);
    for (const model::Attribute& attribute : block.body.attributes)
      variable(*module, path, attribute.name.text, attribute.value);
  }

  void import(const model::Block& block) {
    for (const model::Attribute& attribute : block.body.attributes) {
      if (attribute.name.text == "id" || attribute.name.text == "identity")
        argument({attribute.name.text, block.type.text, attribute.value, false, false});
    }
  }

  // What tofu itself refuses there, typing has said: SPC2020 and SPC2021.
  bool is_refused(const SecretArgument& one) const {
    const values::Value* value = context_.types.body_value(one.value);
    if (value == nullptr) return false;
    const bool chooses = one.path == "for_each" || one.path == "id" || one.path == "enabled";
    return value->marks_deep().ephemeral || (chooses && value->marks().sensitive);
  }

  void argument(const SecretArgument& one) {
    if (is_refused(one)) return;
    const auto found = flow_.carried(place_, one.value);
    if (!found) return;
    if (!one.is_secret && stdlib::is_shown_argument(one.path)) {
      auto report = context_.sink.report(diagnostics::secret_shown, found->span, found->text,
                                         one.path, one.owner);
      explain(report, *found);
      report.help(stdlib::is_command_line(one.path)
                      ? "hand it over by `environment = { NAME = … }`"
                      : "give it what is no secret, `flight.namespace` say");
      return;
    }
    if (one.is_stored) stored(one, *found);
  }

  void stored(const SecretArgument& one, const Carrier& found) {
    if (!are_remotes_known()) return;
    if (const model::Remote* remote = remote_in_clear()) {
      auto report = context_.sink.report(diagnostics::secret_unencrypted, found.span, found.text,
                                         one.path, one.owner, remote->name);
      report.related(remote->decl->header, "it has no `encryption`");
      explain(report, found);
      report.help(
          "give the remote `encryption \"pbkdf2\" { passphrase = secret.NAME }`, and say with "
          "`# spacec:allow SPC3055 reason=\"…\"` why the state may keep it");
      return;
    }
    auto report = context_.sink.report(diagnostics::secret_stored, found.span, found.text, one.path,
                                       one.owner);
    explain(report, found);
    report.note("the remote encrypts its states: who may read them reads it still")
        .help(
            "take an argument that the provider only writes (`…_wo`) or an ephemeral resource "
            "where "
            "there is one, or say with `# spacec:allow SPC3055 reason=\"…\"` why it may stay");
  }

  // Whether one of them encrypts is known of each alone whose mistakes are none.
  bool are_remotes_known() const {
    const model::ResolvedProgram& program = context_.program;
    const model::Mission& mission = program[place_.mission];
    return mission.places_known && std::ranges::all_of(mission.spaces, [&](model::SpaceId id) {
             return program[id].remote.valid() &&
                    model::has_known_arguments(program[program[id].remote]);
           });
  }

  // The first remote of the mission's spaces that keeps its states in clear.
  const model::Remote* remote_in_clear() const {
    for (const model::SpaceId id : context_.program[place_.mission].spaces) {
      const model::RemoteId remote = context_.program[id].remote;
      if (!remote.valid()) continue;
      const auto& blocks = context_.program[remote].decl->blocks;
      if (std::ranges::none_of(
              blocks, [](const model::Block& block) { return block.type.text == "encryption"; }))
        return &context_.program[remote];
    }
    return nullptr;
  }

  // --- Exports.

  void exported(const model::ExportDecl& decl) {
    const auto found = flow_.carried(place_, decl.value);
    if (!found) return;
    auto report = context_.sink.report(diagnostics::secret_exported, found->span, found->text,
                                       decl.name.text);
    explain(report, *found);
    report.help(
        "read it in a later stage of the same flight, or declare a `secret` that both missions "
        "use");
  }

  Context& context_;
  SecretFlow flow_;
  FlowPlace place_;
};

}  // namespace

void check_secret_flow(Context& context) { FlowCheck(context).check(); }

void check_secrets(Context& context) {
  check_secret_flow(context);
  check_secret_literals(context);
  check_secret_values(context);
  check_secret_files(context);
}

}  // namespace space::check
