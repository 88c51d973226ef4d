// `interface "NAME"`: one of the standard library's is called "std/NAME".
#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

namespace {

std::optional<model::InterfaceInputDecl> read_input(Context& context, syntax::Node block) {
  model::InterfaceInputDecl input;
  const bool named = read_header(context, block, "input", k_one_name, input);
  const Argument arguments[] = {
      {"type", &input.type, Need::Required, "…", k_types_help},
      {"default", &input.default_value},
      {"sensitive", &input.sensitive},
  };
  read_body(context, block, {"input", arguments, {}}, describe("input", input.name), input.header);
  if (!named) return std::nullopt;
  check_name(input.name, NameRule::Tofu, context.sink);
  return input;
}

std::optional<model::ImplementationDecl> read_implementation(Context& context, syntax::Node block) {
  constexpr Labels k_labels{1, 1, "one label, the provider"};
  model::ImplementationDecl implementation;
  const bool named = read_header(context, block, "implementation", k_labels, implementation);
  const Argument arguments[] = {
      {"source", &implementation.source, Need::Required, "\"./modules/…\""}};
  read_body(context, block, {"implementation", arguments, {}},
            describe("implementation", implementation.name), implementation.header);
  if (!named) return std::nullopt;
  check_name(implementation.name, NameRule::Folder, context.sink);
  return implementation;
}

}  // namespace

std::optional<model::InterfaceDecl> read_interface(Context& context, syntax::Node block) {
  model::InterfaceDecl interface;
  const bool named = read_header(context, block, "interface", k_one_name, interface);
  constexpr std::string_view k_blocks[] = {"input", "output", "implementation"};
  const std::string subject = describe("interface", interface.name);
  for (const ChildBlock& child :
       read_body(context, block, {"interface", {}, k_blocks}, subject, interface.header)) {
    if (child.type == 0) take(read_input(context, child.node), interface.inputs);
    if (child.type == 1) take(read_output(context, child.node), interface.outputs);
    if (child.type == 2) take(read_implementation(context, child.node), interface.implementations);
  }
  settle_by_name(interface.inputs, "input", context.sink);
  settle_by_name(interface.outputs, "output", context.sink);
  settle_by_name(interface.implementations, "implementation", context.sink);
  if (!named) return std::nullopt;
  check_name(interface.name, NameRule::Folder, context.sink);
  if (context.standard) interface.name.text.insert(0, "std/");
  return interface;
}

}  // namespace space::program
