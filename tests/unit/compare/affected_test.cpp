// What differs between two compilations: whatever place of a root is another is noticed, and what
// is only said otherwise is not; which outputs a change reaches, through blocks and providers.
#include "compiler/driver/affected.h"

#include <catch2/catch.hpp>

#include "compiler/driver/read_code.h"
#include "compiler/emit/emit.h"
#include "tests/unit/compare/programs.h"
#include "tests/unit/compare/sample.h"

namespace {

using namespace space;
using compare::Affected;
using compare::AffectedRoot;
using compare::Cause;
using compare::Status;
using compare_test::after;
using compare_test::Change;
using compare_test::difference;
using compare_test::k_head;
using compare_test::Lines;
using compare_test::Places;
using compare_test::replaced;
using compare_test::told;
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
