#include "core/values/render.h"

#include <catch2/catch.hpp>

using namespace space::values;

namespace {

Value json(const std::string& text) {
  std::string error;
  auto value = from_json(text, error);
  INFO(error);
  REQUIRE(value);
  return *value;
}

std::string refused(const std::string& text) {
  std::string error;
  CHECK_FALSE(from_json(text, error));
  return error;
}

}  // namespace

TEST_CASE("HCL as tofu fmt leaves it") {
  CHECK(to_hcl(json(R"("a\"b\\c\n\t${x}%{y}$ % $$")")) == R"("a\"b\\c\n\t$${x}%%{y}$ % $$")");
  CHECK(to_hcl(Value::string("\x01")) == R"("\u0001")");
  CHECK(to_hcl(json("[1, \"a\", true, null]")) == "[1, \"a\", true, null]");
  CHECK(to_hcl(json("{}")) == "{}");
  CHECK(to_hcl(json("[]")) == "[]");
  CHECK(to_hcl(json(R"({"a": 1, "long": "x"})")) == "{\n  a    = 1\n  long = \"x\"\n}");
  CHECK(to_hcl(json(R"([{"a": 1}, {}])")) == "[\n  {\n    a = 1\n  },\n  {},\n]");
}

TEST_CASE("keys are bare where they may be") {
  CHECK(to_hcl(json(R"({"a-b": 1, "a b": 2, "1": 3, "for": 4, "null": 5})")) ==
        "{\n  \"1\"    = 3\n  \"a b\"  = 2\n  a-b    = 1\n  \"for\"  = 4\n  \"null\" = 5\n}");
}

TEST_CASE("on one line") {
  CHECK(to_hcl_line(json(R"({"a": [1, {"b": {}}], "c": "x"})")) ==
        "{ a = [1, { b = {} }], c = \"x\" }");
}

TEST_CASE("indentation starts where it is asked to") {
  CHECK(to_hcl(json(R"({"a": 1})"), 2) == "{\n    a = 1\n  }");
}

TEST_CASE("JSON as jsonencode writes it") {
  CHECK(to_json(json(R"({"b": 1.50, "a": "<&>\u2028\u0001\u00e9"})")) ==
        R"({"a":"\u003c\u0026\u003e\u2028\u0001é","b":1.5})");
  CHECK(to_json(json("123456789012345678901234567890")) == "123456789012345678901234567890");
  CHECK(to_json(json(" [ true , null ] ")) == "[true,null]");
  CHECK(to_json(json(R"({"a":1,"a":2})")) == R"({"a":2})");
  CHECK(to_json(json(R"("\ud83d\ude00\ud800x")")) == "\"\xF0\x9F\x98\x80\xEF\xBF\xBDx\"");
}

TEST_CASE("what is no JSON is refused with its place") {
  for (const char* text :
       {"",      "[",          "[1,]",   "{\"a\"}",   "{\"a\":}", "{a:1}",    "01",  "1.",
        "-",     "+1",         ".5",     "\"\\x\"",   "\"a",      "tru",      "nul", "1 2",
        "[1 2]", "{\"a\":1,}", "\"\n\"", "\"\\u12\"", "]",        "{\"a\":1]"}) {
    INFO(text);
    CHECK_FALSE(refused(text).empty());
  }
  CHECK(refused("[1,]") == "it is no JSON: byte 4 is not expected");
  CHECK(refused("[1") == "it is no JSON: it ends too early");
  CHECK(refused("\"\xFF\"") == "it is no UTF-8");
}

TEST_CASE("JSON may be deep, but not without end") {
  CHECK(to_json(json(std::string(900, '[') + std::string(900, ']'))).size() == 1800);
  CHECK(refused(std::string(100'000, '[')).find("deeper") != std::string::npos);
}
