#include "runner/tofu/outputs.h"

#include <catch2/catch.hpp>

namespace space::tofu {

namespace {

runplan::Root root_with(std::vector<runplan::Output> outputs) {
  runplan::Root root;
  root.id = "e/s/m/000/p";
  root.outputs = std::move(outputs);
  return root;
}

}  // namespace

TEST_CASE("numbers of outputs keep every digit") {
  const auto outputs = parse_outputs(
      R"({"n":{"sensitive":false,"type":"number","value":12345678901234567890.123456789},"s":{"sensitive":true,"type":"string","value":"x"}})");
  REQUIRE(outputs.has_value());
  CHECK(outputs->at("n").json == "12345678901234567890.123456789");
  CHECK(outputs->at("s").json == "\"x\"");
  CHECK(outputs->at("s").sensitive);
  CHECK_FALSE(parse_outputs(R"({"n":{"type":"number"}})").has_value());
  CHECK_FALSE(parse_outputs("").has_value());
  CHECK_FALSE(parse_outputs(R"({"n":{"value":1}} x)").has_value());
}

TEST_CASE("a value is the same however it is indented") {
  const auto outputs = parse_outputs(
      "{\"a\": {\"type\": [ \"list\",\n \"string\" ], \"value\": [\n  \"x y\\\" z\\\\\", { \"b\" : "
      "1.50 }\n] }}");
  REQUIRE(outputs.has_value());
  CHECK(outputs->at("a").json == "[\"x y\\\" z\\\\\",{\"b\":1.50}]");
  CHECK(outputs->at("a").type == "[\"list\",\"string\"]");
}

TEST_CASE("a local state of version 4 is read, others are left to tofu") {
  const auto state = parse_local_state(
      R"({"version":4,"terraform_version":"1.12.6","serial":3,"lineage":"l","outputs":{"a":{"value":[1,2],"type":["tuple",["number","number"]]}},"resources":[{"instances":[{"x":1},{}]},{"mode":"managed","instances":[]},{"instances":[{}],"y":{}}],"check_results":null})");
  REQUIRE(state.has_value());
  REQUIRE(state->has_value());
  CHECK((*state)->serial == 3);
  CHECK((*state)->lineage == "l");
  CHECK((*state)->objects == 3);  // instances: a resource may have none or many
  CHECK((*state)->outputs.at("a").json == "[1,2]");
  CHECK_FALSE(parse_local_state(R"({"serial":3,"lineage":"l","meta":{},"encrypted_data":"x"})")
                  .value()
                  .has_value());
  CHECK_FALSE(parse_local_state(R"({"version":5,"serial":3})").value().has_value());
  CHECK_FALSE(parse_local_state(R"({"version":4,"serial":)").has_value());
  CHECK_FALSE(parse_local_state("").has_value());
}

TEST_CASE("outputs are held to what is declared") {
  const runplan::Root root =
      root_with({{"list", values::Type::list(values::Type::string()), false, false},
                 {"maybe", values::Type::string(), false, true},
                 {"text", values::Type::string(), false, false}});
  Outputs good{{"list", {R"(["a"])", "", false}},
               {"text", {R"("x")", "", false}},
               {"other", {"1", "", false}}};
  const auto checked = check_outputs(root, good);
  REQUIRE(checked.has_value());
  CHECK(checked->size() ==
        2);  // undeclared ones are not passed on, a missing optional one is no error

  Outputs missing = good;
  missing.erase("text");
  CHECK(check_outputs(root, missing).error().message.find("`text`") != std::string::npos);
  Outputs null = good;
  null["text"].json = "null";
  CHECK_FALSE(check_outputs(root, null).has_value());
  Outputs wrong = good;
  wrong["list"].json = R"({"a":1})";
  CHECK(check_outputs(root, wrong).error().message.find("`list`") != std::string::npos);
}

TEST_CASE("how an output is not as declared, without a sensitive value") {
  using Kind = OutputProblem::Kind;
  const runplan::Output number{"n", values::Type::number(), false, false};
  const auto kind = [](const runplan::Output& declared, const OutputValue& given) {
    const auto problem = check_output(declared, &given);
    return problem ? std::optional(problem->kind) : std::nullopt;
  };
  CHECK_FALSE(kind(number, {"1", "", false}).has_value());
  CHECK(check_output(number, nullptr)->kind == Kind::Missing);
  CHECK(kind(number, {"null", "", false}) == Kind::Missing);
  CHECK(kind(number, {"[]", "", false}) == Kind::Type);
  CHECK(kind(number, {"1", "", true}) == Kind::Sensitive);
  const runplan::Output hidden{"n", values::Type::number(), true, false};
  CHECK_FALSE(kind(hidden, {"1", "", true}).has_value());
  const OutputValue wrong{"\"abc\"", "", true};
  CHECK(check_output(hidden, &wrong)->what.find("abc") == std::string::npos);
  const OutputValue open{"\"abc\"", "", false};
  CHECK(check_output(number, &open)->what.find("abc") != std::string::npos);
}

TEST_CASE("the texts and numbers in a value") {
  using Leaves = std::vector<std::string>;
  CHECK(leaves_of("\"a\\n\\u00e4\"") == Leaves{"a\n\xc3\xa4"});
  CHECK(leaves_of(R"({"k":["x",{"l":[]},"y"],"n":1.50,"b":true,"z":null})") ==
        Leaves{"x", "y", "1.50"});
  CHECK(leaves_of("[]").empty());
  CHECK(leaves_of("").empty());
  CHECK(leaves_of("[\"a\",") == Leaves{"a"});
}

}  // namespace space::tofu
