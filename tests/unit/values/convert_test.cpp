#include "core/values/convert.h"

#include <catch2/catch.hpp>

#include "core/values/render.h"

using namespace space::values;

namespace {

Value json(const std::string& text) {
  std::string error;
  auto value = from_json(text, error);
  REQUIRE(value);
  return *value;
}

std::string converted(const std::string& text, const Type& type) {
  const Conversion conversion = convert(json(text), type);
  if (!conversion.value) return conversion.error.path + ": " + conversion.error.message;
  return to_json(*conversion.value) + " " + to_string(conversion.value->type());
}

Type object(std::initializer_list<std::pair<const std::string, ObjectAttribute>> attributes) {
  return Type::object(std::map<std::string, ObjectAttribute>(attributes));
}

}  // namespace

TEST_CASE("values convert as tofu converts them") {
  CHECK(converted("1.50", Type::string()) == "\"1.5\" string");
  CHECK(converted("\"1e3\"", Type::number()) == "1000 number");
  CHECK(converted("[1, \"a\", true]", Type::list(Type::any())) ==
        "[\"1\",\"a\",\"true\"] list(string)");
  CHECK(converted("[3, 1, 3]", Type::set(Type::number())) == "[1,3] set(number)");
  CHECK(converted("{\"a\": 1, \"b\": \"2\"}", Type::map(Type::number())) ==
        "{\"a\":1,\"b\":2} map(number)");
  CHECK(converted("[]", Type::list(Type::string())) == "[] list(string)");
  CHECK(converted("[1, null]", Type::list(Type::string())) == "[\"1\",null] list(string)");
}

TEST_CASE("objects take defaults and lose what nobody asked for") {
  const auto two = std::make_shared<Value>(Value::number(2));
  const Type type = object({{"a", {Type::string(), false, nullptr}},
                            {"b", {Type::number(), true, two}},
                            {"c", {Type::string(), true, nullptr}}});
  CHECK(converted("{\"a\": 1, \"x\": 9}", type) ==
        "{\"a\":\"1\",\"b\":2,\"c\":null} object({ a = string, b = number, c = string })");
  CHECK(converted("{\"a\": \"x\", \"b\": null}", type) ==
        "{\"a\":\"x\",\"b\":2,\"c\":null} object({ a = string, b = number, c = string })");
  CHECK(converted("{\"b\": 1}", type) == ": attribute `a` is required");
}

TEST_CASE("errors say where and why") {
  const Type servers =
      Type::list(object({{"port", {Type::refined(Refinement::Port), false, nullptr}}}));
  CHECK(converted("[{\"port\": 80}, {\"port\": \"x\"}]", servers) ==
        "[1].port: a number is required, and this is \"x\"");
  CHECK(converted("[{\"port\": 80}, {\"port\": 70000}]", servers) ==
        "[1].port: `70000` is no port: it is a whole number from 0 to 65535");
  CHECK(converted("\"yes\"", Type::boolean()) == ": a bool is required, and this is \"yes\"");
  CHECK(converted("\"TRUE\"", Type::boolean()) ==
        ": a bool is required, and this is \"TRUE\": write `true`");
  CHECK(converted("[1]", Type::string()) == ": a string is required, and this is a tuple");
  CHECK(converted("{\"a b\": []}", Type::map(Type::string())) ==
        "[\"a b\"]: a string is required, and this is an empty tuple");
}

TEST_CASE("marks, null and unknown pass") {
  const Type list = Type::list(Type::string());
  const Value secret = Value::number(1).with_marks({true, false});
  CHECK(convert(secret, Type::string()).value->marks().sensitive);
  CHECK(convert(Value::tuple({secret}), list).value->as_list()[0].marks().sensitive);
  CHECK(*convert(Value::null(), list).value == Value::null(list));
  CHECK(*convert(Value::unknown(Type::tuple({Type::number()})), Type::list(Type::any())).value ==
        Value::unknown(Type::list(Type::number())));
}

TEST_CASE("unification") {
  const auto unified = [](std::vector<Type> types, UnifyBy by = UnifyBy::AllConversions) {
    const auto type = unify(types, by);
    return type ? to_string(*type) : "nothing";
  };
  const Type number = Type::number(), string = Type::string(), boolean = Type::boolean();
  CHECK(unified({number, string}) == "string");
  CHECK(unified({number, boolean}) == "nothing");
  CHECK(unified({number, boolean, string}) == "string");
  CHECK(unified({Type::tuple({number}), Type::tuple({string})}) == "tuple([string])");
  CHECK(unified({Type::tuple({number}), Type::tuple({number, string})}) == "list(string)");
  CHECK(unified({Type::list(number), Type::tuple({string})}) == "list(string)");
  CHECK(unified({Type::list(number), Type::set(string)}) == "list(number)");
  CHECK(unified({object({{"a", {number, false, nullptr}}}),
                 object({{"b", {string, false, nullptr}}})}) == "map(string)");
  CHECK(unified({object({{"a", {number, false, nullptr}}}), Type::tuple({})}) == "nothing");
  CHECK(unified({Type::refined(Refinement::Cidr), string}) == "string");
  CHECK(unified({Type::refined(Refinement::Cidr), Type::refined(Refinement::Cidr)}) == "cidr");
  CHECK(unified({Type::any(), number}) == "number");
  CHECK(unified({Type::any(), number}, UnifyBy::SafeConversions) == "any");
  CHECK(unified({}) == "nothing");
}

TEST_CASE("types alone tell whether a conversion can work") {
  CHECK_FALSE(check_convertible(Type::string(), Type::number()));
  CHECK_FALSE(check_convertible(Type::any(), Type::list(Type::number())));
  CHECK(check_convertible(Type::list(Type::string()), Type::string()));
  CHECK(check_convertible(Type::boolean(), Type::number()));
  CHECK(check_convertible(Type::tuple({Type::list(Type::string())}), Type::list(Type::number()))
            ->path == "[0]");
}
