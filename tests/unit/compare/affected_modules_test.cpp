// What differs between two compilations, inside of modules: what goes into a call reaches the
// outputs that come of it, and no others.
#include <catch2/catch.hpp>

#include "tests/unit/compare/programs.h"

namespace {

using space::compare_test::after;
using space::compare_test::difference;
using space::compare_test::k_head;
using space::compare_test::Lines;
using space::compare_test::Places;
using space::compare_test::replaced;

constexpr const char* k_calls = R"(mission "web" {
  environments = [environment.sandbox]
  spaces       = [space.here]
  stage "000" {
    procedure "one" {
      source = "./modules/outer"
      inputs = {
        left  = "l"
        right = "r"
      }
      output "left" { type = string }
      output "right" { type = string }
      output "both" { type = string }
    }
  }
}
)";

constexpr const char* k_outer = R"(variable "left" {
  type = string
}
variable "right" {
  type = string
}
module "inner" {
  source = "./inner"
  a      = var.left
  b      = var.right
}
module "behind" {
  source     = "./inner"
  a          = "1"
  b          = "2"
  depends_on = [module.inner]
}
output "left" {
  value = module.inner.a
}
output "right" {
  value = module.inner.b
}
output "both" {
  value = module.behind.a
}
)";

constexpr const char* k_inner = R"(variable "a" {
  type = string
}
variable "b" {
  type = string
}
resource "terraform_data" "a" {
  input = var.a
}
resource "terraform_data" "b" {
  input = var.b
}
output "a" {
  value = terraform_data.a.output
}
output "b" {
  value = terraform_data.b.output
}
)";

const Places k_modules = {{"head.space", k_head},
                          {"web.space", k_calls},
                          {"modules/outer/main.tf", k_outer},
                          {"modules/outer/inner/main.tf", k_inner}};

}  // namespace

TEST_CASE("modules are followed by what goes in and what comes out") {
  CHECK(after(k_modules, "web.space", "\"l\"", "\"L\"") ==
        Lines{"changed one: code module.this(left); both left"});
  CHECK(after(k_modules, "web.space", "\"r\"", "\"R\"") ==
        Lines{"changed one: code module.this(right); both right"});
  CHECK(after(k_modules, "modules/outer/inner/main.tf", "input = var.b", "input = lower(var.b)") ==
        Lines{"changed one: code terraform_data.b; both right"});
  CHECK(after(k_modules, "modules/outer/main.tf", "a          = \"1\"", "a          = \"3\"") ==
        Lines{"changed one: code module.behind(a); both"});
  CHECK(after(k_modules, "modules/outer/main.tf", "  type = string\n", "  type = string\n  # so\n")
            .empty());
}

TEST_CASE("the providers around a call are those of its module") {
  Places places = k_modules;
  places["modules/outer/inner/main.tf"] =
      std::string(
          "terraform {\n  required_providers {\n    acme = {\n      source = \"acme/acme\"\n"
          "    }\n  }\n}\n") +
      replaced(k_inner, "resource \"terraform_data\" \"b\" {\n  input = var.b\n",
               "resource \"terraform_data\" \"b\" {\n  input = var.b\n}\n"
               "resource \"acme_thing\" \"c\" {\n  name = var.b\n");
  CHECK(after(places, "head.space", "account = \"a\"", "account = \"A\"") ==
        Lines{"changed one: provider provider.acme; both left right"});
  CHECK(after(places, "modules/outer/inner/main.tf", "name = var.b", "name = lower(var.b)") ==
        Lines{"changed one: code acme_thing.c; both"});
}

TEST_CASE("a module that lies elsewhere in the project is the same") {
  Places now = k_modules;
  now["web.space"] = replaced(now["web.space"], "./modules/outer", "./parts/net");
  for (const char* file : {"main.tf", "inner/main.tf"}) {
    now[std::string("parts/net/") + file] = now[std::string("modules/outer/") + file];
    now.erase(std::string("modules/outer/") + file);
  }
  CHECK(difference(k_modules, now).empty());
}

TEST_CASE("a module with JSON in it is compared as a whole, with all that lies in it") {
  Places json = k_modules;
  json["modules/outer/more.tf.json"] =
      R"({"resource": {"terraform_data": {"j": {"input": "1", "triggers_replace": "2"}}}})";
  CHECK(after(json, "modules/outer/more.tf.json", R"("input": "1")", R"("input": "3")") ==
        Lines{"changed one: file modules/outer file more.tf.json; both left right"});
  // What it calls, it may read: nothing below is told apart.
  CHECK(after(json, "modules/outer/inner/main.tf", "input = var.b", "input = lower(var.b)") ==
        Lines{"changed one: code terraform_data.b file modules/outer; both left right"});
}

TEST_CASE("an override file counts with what it overrides") {
  Places now = k_modules;
  now["modules/outer/inner/b_override.tf"] =
      "resource \"terraform_data\" \"b\" {\n  input = \"fixed\"\n}\n";
  CHECK(difference(k_modules, now) == Lines{"changed one: code terraform_data.b; both right"});
}

TEST_CASE("a file beside a module's code counts where the code may read it") {
  Places places = k_modules;
  places["modules/outer/inner/a.txt"] = "a";
  places["modules/outer/inner/b.txt"] = "b";
  CHECK(after(places, "modules/outer/inner/a.txt", "a", "A").empty());
  places["modules/outer/inner/main.tf"] =
      replaced(replaced(k_inner, "input = var.a", "input = file(\"${path.module}/a.txt\")"),
               "input = var.b", "input = [var.b, fileset(\"${path.module}/more\", \"*\")]");
  CHECK(after(places, "modules/outer/inner/a.txt", "a", "A") ==
        Lines{"changed one: file modules/outer/inner/a.txt; both left"});
  CHECK(after(places, "modules/outer/inner/b.txt", "b", "B").empty());
  places["modules/outer/inner/main.tf"] =
      replaced(k_inner, "input = var.b", "input = \"${path.module}/${var.b}.txt\"");
  CHECK(after(places, "modules/outer/inner/a.txt", "a", "A") ==
        Lines{"changed one: file modules/outer; both right"});
}
