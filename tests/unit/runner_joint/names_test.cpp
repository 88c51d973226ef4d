#include "runner/joint/names.h"

#include <catch2/catch.hpp>

namespace space::joint {

TEST_CASE("names lead there and back") {
  CHECK(module_address(7) == "module.p00007");
  CHECK(inner_name(12, "net_id") == "p00012__net_id");
  const auto name = split_name("p00012__net__id");
  REQUIRE(name);
  CHECK(name->root == 12);
  CHECK(name->name == "net__id");
  const auto address = split_address("module.p00007.module.m[\"a.b\"].terraform_data.x[0]");
  REQUIRE(address);
  CHECK(address->root == 7);
  CHECK(address->name == "module.m[\"a.b\"].terraform_data.x[0]");
  REQUIRE(split_address("module.p00007"));
  CHECK(split_address("module.p00007")->name.empty());
}

TEST_CASE("what only looks like one is none") {
  for (const char* text : {"", "module.", "module.p0000", "module.p0000x.y", "module.p00007x.y",
                           "terraform_data.p00007", "module.q00007.y"})
    CHECK_FALSE(split_address(text));
  for (const char* text : {"", "p00007", "p00007_id", "x00007__id"}) CHECK_FALSE(split_name(text));
}

TEST_CASE("tofu's words lose our modules and no others") {
  CHECK(without_modules("module.p00007.terraform_data.x: gone") == "terraform_data.x: gone");
  CHECK(without_modules("in module.p00007.module.p00008.x, module.p00001.y") ==
        "in module.p00008.x, y");
  CHECK(without_modules("module.p00007[0].x module.other.x p00007") ==
        "module.p00007[0].x module.other.x p00007");
  CHECK(without_modules("my_module.p00007.x and the end is module.p00007") ==
        "my_module.p00007.x and the end is module.p00007");
  CHECK(without_modules("module.").substr(0) == "module.");
}

}  // namespace space::joint
