// A run plan with one of everything, for the tests of reading and writing and for the gate of the
// schema.
#pragma once

#include <string>

#include "core/runplan/run_plan.h"

namespace space::runplan {

inline RunPlan rich_plan() {
  using values::Type;
  using values::Value;
  RunPlan plan;
  plan.project = {"shop", 2026, "1.0", "1.12.6", ".."};
  plan.environments = {{"prod", EnvironmentKind::Prod, "sandbox", 2},
                       {"sandbox", EnvironmentKind::Sandbox, "", 0}};
  Flight base;
  base.id = "sandbox/eu/base";
  base.environment = "sandbox";
  base.space = "eu";
  base.region = "fsn1";
  base.mission = "base";
  base.namespace_name = "base--eu";
  base.foundation = true;
  base.stages = {{"000", {"sandbox/eu/base/000/net"}}};
  Flight shop = base;
  shop.id = "sandbox/eu/shop--a.b";
  shop.mission = "shop";
  shop.key = "a.b";
  shop.foundation = false;
  shop.after = {"sandbox/eu/base"};
  shop.secrets = {{"db", Secret::Method::Command, {"pass", "show", "db"}, false},
                  {"key", Secret::Method::File, {"keys/a"}, true},
                  {"token", Secret::Method::Env, {"TOKEN"}, false}};
  shop.stages = {{"000", {"sandbox/eu/shop--a.b/000/db"}},
                 {"010", {"sandbox/eu/shop--a.b/010/web"}}};
  Flight yard = base;  // the name says nothing, the field does
  yard.id = "sandbox/eu/yard";
  yard.mission = "yard";
  yard.foundation = false;
  yard.farewell = true;
  yard.after = {"sandbox/eu/shop--a.b"};
  yard.stages = {{"000", {"sandbox/eu/yard/000/old"}}};
  plan.flights = {base, shop, yard};

  Root net;
  net.id = "sandbox/eu/base/000/net";
  net.flight = base.id;
  net.stage = "000";
  net.procedure = "net";
  net.state = {"here", "local", "sandbox/base/eu/net", "../.space/state/net.tfstate", {}, {}};
  net.outputs = {{"id", Type::string(), false, false},
                 {"ips", Type::list(Type::string()), true, true}};
  Root db = net;
  db.id = "sandbox/eu/shop--a.b/000/db";
  db.flight = shop.id;
  db.procedure = "db";
  db.state = {"s3", "s3", "k", "", {{"AWS_SECRET_ACCESS_KEY", "token"}}, {"passphrase"}};
  db.variables = {{"net", Type::string(), false, false, true, FromOutput{net.id, "id"}},
                  {"passphrase", Type::string(), true, true, false, FromSecret{"key"}},
                  {"size",
                   Type::object({{"cpu", {Type::number(), false, nullptr}},
                                 {"tags", {Type::map(Type::string()), true, nullptr}}}),
                   false, false, true,
                   FromValues{Value::object({{"cpu", Value::number(4)},
                                             {"note", Value::string("<\"${x}\" \xc3\xa9>")}})}}};
  db.reads = {net.id};
  db.required_providers = {{"hcloud", "hetznercloud/hcloud", "~> 1.5"}};
  db.provider_blocks = {{"hcloud", "eu", "provider \"hcloud\" {\n}\n", {"passphrase"}}};
  db.imports = {{"hcloud_server.x", "import {}\n"}};
  db.modules = {"db-0123"};
  db.never_skip = {"it calls `timestamp`"};
  Root web = net;
  web.id = "sandbox/eu/shop--a.b/010/web";
  web.flight = shop.id;
  web.stage = "010";
  web.procedure = "web";
  web.variables = {
      {"on", Type::boolean(), false, false, true, FromValues{Value::boolean(true)}},
      {"rate", Type::number(), false, false, true, FromValues{Value::null(Type::number())}}};
  Root old = net;
  old.id = "sandbox/eu/yard/000/old";
  old.flight = yard.id;
  old.procedure = "old";
  old.outputs.clear();
  plan.roots = {net, db, web, old};
  eval::Expr refuse;
  refuse.kind = eval::ExprKind::Literal;
  refuse.literal = Value::boolean(true);
  eval::Expr text = refuse;
  text.literal = Value::string("no");
  PolicyRule rule;
  rule.policy = "house";
  rule.name = "never";
  rule.effect = PolicyRule::Effect::Warn;
  rule.environments = {"prod"};
  rule.when = plan.expressions.add(refuse, {});
  rule.message = plan.expressions.add(text, {});
  plan.policies = {rule};
  plan.inputs = {"spaces/a.space"};
  plan.files = {{"manage.sh", 0755, std::string(64, 'a')},
                {"sandbox/eu/base/000/net/main.tf", 0644, std::string(64, '0')}};
  return plan;
}

}  // namespace space::runplan
