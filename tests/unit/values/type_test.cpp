#include "core/values/type.h"

#include <catch2/catch.hpp>

#include "core/values/value.h"

using namespace space::values;

namespace {

Type server() {
  return Type::object(
      {{"name", {Type::string(), false, nullptr}},
       {"ports", {Type::list(Type::refined(Refinement::Port)), true, nullptr}},
       {"size", {Type::number(), true, std::make_shared<Value>(Value::number(2))}}});
}

}  // namespace

TEST_CASE("types are written as in the language") {
  CHECK(to_string(server()) ==
        "object({ name = string, ports = optional(list(port)), size = optional(number, 2) })");
  CHECK(to_string(server(), Refinements::Drop) ==
        "object({ name = string, ports = optional(list(number)), size = optional(number, 2) })");
  CHECK(to_string(Type::tuple({Type::string(), Type::any()})) == "tuple([string, any])");
  CHECK(to_string(Type::object({})) == "object({})");
  CHECK(to_string(Type::map(Type::set(Type::boolean()))) == "map(set(bool))");
}

TEST_CASE("types in cty's JSON") {
  CHECK(
      to_json(server()) ==
      R"(["object",{"name":"string","ports":["list","number"],"size":"number"},["ports","size"]])");
  CHECK(to_json(Type::any()) == R"("dynamic")");
  CHECK(to_json(Type::tuple({Type::boolean()})) == R"(["tuple",["bool"]])");
}

TEST_CASE("types compare by shape") {
  CHECK(server() == server());
  CHECK_FALSE(Type::refined(Refinement::Cidr) == Type::string());
  CHECK(server().without_refinements().has_optional());
  CHECK_FALSE(server().without_refinements().has_refinement());
  CHECK_FALSE(server().without_optionals().has_optional());
  CHECK(server().without_optionals() == server().without_optionals().without_optionals());
  CHECK(Type::list(Type::any()).has_any());
}

TEST_CASE("types in messages") {
  CHECK(describe(Type::string()) == "a string");
  CHECK(describe(Type::list(Type::string())) == "a list of string");
  CHECK(describe(server()) == "an object");
  CHECK(describe(Type::refined(Refinement::Ip)) == "an ip");
  CHECK(describe(Type::refined(Refinement::Cidr)) == "a cidr");
}
