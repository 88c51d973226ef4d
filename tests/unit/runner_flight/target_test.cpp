#include "runner/flight/target.h"

#include <catch2/catch.hpp>

namespace space::flight {

namespace {

runplan::RunPlan sample() {
  runplan::RunPlan plan;
  for (const char* id :
       {"prod/eu/shop/000/net", "sandbox/eu/shop--a/000/net", "sandbox/eu/shop--b/000/net",
        "sandbox/eu/shop/000/net--1", "sandbox/eu/shop/000/net--2", "sandbox/eu/shop/010/web",
        "sandbox/eu/shopping/000/web", "sandbox/us/shop/010/web"}) {
    runplan::Root root;
    root.id = id;
    plan.roots.push_back(root);
  }
  plan.environments = {{"prod", runplan::EnvironmentKind::Prod, "", 0},
                       {"sandbox", runplan::EnvironmentKind::Sandbox, "", 0}};
  return plan;
}

std::vector<std::size_t> select(const char* target) {
  const auto roots = select_roots(sample(), target);
  CAPTURE(target);
  REQUIRE(roots.has_value());
  return *roots;
}

base::Error refused(const char* target) {
  const auto roots = select_roots(sample(), target);
  CAPTURE(target);
  REQUIRE_FALSE(roots.has_value());
  return roots.error();
}

using Roots = std::vector<std::size_t>;

}  // namespace

TEST_CASE("targets from the whole environment down to one procedure") {
  CHECK(select("sandbox") == Roots{1, 2, 3, 4, 5, 6, 7});
  CHECK(select("sandbox/") == Roots{1, 2, 3, 4, 5, 6, 7});
  CHECK(select("prod") == Roots{0});
  CHECK(select("sandbox/us") == Roots{7});
  CHECK(select("sandbox/eu/shop") == Roots{1, 2, 3, 4, 5});
  CHECK(select("sandbox/eu/shop--a") == Roots{1});
  CHECK(select("sandbox/eu/shopping") == Roots{6});
  CHECK(select("sandbox/eu/shop/010") == Roots{5});
  CHECK(select("sandbox/eu/shop/web") == Roots{5});
  CHECK(select("sandbox/eu/shop/net") == Roots{1, 2, 3, 4});
  CHECK(select("sandbox/eu/shop/net--2") == Roots{4});
  CHECK(select("sandbox/eu/shop/000/net--1") == Roots{3});
}

TEST_CASE("what is not there is named, with what is near") {
  CHECK(refused("sandbix").message == "there is no environment `sandbix`");
  CHECK(refused("sandbix").help == "did you mean `sandbox`?");
  CHECK(refused("sandbox/uss").message == "there is no space `uss` in `sandbox`");
  CHECK(refused("sandbox/eu/shoping").help == "did you mean `shopping`?");
  CHECK(refused("sandbox/eu/shopping/wep").message ==
        "there is no stage or procedure `wep` in `sandbox/eu/shopping`");
  CHECK(refused("sandbox/eu/shopping/wep").help == "did you mean `web`?");
  CHECK(refused("sandbox/us/shop/020").help == "did you mean `010`?");
  CHECK(refused("sandbox/zzzzzz").help == "there is `eu` and `us`");
  CHECK(refused("a/b/c/d/e/f").message.find("too many parts") != std::string::npos);
  CHECK(refused("").message == "no target is given");
  CHECK(refused("sandbox//shop").message == "there is no space `` in `sandbox`");
}

TEST_CASE("the environment of what was selected") {
  const auto plan = sample();
  CHECK(environment_of(plan, {0})->kind == runplan::EnvironmentKind::Prod);
  CHECK(environment_of(plan, {5, 6})->kind == runplan::EnvironmentKind::Sandbox);
  CHECK(environment_of(plan, {}) == nullptr);
}

}  // namespace space::flight
