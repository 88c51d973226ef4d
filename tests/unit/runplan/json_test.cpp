#include <catch2/catch.hpp>

#include "core/runplan/json_reader.h"
#include "core/runplan/json_writer.h"

namespace space::runplan {

namespace {

bool reads(std::string_view text) {
  JsonReader in(text);
  return in.skip() && in.finish();
}

std::string escaped(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return json;
}

}  // namespace

TEST_CASE("what is JSON and what is not") {
  for (const char* good : {"0", "-0", "1.5e+10", "\"\"", "[]", "{}", "[[],{}]", " [1 , 2 ] ",
                           R"({"a":{"b":[null,true,false]}})", R"("\u0041\ud83d\ude00\n")"}) {
    CAPTURE(good);
    CHECK(reads(good));
  }
  for (const char* bad : {"",
                          " ",
                          "01",
                          "+1",
                          "1.",
                          ".5",
                          "1e",
                          "-",
                          "tru",
                          "nul",
                          "[1,]",
                          "[,1]",
                          "[1 2]",
                          "{\"a\"}",
                          "{\"a\":}",
                          "{a:1}",
                          "{\"a\":1,}",
                          "{,}",
                          "[",
                          "{",
                          "\"",
                          "\"\\x\"",
                          "\"\\u12\"",
                          "\"\\ud800\"",
                          "\"\\udc00\"",
                          "\"\\ud800\\u0041\"",
                          "\"\n\"",
                          "1 2",
                          "[]]",
                          "NaN",
                          "'a'",
                          "\"\xff\"",
                          "\"\xc0\x80\"",
                          "\"\xed\xa0\x80\""}) {
    CAPTURE(bad);
    CHECK_FALSE(reads(bad));
  }
}

TEST_CASE("depth is bounded") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  CHECK(reads(nested(JsonReader::k_depth)));
  CHECK_FALSE(reads(nested(JsonReader::k_depth + 1)));
  CHECK_FALSE(reads(std::string(1'000'000, '[')));
}

TEST_CASE("strings come back as they went in") {
  for (const std::string& text :
       {std::string("plain"), std::string("\"\\\n\r\t\x01\x7f"), std::string("a\0b", 3),
        std::string("\xe2\x80\xa8\xf0\x9f\x98\x80")}) {
    const std::string json = escaped(text);
    JsonReader again(json);
    std::string back;
    REQUIRE(again.read(back));
    CHECK(back == text);
  }
  CHECK(escaped("\xff") == "\"\xef\xbf\xbd\"");
}

TEST_CASE("numbers keep their text, whole ones must fit") {
  std::string_view text;
  JsonReader number(" 12345678901234567890.50 ");
  REQUIRE(number.read_number(text));
  CHECK(text == "12345678901234567890.50");
  std::int64_t value = 0;
  JsonReader large("99999999999999999999");
  CHECK_FALSE(large.read(value));
  JsonReader fraction("1.5");
  CHECK_FALSE(fraction.read(value));
  JsonReader good("-42");
  REQUIRE(good.read(value));
  CHECK(value == -42);
}

TEST_CASE("the first mistake sticks") {
  JsonReader in("{\"a\": tru}");
  std::string key;
  bool value = false;
  REQUIRE(in.begin_object());
  REQUIRE(in.next_member(key));
  CHECK_FALSE(in.read(value));
  const std::string error = in.error();
  CHECK_FALSE(in.next_member(key));
  CHECK_FALSE(in.finish());
  CHECK(in.error() == error);
  CHECK(error.find("byte 6") != std::string::npos);
}

TEST_CASE("the writer sets commas and lines") {
  JsonWriter out;
  out.begin_object();
  out.member("a", std::int64_t{1});
  out.line();
  out.strings("b", {"x", "y"});
  out.strings_if_any("c", {});
  out.key("d");
  out.begin_array();
  out.begin_object();
  out.end_object();
  out.boolean(false);
  out.end_array();
  out.line();
  out.end_object();
  CHECK(out.take() == "{\"a\":1,\n\"b\":[\"x\",\"y\"],\"d\":[{},false]\n}");
}

}  // namespace space::runplan
