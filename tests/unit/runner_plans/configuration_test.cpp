#include "runner/plans/configuration.h"

#include <catch2/catch.hpp>

namespace space::plans {

namespace {

// A module `p` as tofu lists it: through nested modules, their outputs, a local, count and
// for_each.
constexpr const char* k_configuration = R"({"root_module":{"module_calls":{"p":{"module":{
  "resources":[
    {"address":"terraform_data.a","mode":"managed","expressions":{"input":{"references":["var.x.id","var.x"]},
      "triggers_replace":{"references":["var.t"]}},"count_expression":{"references":["var.n"]}},
    {"address":"terraform_data.b","mode":"managed","expressions":{"input":{"references":["terraform_data.a[0].id","terraform_data.a[0]","terraform_data.a"]}}},
    {"address":"terraform_data.c","mode":"managed","expressions":{"input":{"references":["local.z"]},"block":[{"x":{"references":["var.deep"]}}]}},
    {"address":"terraform_data.d","mode":"managed","expressions":{"input":{"references":["module.inner.out","module.inner"]}}},
    {"address":"data.external.e","mode":"data","expressions":{"query":{"references":["var.q"]}}},
    {"address":"terraform_data.f","mode":"managed","expressions":{"input":{"references":["data.external.e.result","data.external.e"]}}}],
  "module_calls":{"inner":{"expressions":{"given":{"references":["var.y"]},"other":{"references":["var.w"]}},
    "for_each_expression":{"references":["var.keys"]},"module":{
    "outputs":{"out":{"expression":{"references":["terraform_data.i.output","terraform_data.i"]}},"unused":{"expression":{"references":["var.other"]}}},
    "resources":[{"address":"terraform_data.i","mode":"managed","expressions":{"input":{"references":["var.given"]}}}]}}}
}}}}})";

const ConfiguredModule& module_of(Configuration& configuration) {
  runplan::JsonReader in(k_configuration);
  read_configuration(in, configuration);
  REQUIRE(in.finish());
  return configuration.root.modules.at("p");
}

using Names = std::set<std::string>;

}  // namespace

TEST_CASE("variables are followed to the arguments that they reach") {
  Configuration configuration;
  const ConfiguredModule& p = module_of(configuration);
  CHECK(variables_reaching(p, "terraform_data.a[0]", {"input"}).variables == Names{"n", "x"});
  CHECK(variables_reaching(p, "terraform_data.a", {"triggers_replace"}).variables ==
        Names{"n", "t"});
  CHECK(variables_reaching(p, "terraform_data.a", {""}).variables == Names{"n"});
  CHECK(variables_reaching(p, "terraform_data.b", {}).variables == Names{"n", "t", "x"});
  CHECK(variables_reaching(p, "terraform_data.d", {}).variables == Names{"y"});
  CHECK(variables_reaching(p, "terraform_data.f", {}).variables == Names{"q"});
  CHECK(variables_reaching(p, "module.inner[\"k.l\"].terraform_data.i", {}).variables ==
        Names{"keys", "y"});
  CHECK(variables_reaching(p, "terraform_data.none", {}).variables.empty());
}

TEST_CASE("what goes through a local may come from anywhere") {
  Configuration configuration;
  const ConfiguredModule& p = module_of(configuration);
  const Reached reached = variables_reaching(p, "terraform_data.c", {});
  CHECK(reached.through_local);
  CHECK(reached.variables == Names{"deep"});
  CHECK_FALSE(variables_reaching(p, "terraform_data.a", {}).through_local);
}

TEST_CASE("count and for_each of objects and calls") {
  Configuration configuration;
  const ConfiguredModule& p = module_of(configuration);
  CHECK(repetition_reaching(p, "terraform_data.a").variables == Names{"n"});
  CHECK(repetition_reaching(p, "module.inner").variables == Names{"keys"});
  CHECK(repetition_reaching(p, "terraform_data.b").variables.empty());
}

TEST_CASE("addresses without keys, and all that are configured") {
  CHECK(without_keys("module.a[0].x.y[\"k]\\\"[\"]") == "module.a.x.y");
  Configuration configuration;
  const ConfiguredModule& p = module_of(configuration);
  CHECK(configured_objects(p) == std::vector<std::string>{"data.external.e", "terraform_data.a",
                                                          "terraform_data.b", "terraform_data.c",
                                                          "terraform_data.d", "terraform_data.f",
                                                          "module.inner.terraform_data.i"});
}

}  // namespace space::plans
