#include <nlohmann/json.hpp>

#include "core/eval/expression_json.h"
#include "core/runplan/read_parts.h"
#include "core/runplan/run_plan_json.h"
#include "core/runplan/validate.h"

namespace space::runplan {

namespace {

constexpr std::size_t k_largest = std::size_t{1} << 29U;

void read_project(JsonReader& in, Project& project) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "name")
      in.read(project.name);
    else if (key == "edition")
      in.read(project.edition);
    else if (key == "contract")
      in.read(project.contract);
    else if (key == "tofu")
      in.read(project.tofu);
    else if (key == "folder")
      in.read(project.folder);
    else
      in.skip();
  }
}

void read_environment(JsonReader& in, Environment& environment) {
  std::string key;
  bool has_kind = false;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "name")
      in.read(environment.name);
    else if (key == "kind")
      has_kind = true, read_word(in, k_environment_kinds, environment.kind);
    else if (key == "promote_from")
      in.read(environment.promote_from);
    else if (key == "approvals")
      in.read(environment.approvals);
    else
      in.skip();
  }
  if (!in.failed() && !has_kind) in.fail("environment `" + environment.name + "` has no kind");
}

void read_secret(JsonReader& in, Secret& secret) {
  std::string key;
  bool has_method = false;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "name")
      in.read(secret.name);
    else if (key == "method")
      has_method = true, read_word(in, k_secret_methods, secret.method);
    else if (key == "arguments")
      read_strings(in, secret.arguments);
    else if (key == "as_file")
      in.read(secret.as_file);
    else
      in.skip();
  }
  if (!in.failed() && !has_method) in.fail("secret `" + secret.name + "` has no method");
}

void read_stage(JsonReader& in, Stage& stage) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "label")
      in.read(stage.label);
    else if (key == "roots")
      read_strings(in, stage.roots);
    else
      in.skip();
  }
}

void read_flight(JsonReader& in, Flight& flight) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "id")
      in.read(flight.id);
    else if (key == "environment")
      in.read(flight.environment);
    else if (key == "space")
      in.read(flight.space);
    else if (key == "region")
      in.read(flight.region);
    else if (key == "mission")
      in.read(flight.mission);
    else if (key == "key")
      in.read(flight.key);
    else if (key == "namespace")
      in.read(flight.namespace_name);
    else if (key == "foundation")
      in.read(flight.foundation);
    else if (key == "farewell")
      in.read(flight.farewell);
    else if (key == "after")
      read_strings(in, flight.after);
    else if (key == "secrets")
      read_list(in, flight.secrets, read_secret);
    else if (key == "stages")
      read_list(in, flight.stages, read_stage);
    else
      in.skip();
  }
}

eval::ExprId read_expression(JsonReader& in, eval::ExprTree& tree) {
  const std::string_view text = in.raw();
  if (in.failed()) return {};
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) {
    in.fail("an expression that is no JSON");
    return {};
  }
  const auto id = eval::expression_from_json(json, tree);
  if (!id) in.fail(id.error().message);
  return id ? *id : eval::ExprId();
}

void read_policy(JsonReader& in, PolicyRule& rule, eval::ExprTree& tree) {
  std::string key;
  bool has_effect = false;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "policy")
      in.read(rule.policy);
    else if (key == "name")
      in.read(rule.name);
    else if (key == "effect")
      has_effect = true, read_word(in, k_policy_effects, rule.effect);
    else if (key == "environments")
      read_strings(in, rule.environments);
    else if (key == "when")
      rule.when = read_expression(in, tree);
    else if (key == "message")
      rule.message = read_expression(in, tree);
    else
      in.skip();
  }
  if (!in.failed() && !has_effect) in.fail("policy rule `" + rule.name + "` has no effect");
  if (!in.failed() && !rule.when.valid()) in.fail("policy rule `" + rule.name + "` has no `when`");
}

void read_file(JsonReader& in, File& file) {
  std::string key, mode;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "path")
      in.read(file.path);
    else if (key == "mode")
      in.read(mode);
    else if (key == "sha256")
      in.read(file.sha256);
    else
      in.skip();
  }
  if (in.failed()) return;
  if (mode.size() != 4 || mode[0] != '0' ||
      mode.find_first_not_of("01234567") != std::string::npos) {
    in.fail("file `" + file.path + "` has no mode like `0644`");
    return;
  }
  file.mode =
      static_cast<std::uint32_t>((mode[1] - '0') * 64 + (mode[2] - '0') * 8 + (mode[3] - '0'));
}

// The schema's name comes first in what spacec writes, but any order is accepted.
void read_plan(JsonReader& in, RunPlan& plan, std::string& schema) {
  std::string key;
  if (!in.begin_object()) return;
  while (in.next_member(key)) {
    if (key == "schema") {
      if (in.read(schema) && schema != k_schema) {
        in.fail("it is `" + schema + "`, and this program reads `" + k_schema + "`");
      }
    } else if (key == "project")
      read_project(in, plan.project);
    else if (key == "environments")
      read_list(in, plan.environments, read_environment);
    else if (key == "flights")
      read_list(in, plan.flights, read_flight);
    else if (key == "roots")
      read_list(in, plan.roots, read_root);
    else if (key == "policies") {
      read_list(in, plan.policies, [&plan](JsonReader& from, PolicyRule& rule) {
        read_policy(from, rule, plan.expressions);
      });
    } else if (key == "inputs")
      read_strings(in, plan.inputs);
    else if (key == "files")
      read_list(in, plan.files, read_file);
    else
      in.skip();
  }
  in.finish();
}

}  // namespace

base::Result<RunPlan> read_run_plan(std::string_view json) {
  const std::string help = "write it again with `spacec build`";
  if (json.size() > k_largest) return base::Error{"the run plan is larger than 512 MiB", help};
  RunPlan plan;
  std::string schema;
  JsonReader in(json);
  read_plan(in, plan, schema);
  if (in.failed()) return base::Error{"the run plan cannot be read: " + in.error(), help};
  if (schema.empty()) return base::Error{"the run plan has no `schema`", help};
  if (auto problem = find_problem(plan))
    return base::Error{"the run plan contradicts itself: " + *problem, help};
  return plan;
}

}  // namespace space::runplan
