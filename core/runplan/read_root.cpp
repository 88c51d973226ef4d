// A root of the run plan: its state, variables, outputs, providers and imports.
#include "core/runplan/read_parts.h"

namespace space::runplan {

namespace {

void read_state(JsonReader& in, State& state) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "remote")
      in.read(state.remote);
    else if (key == "type")
      in.read(state.type);
    else if (key == "address")
      in.read(state.address);
    else if (key == "path")
      in.read(state.path);
    else if (key == "encryption_variables")
      read_strings(in, state.encryption_variables);
    else if (key == "environment") {
      if (!in.begin_object()) return;
      while (in.next_member(key)) in.read(state.environment[key]);
    } else
      in.skip();
  }
}

void read_output_source(JsonReader& in, FromOutput& source) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "root")
      in.read(source.root);
    else if (key == "output")
      in.read(source.output);
    else
      in.skip();
  }
}

void read_variable(JsonReader& in, Variable& variable) {
  std::string key;
  int sources = 0;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "name")
      in.read(variable.name);
    else if (key == "type")
      variable.type = read_type(in);
    else if (key == "sensitive")
      in.read(variable.sensitive);
    else if (key == "ephemeral")
      in.read(variable.ephemeral);
    else if (key == "nullable")
      in.read(variable.nullable);
    else if (key == "value")
      ++sources, variable.source = FromValues{read_value(in)};
    else if (key == "output")
      ++sources, read_output_source(in, variable.source.emplace<FromOutput>());
    else if (key == "secret")
      ++sources, in.read(variable.source.emplace<FromSecret>().secret);
    else
      in.skip();
  }
  if (!in.failed() && sources != 1) {
    in.fail("variable `" + variable.name + "` needs exactly one of `value`, `output` and `secret`");
  }
}

void read_output(JsonReader& in, Output& output) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "name")
      in.read(output.name);
    else if (key == "type")
      output.type = read_type(in);
    else if (key == "sensitive")
      in.read(output.sensitive);
    else if (key == "optional")
      in.read(output.optional);
    else
      in.skip();
  }
}

void read_required_provider(JsonReader& in, RequiredProvider& provider) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "name")
      in.read(provider.name);
    else if (key == "source")
      in.read(provider.source);
    else if (key == "version")
      in.read(provider.version);
    else
      in.skip();
  }
}

void read_provider_block(JsonReader& in, ProviderBlock& block) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "provider")
      in.read(block.provider);
    else if (key == "alias")
      in.read(block.alias);
    else if (key == "text")
      in.read(block.text);
    else if (key == "variables")
      read_strings(in, block.variables);
    else
      in.skip();
  }
}

void read_import(JsonReader& in, ImportBlock& block) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "to")
      in.read(block.to);
    else if (key == "text")
      in.read(block.text);
    else
      in.skip();
  }
}

}  // namespace

void read_root(JsonReader& in, Root& root) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "id")
      in.read(root.id);
    else if (key == "flight")
      in.read(root.flight);
    else if (key == "stage")
      in.read(root.stage);
    else if (key == "procedure")
      in.read(root.procedure);
    else if (key == "state")
      read_state(in, root.state);
    else if (key == "variables")
      read_list(in, root.variables, read_variable);
    else if (key == "outputs")
      read_list(in, root.outputs, read_output);
    else if (key == "reads")
      read_strings(in, root.reads);
    else if (key == "required_providers")
      read_list(in, root.required_providers, read_required_provider);
    else if (key == "provider_blocks")
      read_list(in, root.provider_blocks, read_provider_block);
    else if (key == "imports")
      read_list(in, root.imports, read_import);
    else if (key == "modules")
      read_strings(in, root.modules);
    else if (key == "never_skip")
      read_strings(in, root.never_skip);
    else
      in.skip();
  }
}

}  // namespace space::runplan
