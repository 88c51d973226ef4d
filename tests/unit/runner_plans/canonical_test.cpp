#include "runner/plans/canonical.h"

#include <catch2/catch.hpp>

namespace space::plans {

TEST_CASE("the same plan has the same digest, whenever and however it was printed") {
  const auto one = canonical_digest(R"({"format_version":"1.2","timestamp":"a","x":{"b":1.50}})");
  const auto two = canonical_digest(
      "{ \"x\": {\"b\": 1.50},\n \"timestamp\": \"b\", \"format_version\": \"1.2\" }");
  REQUIRE(one);
  REQUIRE(two);
  CHECK(*one == *two);
  CHECK(one->size() == 64);
}

TEST_CASE("any other difference is another digest") {
  const auto one = canonical_digest(R"({"a":"x y","b":[1,2]})");
  for (const char* other :
       {R"({"a":"xy","b":[1,2]})", R"({"a":"x y","b":[1,2,3]})", R"({"a":"x y"})",
        R"({"a":"x y","b":[2,1]})", R"({"a":"x y","b":[1,2],"c":null})"})
    CHECK(*one != *canonical_digest(other));
  CHECK_FALSE(canonical_digest("{"));
}

}  // namespace space::plans
