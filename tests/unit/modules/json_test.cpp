#include <catch2/catch.hpp>

#include "core/values/render.h"
#include "support.h"

using space::values::to_json;
using space::values::to_string;

namespace {
std::string output_type(const Read& it, std::string_view name) {
  for (const auto& output : it.module.value().outputs) {
    if (output.name == name) return to_string(output.value.type());
  }
  return "no such output";
}
}  // namespace

TEST_CASE("a module in JSON, with places") {
  const Read it = read({{"modules/a/main.tf.json", R"X({
  "//": "a comment",
  "variable": {
    "names": { "type": "list(string)", "default": ["${x}", 1], "nullable": false },
    "plain": {},
    "absent": null
  },
  "output": [{ "o": { "value": "${join(\"\u002c\", var.names)}" } }, { "p": { "value": "$${x}" } }],
  "terraform": [{ "required_providers": { "null": {
    "source": "hashicorp/null", "configuration_aliases": ["null.b", "null.a"] } } }],
  "resource": { "hcloud_server": { "x": [{}, {}] } }
})X"}});
  CHECK(it.diagnostics.empty());
  REQUIRE(it.module);
  REQUIRE(it.module->variables.size() == 2);
  const auto& names = it.module->variables[0];
  CHECK(to_string(names.type) == "list(string)");
  CHECK(to_json(names.default_value.value()) == R"(["${x}","1"])");
  CHECK_FALSE(names.nullable);
  CHECK(it.sources.text(names.span) == "names");
  CHECK(output_type(it, "o") == "string");
  CHECK(to_json(it.module->outputs[1].value) == R"("${x}")");
  REQUIRE(it.module->providers.size() == 2);
  CHECK(it.module->providers[0].name == "hcloud");
  CHECK(it.module->providers[1].aliases == std::vector<std::string>{"a", "b"});
}

TEST_CASE("places inside JSON strings survive escapes") {
  const auto where = [](const std::string& text) {
    const Read it =
        read({{"modules/a/main.tf.json", "{\"output\":{\"a\":{\"value\":\"" + text + "\"}}}"}});
    return it.diagnostics.empty() ? "" : it.diagnostics[0];
  };
  // The value's text begins in column 26.
  CHECK(where("${1 +}").starts_with("modules/a/main.tf.json:1:31 "));
  CHECK(where("\\n${1 +}").starts_with("modules/a/main.tf.json:1:33 "));
  CHECK(where("\\u00e9${1 +}").starts_with("modules/a/main.tf.json:1:37 "));
  CHECK(where("\\u20AC${1 +}").starts_with("modules/a/main.tf.json:1:37 "));
  CHECK(where("\\ud83d\\ude00${1 +}").starts_with("modules/a/main.tf.json:1:43 "));
  CHECK(where("${upper(\\\"a\\\") +}").starts_with("modules/a/main.tf.json:1:42 "));
}

TEST_CASE("a .tofu.json file shadows the .tf.json file of its name, and no other") {
  const Read it =
      read({{"modules/a/main.tf", "variable \"tf\" {}\n"},
            {"modules/a/main.tf.json", "nothing"},
            {"modules/a/main.tofu.json", R"({"variable":{"tofu":{}}})"},
            {"modules/a/x_override.tf.json", "nothing"},
            {"modules/a/x_override.tofu.json", R"({"variable":{"tf":{"default":1}}})"}});
  CHECK(it.diagnostics.empty());
  REQUIRE(it.module);
  REQUIRE(it.module->variables.size() == 2);
  CHECK(it.module->variables[0].name == "tf");
  CHECK(it.module->variables[0].has_default);
  CHECK(it.module->variables[1].name == "tofu");
}

TEST_CASE("outputs are followed through locals and other modules, and circles end") {
  const Read it = read({{"modules/a/main.tf", R"(
variable "secret" {
  type      = string
  sensitive = true
}
locals {
  round = local.trip
  trip  = local.round
  token = "x-${var.secret}"
}
module "b" {
  source = "../b"
}
module "many" {
  source = "../b"
  count  = 2
}
output "round" { value = local.round }
output "token" { value = local.token }
output "b"     { value = module.b.a }
output "many"  { value = module.many[0].a }
output "lost"  { value = module.b.nothing }
output "path"  { value = path.module }
)"},
                        {"modules/b/main.tf", R"(
module "a" {
  source = "../a"
}
output "a" { value = [module.a.round, 1] }
)"}});
  CHECK(it.diagnostics.empty());
  REQUIRE(it.module);
  CHECK(output_type(it, "round") == "any");
  CHECK(output_type(it, "token") == "string");
  CHECK(it.module->outputs[5].value.marks_deep().sensitive);
  CHECK_FALSE(it.module->outputs[5].sensitive);
  CHECK(output_type(it, "b") == "tuple([any, number])");
  CHECK(output_type(it, "many") == "any");
  CHECK(output_type(it, "lost") == "any");
  CHECK(output_type(it, "path") == "string");
}
