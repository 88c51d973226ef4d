#include "runner/joint/left_out.h"

#include <catch2/catch.hpp>

namespace space::joint {

namespace {

using Learned = LeftOut::Learned;

// Stage 000 gives `id`, stage 010 reads it as `up`; the third one has a provider made of it.
struct Scene {
  runplan::RunPlan plan;
  std::vector<Part> parts;

  Scene() {
    for (const char* id : {"e/s/m/000/a", "e/s/m/010/b", "e/s/m/010/c"}) {
      runplan::Root root;
      root.id = id;
      root.variables = {{"up", values::Type::string(), false, false, true,
                         runplan::FromOutput{"e/s/m/000/a", "id"}}};
      plan.roots.push_back(root);
    }
    plan.roots[0].variables.clear();
    plan.roots[2].provider_blocks = {{"lab", "", "provider \"lab\" {\n}\n", {"up"}}};
    for (std::size_t i = 0; i < 3; ++i) {
      Part part{i, {}};
      if (i > 0)
        part.wires = {{&plan.roots[i].variables[0], Wire::Kind::Joined, "", 0, "id", false}};
      parts.push_back(part);
    }
  }
};

plans::PlanDocument planned(const std::string& id) {
  auto plan = plans::read_plan(
      R"({"format_version":"1.2","output_changes":{"p00000__id":)" + id +
      R"(},"configuration":{"root_module":{"module_calls":{"p00001":{"module":{"resources":[
        {"address":"x.many","mode":"managed","count_expression":{"references":["var.up"]}},
        {"address":"x.own","mode":"managed","count_expression":{"references":["x.many"]}},
        {"address":"x.alone","mode":"managed","count_expression":{"references":["x.it.id"]}}]}}}}}})");
  REQUIRE(plan);
  return *plan;
}

const std::string k_unknown = R"({"actions":["create"],"before":null,"after_unknown":true})";
const std::string k_known =
    R"({"actions":["no-op"],"before":"x","after":"x","after_unknown":false})";

runplan::TofuDiagnostic count_error(const std::string& address) {
  runplan::TofuDiagnostic diagnostic;
  diagnostic.summary = "Invalid count argument";
  diagnostic.detail = "it cannot be determined until apply: use -exclude=" + address + " to go on";
  return diagnostic;
}

std::vector<std::string> addresses(const LeftOut& left_out) {
  std::vector<std::string> list;
  for (const Exclusion& one : left_out.exclusions()) list.push_back(one.address);
  return list;
}

using Addresses = std::vector<std::string>;

}  // namespace

TEST_CASE("a procedure waits for its provider's configuration until that is known") {
  Scene scene;
  LeftOut left_out(scene.plan, scene.parts);
  CHECK(addresses(left_out) == Addresses{"module.p00002"});
  CHECK(left_out.take_plan(planned(k_unknown)) == Learned::Nothing);
  CHECK(addresses(left_out) == Addresses{"module.p00002"});
  CHECK(left_out.take_plan(planned(k_known)) == Learned::Something);
  CHECK(addresses(left_out).empty());
  CHECK(left_out.take_plan(planned(k_known)) == Learned::Nothing);
}

TEST_CASE("an unknown count that an earlier stage makes known is left out, once") {
  Scene scene;
  LeftOut left_out(scene.plan, scene.parts);
  const std::vector errors{count_error("module.p00001.x.many")};
  CHECK(left_out.take_errors(errors) == Learned::Something);
  CHECK(left_out.take_errors(errors) == Learned::Nothing);
  CHECK(left_out.take_plan(planned(k_unknown)) == Learned::Nothing);
  CHECK(left_out.failed().empty());
}

TEST_CASE("one that only its own objects make known fails its procedure") {
  Scene scene;
  LeftOut left_out(scene.plan, scene.parts);
  CHECK(left_out.take_errors({count_error("module.p00001.x.alone")}) == Learned::Something);
  CHECK(left_out.take_plan(planned(k_unknown)) == Learned::Something);
  CHECK(left_out.failed().at(1).front().summary == "Invalid count argument");
  CHECK(addresses(left_out) ==
        Addresses{"module.p00001.x.alone", "module.p00001", "module.p00002"});
  CHECK(left_out.take_plan(planned(k_unknown)) == Learned::Nothing);
}

TEST_CASE("another error fails its procedure, once nothing unknown is left to find") {
  Scene scene;
  LeftOut left_out(scene.plan, scene.parts);
  runplan::TofuDiagnostic broken;
  broken.summary = "Resource precondition failed";
  broken.file = "e/s/m/010/b/main.tf";
  CHECK(left_out.take_errors({broken, count_error("module.p00001.x.many")}) == Learned::Something);
  CHECK(left_out.failed().empty());
  CHECK(left_out.take_errors({broken}) == Learned::Something);
  CHECK(left_out.failed().count(1) == 1);
  CHECK(left_out.take_errors({broken}) == Learned::Nothing);
}

TEST_CASE("an error of no procedure teaches nothing") {
  Scene scene;
  LeftOut left_out(scene.plan, scene.parts);
  runplan::TofuDiagnostic strange;
  strange.summary = "the disk is full";
  CHECK(left_out.take_errors({strange}) == Learned::Nothing);
}

}  // namespace space::joint
