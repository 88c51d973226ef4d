#include "compiler/model/state_lock.h"

#include <catch2/catch.hpp>

namespace space::model {

TEST_CASE("the name of a state is read as it is written") {
  const StateName name{"prod", "fsn1", "shop", "blue", "disk", "a"};
  CHECK(to_string(name) == "prod/fsn1/shop--blue/disk--a");
  CHECK(parse_state_name("prod/fsn1/shop--blue/disk--a") == name);
  const StateName plain{"prod", "fsn1", "shop", "", "net-work_1", ""};
  CHECK(to_string(plain) == "prod/fsn1/shop/net-work_1");
  CHECK(parse_state_name(to_string(plain)) == plain);
}

TEST_CASE("what is no name of a state") {
  for (const char* text : {"", "prod", "prod/fsn1/shop", "prod/fsn1/shop/a/b", "/fsn1/shop/a",
                           "prod//shop/a", "prod/fsn1//a", "prod/fsn1/shop/", "prod/fsn1/--k/a",
                           "prod/fsn1/shop--/a", "prod/fsn1/shop/a--", "prod/fsn1/shop/..",
                           "prod/fsn1/../a", "prod/fsn1/shop/A", "prod/fsn1/shop/a b"}) {
    INFO(text);
    CHECK_FALSE(parse_state_name(text).has_value());
  }
}

TEST_CASE("an address stays below what it is put behind") {
  for (const char* text :
       {"shop/fsn1/network", "live/prod/eu/vpc/terraform.tfstate", "a", "a..b/c"})
    CHECK(address_problem(text).empty());
  for (const char* text : {"", "/a", "../a", "a/../b", "a/./b", "a//b", "a/", "a b", "a\n", "a\"b",
                           "a\\b", "${a}", "%{a}", "\x7f"}) {
    INFO(text);
    CHECK_FALSE(address_problem(text).empty());
  }
}

TEST_CASE("a digest is of both the backend and the address") {
  CHECK(state_digest("s3 bucket=a", "x").size() == 16);
  CHECK(state_digest("s3 bucket=a", "x") != state_digest("s3 bucket=a", "y"));
  CHECK(state_digest("s3 bucket=a", "x") != state_digest("s3 bucket=b", "x"));
}

}  // namespace space::model
