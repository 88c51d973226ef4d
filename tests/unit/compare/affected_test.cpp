// What differs between two compilations: whatever place of a root is another is noticed, and what
// is only said otherwise is not; which outputs a change reaches, through modules, providers, JSON.
#include "compiler/driver/affected.h"

#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "compiler/driver/read_code.h"
#include "compiler/emit/emit.h"
#include "tests/unit/compare/sample.h"

namespace {

using namespace space;
using compare::Affected;
using compare::AffectedRoot;
using compare::Cause;
using compare::Status;
using compare_test::Change;
using compare_test::Weight;

const compare::ReadCode k_read = driver::read_code;

// A lowered program and what is emitted of it.
struct Emitted {
  lower::LoweredProgram program;
  emit::EmittedTree tree;

  Emitted(const driver::Compilation& compilation, lower::LoweredProgram changed)
      : program(std::move(changed)) {
    emit::EmitOptions options;
    options.format = [](const std::string& text) { return text; };
    tree = emit::emit(program, *compilation.sources, options);
  }

  compare::Side side() const {
    compare::Side side;
    side.program = &program;
    for (const auto& [path, file] : tree) side.files[path] = {file.bytes, file.mode};
    return side;
  }
};

using Places = std::map<std::string, std::string>;  // path -> text

// "changed prod/east/web/one: code acme_thing.this; id", by root.
std::set<std::string> told(const Affected& affected) {
  constexpr const char* k_statuses[] = {"changed", "added", "moved", "removed", "downstream"};
  constexpr const char* k_causes[] = {"code",   "file",   "package",  "value",
                                      "wiring", "secret", "state",    "provider",
                                      "tofu",   "policy", "farewell", "output"};
  std::set<std::string> lines;
  for (const AffectedRoot& root : affected.roots) {
    std::string line = k_statuses[static_cast<std::size_t>(root.status)];
    line += " " + root.procedure + ":";
    for (const compare::Reason& reason : root.reasons) {
      line += std::string(" ") + k_causes[static_cast<std::size_t>(reason.cause)] + " " +
              reason.name + (reason.argument.empty() ? "" : "(" + reason.argument + ")");
    }
    line += ";";
    for (const std::string& output : root.outputs) line += " " + output;
    lines.insert(line);
  }
  return lines;
}

using Lines = std::set<std::string>;

struct Compiled {
  base::MemoryFileSystem files;
  driver::Compilation compilation;

  explicit Compiled(const Places& texts) {
    for (const auto& [path, text] : texts) files.add(path, text);
    driver::CompileOptions options;
    options.paths = {"."};
    compilation = driver::compile(files, options);
    std::string problems;
    for (const diagnostics::Diagnostic& found : compilation.diagnostics) {
      if (found.severity == diagnostics::Severity::Error) problems += found.message + "\n";
    }
    INFO(problems);
    REQUIRE_FALSE(compilation.has_errors());
    REQUIRE_FALSE(compilation.emitted.empty());
  }
};

Lines difference(const Places& before, const Places& now) {
  const Compiled a(before), b(now);
  return told(driver::find_affected({&a.compilation, &a.files}, {&b.compilation, &b.files}));
}

std::string replaced(std::string text, const std::string& old, const std::string& with) {
  const std::size_t at = text.find(old);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), with);
}

// One text of the program changed in one place.
Lines after(const Places& places, const std::string& path, const std::string& old,
            const std::string& with) {
  Places now = places;
  now[path] = replaced(now.at(path), old, with);
  return difference(places, now);
}

constexpr const char* k_head = R"(project "case" {
  edition  = 2026
  contract = "1.0"
  tofu     = "1.12.6"
}
environment "sandbox" {
  kind  = "sandbox"
  facts = { account = "play" }
}
remote "local" "state" {
}
provider "acme" {
  source  = "acme/acme"
  version = "1.0.0"
}
provider "other" {
  source  = "acme/other"
  version = "2.0.0"
}
space "here" {
  remote = remote.state
  region = "home"
  provider "acme" {
    account = "a"
  }
  provider "acme" "spare" {
    account = "b"
  }
  provider "other" {
    regional = false
    account  = "c"
  }
}
)";

constexpr const char* k_mission = R"(mission "web" {
  environments = [environment.sandbox]
  spaces       = [space.here]
  stage "000" {
    procedure "one" {
      resource "acme_thing" "plain" {
        name = "x"
      }
      resource "acme_thing" "spare" {
        provider = acme.spare
        name     = "y"
      }
      resource "other_thing" "far" {
        name = "z"
        lifecycle {
          replace_triggered_by = [acme_thing.spare]
        }
      }
      data "acme_thing" "late" {
        name       = "w"
        depends_on = [other_thing.far]
      }
      locals {
        name = acme_thing.plain.name
      }
      output "plain" {
        type  = string
        value = local.name
      }
      output "spare" {
        type  = string
        value = acme_thing.spare.name
      }
      output "far" {
        type  = string
        value = other_thing.far.name
      }
      output "late" {
        type  = string
        value = data.acme_thing.late.name
      }
      output "fixed" {
        type  = string
        value = "fixed"
      }
    }
  }
  stage "010" {
    procedure "two" {
      resource "terraform_data" "this" {
        input = [procedure.one.plain, procedure.one.fixed]
      }
    }
  }
}
)";

const Places k_places = {{"head.space", k_head}, {"web.space", k_mission}};

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

TEST_CASE("a root that differs in one place is affected, whatever place it is") {
  const base::MemoryFileSystem files = compare_test::sample_files();
  const driver::Compilation sample = compare_test::compile_sample(files);
  REQUIRE_FALSE(sample.has_errors());
  const Emitted before(sample, *sample.lowered);
  CHECK(told(compare::find_affected(before.side(), before.side(), k_read)).empty());
  std::size_t made = 0, words = 0;
  for (std::size_t f = 0; f < sample.lowered->flights.size(); ++f) {
    const auto& roots = sample.lowered->flights[f].roots;
    for (std::size_t r = 0; r < roots.size(); ++r) {
      for (const Change& change : compare_test::changes_of(roots[r])) {
        lower::LoweredProgram program = *sample.lowered;
        change.make(program.flights[f].roots[r]);
        const Emitted now(sample, std::move(program));
        const Affected found = compare::find_affected(before.side(), now.side(), k_read);
        INFO(roots[r].id << ", change " << made << " in " << change.file);
        const auto itself =
            std::find_if(found.roots.begin(), found.roots.end(), [&](const AffectedRoot& root) {
              return root.id == now.program.flights[f].roots[r].id;
            });
        if (change.weight == Weight::Words) {
          CHECK(found.roots.empty());
          ++words;
          continue;
        }
        REQUIRE(itself != found.roots.end());
        CHECK(itself->status == Status::Changed);
        CHECK_FALSE(itself->reasons.empty());
        ++made;
      }
    }
  }
  CHECK(made >= 400);
  CHECK(words >= 10);
}

TEST_CASE("a provider reaches its resources, and what reads these") {
  const Lines nothing;
  CHECK(difference(k_places, k_places) == nothing);
  CHECK(after(k_places, "head.space", "account = \"a\"", "account = \"A\"") ==
        Lines{"changed one: provider provider.acme; late plain", "downstream two: output plain;"});
  CHECK(after(k_places, "head.space", "account = \"b\"", "account = \"B\"") ==
        Lines{"changed one: provider provider.acme.spare; far late spare"});
  CHECK(after(k_places, "head.space", "2.0.0", "2.0.1") ==
        Lines{"changed one: provider terraform.required_providers.other; far late"});
}

TEST_CASE("what a block reads is followed in its order of work: depends_on, replace_triggered_by") {
  CHECK(after(k_places, "web.space", "name     = \"y\"", "name     = \"Y\"") ==
        Lines{"changed one: code acme_thing.spare; far late spare"});
  CHECK(after(k_places, "web.space", "\"w\"", "\"W\"") ==
        Lines{"changed one: code data.acme_thing.late; late"});
  CHECK(after(k_places, "web.space", "acme_thing.plain.name", "upper(acme_thing.plain.name)") ==
        Lines{"changed one: code local.name; plain", "downstream two: output plain;"});
  CHECK(after(k_places, "web.space",
              "      locals {\n        name = acme_thing.plain.name\n      }\n",
              "      locals {\n        name = acme_thing.plain.name\n        spare = 1\n      }\n")
            .empty());
}

TEST_CASE("imports, moves and checks") {
  const auto with = [](const std::string& block) {
    return after(k_places, "web.space", "      locals {", "      " + block + "\n      locals {");
  };
  const std::string all = "; far fixed late plain spare";
  CHECK(with("moved {\n        from = acme_thing.old\n        to   = acme_thing.plain\n      }") ==
        Lines{"changed one: code moved" + all, "downstream two: output fixed output plain;"});
  CHECK(with("import {\n        to = acme_thing.plain\n        id = \"i\"\n      }") ==
        Lines{"changed one: code import" + all, "downstream two: output fixed output plain;"});
  CHECK(with("check \"up\" {\n        assert {\n          condition     = acme_thing.plain.name != "
             "\"\"\n          error_message = \"no\"\n        }\n      }") ==
        Lines{"changed one: code check.up;"});
}

TEST_CASE("a block that is moved or imported already is changed as any other") {
  Places places = k_places;
  places["web.space"] = replaced(
      k_mission, "      locals {",
      "      moved {\n        from = acme_thing.old\n        to   = acme_thing.plain\n      }\n"
      "      import {\n        to = acme_thing.plain\n        id = \"i\"\n      }\n"
      "      locals {");
  CHECK(after(places, "web.space", "name = \"x\"", "name = \"X\"") ==
        Lines{"changed one: code acme_thing.plain; plain", "downstream two: output plain;"});
}

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

TEST_CASE("what a lock file pins") {
  Places places = k_places;
  places[".terraform.lock.hcl"] = R"(provider "registry.opentofu.org/acme/other" {
  version     = "2.0.0"
  constraints = "2.0.0"
  hashes = [
    "h1:a",
    "zh:b",
  ]
}
)";
  CHECK(after(places, ".terraform.lock.hcl", "    \"h1:a\",\n    \"zh:b\",\n",
              "    \"zh:b\",\n    \"h1:a\",\n")
            .empty());
  CHECK(after(places, ".terraform.lock.hcl", "h1:a", "h1:A") ==
        Lines{"changed one: provider lock.registry.opentofu.org/acme/other; far fixed late plain "
              "spare",
              "downstream two: output fixed output plain;"});
}

TEST_CASE("tofu's version, and a program that was not there") {
  const base::MemoryFileSystem files = compare_test::sample_files();
  const driver::Compilation sample = compare_test::compile_sample(files);
  const Emitted before(sample, *sample.lowered);
  lower::LoweredProgram other = *sample.lowered;
  other.project.tofu = "1.12.7";
  const Emitted now(sample, std::move(other));
  const Affected found = compare::find_affected(before.side(), now.side(), k_read);
  CHECK(found.roots.size() == 6);
  for (const AffectedRoot& root : found.roots) {
    const bool reads = root.procedure == "three";
    CHECK(root.reasons.size() == (reads ? 3U : 1U));
    CHECK(root.reasons.front().cause == Cause::Tofu);
  }
  const Affected fresh = compare::find_affected({}, now.side(), k_read);
  CHECK(fresh.roots.size() == 6);
  for (const AffectedRoot& root : fresh.roots) CHECK(root.status == Status::Added);
  for (const compare::AffectedFlight& flight : fresh.flights) CHECK(flight.status == Status::Added);
}
