#include <nlohmann/json.hpp>

#include "core/base/check.h"
#include "core/eval/expression_json.h"
#include "core/runplan/json_writer.h"
#include "core/runplan/names.h"
#include "core/runplan/run_plan_json.h"
#include "core/values/render.h"

namespace space::runplan {

namespace {

void write_value(JsonWriter& out, const values::Value& value) {
  SPACE_CHECK(value.is_wholly_known(), "a value of the run plan is not known");
  if (value.is_null()) return out.raw("null");
  switch (value.type().kind()) {
    case values::TypeKind::String:
      return out.string(value.as_string());
    case values::TypeKind::Bool:
      return out.boolean(value.as_bool());
    default:
      return out.raw(values::to_json(value));
  }
}

void write_type(JsonWriter& out, const values::Type& type) {
  switch (type.kind()) {
    case values::TypeKind::Any:
      return out.string("dynamic");
    case values::TypeKind::String:
      return out.string("string");
    case values::TypeKind::Number:
      return out.string("number");
    case values::TypeKind::Bool:
      return out.string("bool");
    default:
      return out.raw(values::to_json(type.without_refinements()));
  }
}

template <class Item, class Write>
void write_list(JsonWriter& out, std::string_view name, const std::vector<Item>& items,
                Write write) {
  out.key(name);
  out.begin_array();
  for (const Item& item : items) write(out, item);
  out.end_array();
}

template <class Item, class Write>
void write_list_if_any(JsonWriter& out, std::string_view name, const std::vector<Item>& items,
                       Write write) {
  if (!items.empty()) write_list(out, name, items, write);
}

void write_project(JsonWriter& out, const Project& project) {
  out.begin_object();
  out.member("name", project.name);
  out.member("edition", project.edition);
  out.member("contract", project.contract);
  out.member("tofu", project.tofu);
  out.member("folder", project.folder);
  out.end_object();
}

void write_environment(JsonWriter& out, const Environment& environment) {
  out.begin_object();
  out.member("name", environment.name);
  out.member("kind", word_of(k_environment_kinds, environment.kind));
  if (!environment.promote_from.empty()) out.member("promote_from", environment.promote_from);
  if (environment.approvals != 0) out.member("approvals", environment.approvals);
  out.end_object();
}

void write_secret(JsonWriter& out, const Secret& secret) {
  out.begin_object();
  out.member("name", secret.name);
  out.member("method", word_of(k_secret_methods, secret.method));
  out.strings("arguments", secret.arguments);
  if (secret.as_file) out.member_true("as_file");
  out.end_object();
}

void write_stage(JsonWriter& out, const Stage& stage) {
  out.begin_object();
  out.member("label", stage.label);
  out.strings("roots", stage.roots);
  out.end_object();
}

void write_flight(JsonWriter& out, const Flight& flight) {
  out.begin_object();
  out.member("id", flight.id);
  out.member("environment", flight.environment);
  out.member("space", flight.space);
  out.member("region", flight.region);
  out.member("mission", flight.mission);
  if (!flight.key.empty()) out.member("key", flight.key);
  out.member("namespace", flight.namespace_name);
  if (flight.foundation) out.member_true("foundation");
  if (flight.farewell) out.member_true("farewell");
  out.strings_if_any("after", flight.after);
  write_list_if_any(out, "secrets", flight.secrets, write_secret);
  write_list(out, "stages", flight.stages, write_stage);
  out.end_object();
}

void write_state(JsonWriter& out, const State& state) {
  out.begin_object();
  out.member("remote", state.remote);
  out.member("type", state.type);
  out.member("address", state.address);
  if (!state.path.empty()) out.member("path", state.path);
  if (!state.environment.empty()) {
    out.key("environment");
    out.begin_object();
    for (const auto& [variable, secret] : state.environment) out.member(variable, secret);
    out.end_object();
  }
  out.strings_if_any("encryption_variables", state.encryption_variables);
  out.end_object();
}

void write_variable(JsonWriter& out, const Variable& variable) {
  out.begin_object();
  out.member("name", variable.name);
  out.key("type");
  write_type(out, variable.type);
  if (variable.sensitive) out.member_true("sensitive");
  if (variable.ephemeral) out.member_true("ephemeral");
  if (!variable.nullable) {
    out.key("nullable");
    out.boolean(false);
  }
  if (const auto* given = std::get_if<FromValues>(&variable.source)) {
    out.key("value");
    write_value(out, given->value);
  } else if (const auto* read = std::get_if<FromOutput>(&variable.source)) {
    out.key("output");
    out.begin_object();
    out.member("root", read->root);
    out.member("output", read->output);
    out.end_object();
  } else if (const auto* fetched = std::get_if<FromSecret>(&variable.source)) {
    out.member("secret", fetched->secret);
  }
  out.end_object();
}

void write_output(JsonWriter& out, const Output& output) {
  out.begin_object();
  out.member("name", output.name);
  out.key("type");
  write_type(out, output.type);
  if (output.sensitive) out.member_true("sensitive");
  if (output.optional) out.member_true("optional");
  out.end_object();
}

void write_required_provider(JsonWriter& out, const RequiredProvider& provider) {
  out.begin_object();
  out.member("name", provider.name);
  out.member("source", provider.source);
  if (!provider.version.empty()) out.member("version", provider.version);
  out.end_object();
}

void write_provider_block(JsonWriter& out, const ProviderBlock& block) {
  out.begin_object();
  out.member("provider", block.provider);
  if (!block.alias.empty()) out.member("alias", block.alias);
  out.member("text", block.text);
  out.strings_if_any("variables", block.variables);
  out.end_object();
}

void write_import(JsonWriter& out, const ImportBlock& block) {
  out.begin_object();
  out.member("to", block.to);
  out.member("text", block.text);
  out.end_object();
}

void write_root(JsonWriter& out, const Root& root) {
  out.begin_object();
  out.member("id", root.id);
  out.member("flight", root.flight);
  out.member("stage", root.stage);
  out.member("procedure", root.procedure);
  out.key("state");
  write_state(out, root.state);
  write_list_if_any(out, "variables", root.variables, write_variable);
  write_list_if_any(out, "outputs", root.outputs, write_output);
  out.strings_if_any("reads", root.reads);
  write_list_if_any(out, "required_providers", root.required_providers, write_required_provider);
  write_list_if_any(out, "provider_blocks", root.provider_blocks, write_provider_block);
  write_list_if_any(out, "imports", root.imports, write_import);
  out.strings_if_any("modules", root.modules);
  out.strings_if_any("never_skip", root.never_skip);
  out.end_object();
}

void write_file(JsonWriter& out, const File& file) {
  const std::uint32_t mode = file.mode & 0777U;
  const char digits[] = {'0', static_cast<char>('0' + (mode >> 6U)),
                         static_cast<char>('0' + ((mode >> 3U) & 7U)),
                         static_cast<char>('0' + (mode & 7U))};
  out.begin_object();
  out.member("path", file.path);
  out.member("mode", std::string_view(digits, 4));
  out.member("sha256", file.sha256);
  out.end_object();
}

// One element a line: a change of one root is a change of one line.
template <class Item, class Write>
void write_lines(JsonWriter& out, std::string_view name, const std::vector<Item>& items,
                 Write write) {
  out.line();
  out.key(name);
  out.begin_array();
  for (const Item& item : items) {
    out.line();
    write(out, item);
  }
  if (!items.empty()) out.line();
  out.end_array();
}

}  // namespace

std::string write_run_plan(const RunPlan& plan) {
  JsonWriter out;
  out.reserve(4096 + plan.roots.size() * 2048 + plan.files.size() * 192);
  out.begin_object();
  out.line();
  out.member("schema", k_schema);
  out.line();
  out.key("project");
  write_project(out, plan.project);
  write_lines(out, "environments", plan.environments, write_environment);
  write_lines(out, "flights", plan.flights, write_flight);
  write_lines(out, "roots", plan.roots, write_root);
  write_lines(out, "policies", plan.policies, [&plan](JsonWriter& to, const PolicyRule& rule) {
    to.begin_object();
    to.member("policy", rule.policy);
    to.member("name", rule.name);
    to.member("effect", word_of(k_policy_effects, rule.effect));
    to.strings_if_any("environments", rule.environments);
    to.key("when");
    to.raw(eval::expression_to_json(plan.expressions, rule.when).dump());
    if (rule.message.valid()) {
      to.key("message");
      to.raw(eval::expression_to_json(plan.expressions, rule.message).dump());
    }
    to.end_object();
  });
  write_lines(out, "inputs", plan.inputs,
              [](JsonWriter& to, const std::string& path) { to.string(path); });
  write_lines(out, "files", plan.files, write_file);
  out.line();
  out.end_object();
  std::string text = out.take();
  text += '\n';
  return text;
}

}  // namespace space::runplan
