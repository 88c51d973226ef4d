#include "tests/unit/compare/sample.h"

namespace space::compare_test {

using lower::LoweredBlock;
using lower::LoweredRoot;

namespace {

constexpr const char* k_program = R"(
project "case" {
  edition  = 2026
  contract = "1.0"
  tofu     = "1.12.6"
}
environment "nonprod" {
  kind  = "nonprod"
  facts = { account = "test" }
}
environment "prod" {
  kind         = "prod"
  promote_from = environment.nonprod
  facts        = { account = "live" }
}
secret "phrase" { from_env = "PHRASE" }
provider "acme" {
  source  = "acme/acme"
  version = "1.0.0"
}
remote "s3" "state" {
  bucket       = flight.facts.account
  region       = "eu"
  use_lockfile = true
  endpoints    = { s3 = "https://${flight.facts.account}.example.org" }
  encryption "pbkdf2" { passphrase = secret.phrase }
}
space "east" {
  remote = remote.state
  region = "eu-east"
  provider "acme" {
    account = flight.facts.account
    limits {
      rate = 3
    }
  }
}
mission "web" {
  spaces = [space.east]
  /// The range.
  variable "net" {
    type    = cidr
    default = "10.0.0.0/8"
  }
  variable "size" {
    type   = number
    min    = 1
    varies = "size"
  }
  locals {
    names = ["a", "b"]
  }
  stage "000" {
    procedure "one" {
      import {
        to = acme_thing.this
        id = "x-${var.net}"
      }
      resource "acme_thing" "this" {
        name  = "${flight.namespace}-${flight.unique}"
        names = local.names
        net   = var.net
        count = var.size
      }
      output "id" {
        type        = string
        description = "What it is."
        value       = acme_thing.this[0].id
      }
    }
    procedure "two" {
      source = "./modules/two"
      inputs = { net = var.net, names = local.names }
      output "id" { type = string }
    }
  }
  stage "010" {
    procedure "three" {
      resource "terraform_data" "this" {
        input = [procedure.one.id, procedure.two.id]
      }
    }
  }
}
values "web" "nonprod" { size = 1 }
values "web" "prod" { size = 9 }
)";

using Changes = std::vector<Change>;

// `at` finds the list in whatever copy of the root is changed.
template <class At>
void add_assignments(Changes& changes, const std::string& file, const At& at, std::size_t count,
                     bool values) {  // NOLINT: the value itself
  for (std::size_t i = 0; i < count; ++i) {
    changes.push_back({file, [=](LoweredRoot& root) { at(root)[i].name += "x"; }});
    changes.push_back({file, [=](LoweredRoot& root) { at(root).erase(at(root).begin() + i); }});
    changes.push_back({file, [=](LoweredRoot& root) {
                         at(root).insert(at(root).begin() + i, {"aa", {}, {}});
                       }});
    if (values)
      changes.push_back({file, [=](LoweredRoot& root) {
                           at(root)[i].text.push_back({"x", {}, {}});
                         }});
  }
}

template <class At>
void add_block(Changes& changes, const std::string& file, const At& at, const LoweredBlock& block,
               bool values) {  // NOLINT: the value itself
  changes.push_back({file, [=](LoweredRoot& root) { at(root).type += "x"; }});
  changes.push_back({file, [=](LoweredRoot& root) { at(root).labels.push_back("x"); }});
  add_assignments(
      changes, file, [=](LoweredRoot& root) -> auto& { return at(root).assignments; },
      block.assignments.size(), values);
  for (std::size_t i = 0; i < block.blocks.size(); ++i) {
    const std::function<LoweredBlock&(LoweredRoot&)> inner =
        [=](LoweredRoot& root) -> LoweredBlock& { return at(root).blocks[i]; };
    changes.push_back(
        {file, [=](LoweredRoot& root) { at(root).blocks.erase(at(root).blocks.begin() + i); }});
    add_block<std::function<LoweredBlock&(LoweredRoot&)>>(changes, file, inner, block.blocks[i],
                                                          values);
  }
}

template <class List>
void add_blocks(Changes& changes, const std::string& file, List LoweredRoot::*list,
                const LoweredRoot& root, bool values) {  // NOLINT: the value itself
  for (std::size_t i = 0; i < (root.*list).size(); ++i) {
    const std::function<LoweredBlock&(LoweredRoot&)> at = [=](LoweredRoot& of) -> LoweredBlock& {
      return (of.*list)[i];
    };
    changes.push_back({file, [=](LoweredRoot& of) { (of.*list).erase((of.*list).begin() + i); }});
    changes.push_back({file, [=](LoweredRoot& of) { (of.*list).push_back((of.*list)[i]); }});
    add_block(changes, file, at, (root.*list)[i], values);
  }
}

}  // namespace

base::MemoryFileSystem sample_files() {
  base::MemoryFileSystem files;
  files.add("main.space", k_program);
  files.add(
      "modules/two/main.tf",
      "variable \"net\" {\n  type = string\n}\nvariable \"names\" {\n  type = list(string)\n}\n"
      "output \"id\" {\n  value = \"x\"\n}\n");
  return files;
}

driver::Compilation compile_sample(const base::FileSystem& files) {
  driver::CompileOptions options;
  options.paths = {"."};
  return driver::compile(files, options);
}

Changes changes_of(const LoweredRoot& root) {
  Changes changes;
  changes.push_back({"main.tf", [](LoweredRoot& of) { of.origin += "x"; }, Weight::Words});
  for (std::size_t i = 0; i < root.required_providers.size(); ++i) {
    changes.push_back(
        {"terraform.tf", [=](LoweredRoot& of) { of.required_providers[i].name += "x"; }});
    changes.push_back(
        {"terraform.tf", [=](LoweredRoot& of) { of.required_providers[i].source += "x"; }});
    changes.push_back(
        {"terraform.tf", [=](LoweredRoot& of) { of.required_providers[i].version += "x"; }});
    changes.push_back({"terraform.tf", [](LoweredRoot& of) { of.required_providers.clear(); }});
  }
  changes.push_back({"terraform.tf", [](LoweredRoot& of) {
                       of.required_providers.push_back({"zz", "a/zz", ""});
                     }});
  add_blocks(changes, "providers.tf", &LoweredRoot::providers, root, true);
  add_blocks(changes, "imports.tf", &LoweredRoot::imports, root, true);
  add_blocks(changes, "main.tf", &LoweredRoot::calls, root, true);
  add_blocks(changes, "backend.tf", &LoweredRoot::encryption, root, false);
  add_block(
      changes, "backend.tf", [](LoweredRoot& of) -> LoweredBlock& { return of.backend; },
      root.backend, false);
  add_assignments(
      changes, "main.tf", [](LoweredRoot& of) -> auto& { return of.locals; }, root.locals.size(),
      true);
  for (std::size_t i = 0; i < root.body.size(); ++i) {
    changes.push_back({"main.tf", [=](LoweredRoot& of) { of.body[i].text += "x"; }});
    changes.push_back({"main.tf", [=](LoweredRoot& of) { of.body.erase(of.body.begin() + i); }});
  }
  for (std::size_t i = 0; i < root.outputs.size(); ++i) {
    const std::string file = "outputs.tf";
    changes.push_back({file, [=](LoweredRoot& of) { of.outputs[i].name += "x"; }});
    changes.push_back(
        {file, [=](LoweredRoot& of) { of.outputs[i].description += "x"; }, Weight::Words});
    changes.push_back({file, [=](LoweredRoot& of) { of.outputs[i].sensitive ^= true; }});
    changes.push_back({file, [=](LoweredRoot& of) { of.outputs[i].value.clear(); }});
    changes.push_back({file, [=](LoweredRoot& of) { of.outputs.erase(of.outputs.begin() + i); }});
  }
  for (std::size_t i = 0; i < root.variables.size(); ++i) {
    const lower::LoweredVariable& variable = root.variables[i];
    const std::string file = "variables.tf";
    changes.push_back({file, [=](LoweredRoot& of) { of.variables[i].name += "x"; }});
    changes.push_back({file, [=](LoweredRoot& of) { of.variables[i].type = values::Type::any(); }});
    changes.push_back(
        {file, [=](LoweredRoot& of) { of.variables[i].description += "x"; }, Weight::Words});
    changes.push_back({file, [=](LoweredRoot& of) { of.variables[i].sensitive ^= true; }});
    changes.push_back({file, [=](LoweredRoot& of) { of.variables[i].ephemeral ^= true; }});
    changes.push_back({file, [=](LoweredRoot& of) { of.variables[i].nullable ^= true; }});
    changes.push_back(
        {file, [=](LoweredRoot& of) { of.variables.erase(of.variables.begin() + i); }});
    for (std::size_t j = 0; j < variable.validations.size(); ++j) {
      add_block(
          changes, file,
          [=](LoweredRoot& of) -> LoweredBlock& { return of.variables[i].validations[j]; },
          variable.validations[j], true);
      changes.push_back({file, [=](LoweredRoot& of) { of.variables[i].validations.pop_back(); }});
    }
    if (!std::holds_alternative<runplan::FromValues>(variable.source)) continue;
    changes.push_back({"terraform.tfvars", [=](LoweredRoot& of) {
                         of.variables[i].source = runplan::FromSecret{"phrase"};
                       }});
    if (variable.variance == lower::Variance::Varies) continue;
    changes.push_back({"terraform.tfvars", [=](LoweredRoot& of) {
                         of.variables[i].source =
                             runplan::FromValues{values::Value::string("otherwise")};
                       }});
  }
  return changes;
}

}  // namespace space::compare_test
