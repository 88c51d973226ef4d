#include <catch2/catch.hpp>

#include "core/values/render.h"
#include "support.h"

using space::values::to_string;

TEST_CASE("variables: types, defaults and what they say") {
  const Read it = read({{"modules/a/variables.tf", R"(
variable "plain" {}
variable "names" {
  type        = list(string)
  default     = [1, "b"]
  description = "Some <<names>>"
  nullable    = false
  sensitive   = true
}
variable "shape" {
  type = object({ a = string, b = optional(number, 3) })
  default = { a = "x" }
  deprecated = "use other"
  ephemeral = true
  validation {
    condition     = var.shape.b > 0
    error_message = "no"
  }
}
variable "old" { type = list }
variable "nothing" { default = null }
)"}});
  CHECK(it.diagnostics.empty());
  REQUIRE(it.module);
  REQUIRE(it.module->variables.size() == 5);
  const auto& names = it.module->variables[0];
  CHECK(names.name == "names");
  CHECK(to_string(names.type) == "list(string)");
  REQUIRE(names.default_value);
  CHECK(space::values::to_json(*names.default_value) == R"(["1","b"])");
  CHECK(names.description == "Some <<names>>");
  CHECK_FALSE(names.nullable);
  CHECK(names.sensitive);
  CHECK_FALSE(names.ephemeral);
  const auto& nothing = it.module->variables[1];
  CHECK(nothing.has_default);
  CHECK(nothing.default_value->is_null());
  CHECK(to_string(it.module->variables[2].type) == "list(any)");
  const auto& plain = it.module->variables[3];
  CHECK(plain.name == "plain");
  CHECK_FALSE(plain.has_default);
  CHECK(plain.nullable);
  CHECK(it.sources.text(plain.span) == "plain");
  const auto& shape = it.module->variables[4];
  CHECK(to_string(shape.type) == "object({ a = string, b = optional(number, 3) })");
  CHECK(space::values::to_json(*shape.default_value) == R"({"a":"x","b":3})");
  CHECK(shape.has_validation);
  CHECK(shape.ephemeral);
  CHECK(shape.deprecated == "use other");
}

TEST_CASE("outputs") {
  const Read it = read({{"modules/a/outputs.tf", R"(
output "z" { value = 1 }
output "a" {
  value       = var.x
  sensitive   = true
  description = "the a"
}
)"}});
  REQUIRE(it.module);
  REQUIRE(it.module->outputs.size() == 2);
  CHECK(it.module->outputs[0].name == "a");
  CHECK(it.module->outputs[0].sensitive);
  CHECK(it.module->outputs[0].description == "the a");
  CHECK_FALSE(it.module->outputs[1].sensitive);
}

TEST_CASE("a .tofu file shadows the .tf file of its name") {
  const Read it = read({{"modules/a/main.tf", "variable \"tf\" {}\n"},
                        {"modules/a/main.tofu", "variable \"tofu\" {}\n"},
                        {"modules/a/other.tf", "variable \"other\" {}\n"},
                        {"modules/a/main.tf~", "variable \"backup\" {}\n"},
                        {"modules/a/.hidden.tf", "variable \"hidden\" {}\n"}});
  REQUIRE(it.module);
  REQUIRE(it.module->variables.size() == 2);
  CHECK(it.module->variables[0].name == "other");
  CHECK(it.module->variables[1].name == "tofu");
}

TEST_CASE("override files merge, argument by argument") {
  const Read it = read(
      {{"modules/a/main.tf",
        "variable \"v\" {\n  type = string\n  default = \"a\"\n}\noutput \"o\" { value = 1 }\n"},
       {"modules/a/a_override.tf",
        "variable \"v\" { default = \"b\" }\noutput \"o\" { sensitive = true }\n"},
       {"modules/a/override.tf", "variable \"v\" { default = \"c\" }\n"}});
  CHECK(it.diagnostics.empty());
  REQUIRE(it.module);
  CHECK(to_string(it.module->variables.at(0).type) == "string");
  CHECK(it.module->variables[0].default_value->as_string() == "c");
  CHECK(it.module->outputs.at(0).sensitive);
}
