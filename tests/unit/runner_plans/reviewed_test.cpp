// The file of a reviewed plan: what is written is read, and nothing else is.
#include "runner/plans/reviewed.h"

#include <catch2/catch.hpp>

using namespace space;

namespace {

plans::ReviewedPlan one_plan() {
  auto document = plans::read_plan(
      R"({"format_version":"1.2","resource_changes":[)"
      R"({"address":"x.a","previous_address":"x.b","deposed":"01","action_reason":"tainted","mode":"managed","change":)"
      R"({"actions":["delete","create"],"before":{"a":1,"n":null},"after":{"a":2},"after_unknown":{"id":true},)"
      R"("before_sensitive":{"p":true},"after_sensitive":false,"replace_paths":[["a",0]],"importing":{"id":"i"}}}],)"
      R"("output_changes":{"o":{"actions":["no-op"],"before":1.50,"after":1.50}}})");
  REQUIRE(document);
  plans::ReviewedPlan plan;
  plan.target = "sandbox";
  plan.wall_milliseconds = 12;
  plan.key = "k";
  plans::ReviewedProcedure one;
  one.root = "sandbox/here/web/000/a";
  one.verdict = runplan::PreviewVerdict::Changes;
  one.parts = {{"file `main.tf`", "12"}};
  one.lineage = "l";
  one.serial = 3;
  one.plugins = {{"registry.opentofu.org/hashicorp/null", "3.2.4"}};
  one.inputs = {{"up", "34"}};
  one.plan.objects = document->objects;
  one.plan.objects.front().lets_be = true;
  one.plan.outputs = document->outputs;
  one.plan.deferred = {"x.c"};
  plan.procedures.push_back(one);
  return plan;
}

}  // namespace

TEST_CASE("a reviewed plan is read as it was written") {
  plans::ReviewedPlan plan = one_plan();
  const std::string text = plans::write_reviewed(plan);
  auto read = plans::read_reviewed(text);
  REQUIRE(read);
  CHECK(read->digest == plan.digest);
  CHECK(read->target == "sandbox");
  REQUIRE(read->find("sandbox/here/web/000/a") != nullptr);
  CHECK(read->find("sandbox/here/web/000/b") == nullptr);
  const plans::ReviewedProcedure& one = read->procedures.front();
  CHECK(one.parts.at("file `main.tf`") == "12");
  CHECK(one.serial == 3);
  CHECK(one.plugins.at("registry.opentofu.org/hashicorp/null") == "3.2.4");
  CHECK(one.plan.objects.front().replaces == std::vector<std::string>{"a[0]"});
  CHECK(one.plan.objects.front().lets_be);
  CHECK(plans::write_reviewed(*read) == text);
}

TEST_CASE("every byte of it counts") {
  plans::ReviewedPlan plan = one_plan();
  const std::string text = plans::write_reviewed(plan);
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = other[i] == '7' ? '8' : '7';
    const auto read = plans::read_reviewed(other);
    CHECK(!read);
    if (i + 1 < text.size()) CHECK(!plans::read_reviewed(text.substr(0, i)));
  }
}
