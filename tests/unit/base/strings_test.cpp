#include "core/base/strings.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace space::base;

TEST_CASE("split keeps empty parts, join puts them together again") {
  CHECK(split("a,b,,c", ',') == std::vector<std::string_view>{"a", "b", "", "c"});
  CHECK(split("", ',') == std::vector<std::string_view>{""});
  CHECK(split(",", ',') == std::vector<std::string_view>{"", ""});
  const std::vector<std::string> parts{"a", "", "b"};
  CHECK(join(parts, ", ") == "a, , b");
  CHECK(join({}, ", ").empty());
}

TEST_CASE("trim, to_lower_ascii and replace_all") {
  CHECK(trim(" \t\r\n a b \v\f") == "a b");
  CHECK(trim(" \n").empty());
  CHECK(to_lower_ascii("AbZ\xC3\x84") == "abz\xC3\x84");
  CHECK(replace_all("aaa", "a", "aa") == "aaaaaa");
  CHECK(replace_all("a--b", "--", "") == "ab");
  CHECK(replace_all("abc", "", "x") == "abc");
}

TEST_CASE("find_invalid_utf8 tells the first bad offset") {
  CHECK(find_invalid_utf8("") == std::nullopt);
  CHECK(find_invalid_utf8("a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x9A\x80\xF4\x8F\xBF\xBF") == std::nullopt);
  CHECK(find_invalid_utf8(std::string_view("a\0b", 3)) == std::nullopt);
  const std::vector<std::pair<std::string, std::size_t>> bad{
      {"ab\x80", 2},            // a continuation byte alone
      {"a\xC0\x80", 1},         // overlong NUL
      {"\xC1\xBF", 0},          // overlong
      {"\xE0\x9F\xBF", 0},      // overlong
      {"a\xED\xA0\x80", 1},     // a surrogate
      {"\xF0\x8F\xBF\xBF", 0},  // overlong
      {"\xF4\x90\x80\x80", 0},  // past U+10FFFF
      {"\xF5\x80\x80\x80", 0},  // no lead byte
      {"abc\xE2\x82", 3},       // cut at the end
      {"\xE2\x82z", 0},         // cut in the middle
      {"\xC3\xA4\xFF", 2},
  };
  for (const auto& [text, offset] : bad) {
    CAPTURE(text);
    CHECK(find_invalid_utf8(text) == offset);
  }
}

TEST_CASE("closest finds what was meant and nothing else") {
  const std::vector<std::string_view> names{"network", "networks", "cluster", "database"};
  CHECK(closest("netwrok", names) == "network");  // a swap counts once
  CHECK(closest("networ", names) == "network");   // nearer than networks
  CHECK(closest("network", names) == "network");
  CHECK(closest("clutser", names) == "cluster");
  CHECK(closest("databse", names) == "database");
  CHECK(closest("queue", names) == std::nullopt);
  CHECK(closest("", names) == std::nullopt);
  CHECK(closest("x", {}) == std::nullopt);
}

TEST_CASE("closest bounds: a third of the longer one, one at least, never the whole word") {
  const std::vector<std::string_view> names{"ab", "x", "abcdef"};
  CHECK(closest("a", std::vector<std::string_view>{"b"}) == std::nullopt);
  CHECK(closest("ac", names) == "ab");
  CHECK(closest("abcdXY", names) == "abcdef");      // 2 of 6
  CHECK(closest("abcXYZ", names) == std::nullopt);  // 3 of 6
  CHECK(closest("bat", std::vector<std::string_view>{"cat", "rat"}) ==
        "cat");  // the first of equals
}

TEST_CASE("list_names") {
  const std::vector<std::string> names{"a", "b", "c", "d"};
  CHECK(list_names({}).empty());
  CHECK(list_names(std::span(names).first(1)) == "`a`");
  CHECK(list_names(std::span(names).first(2)) == "`a` and `b`");
  CHECK(list_names(std::span(names).first(3)) == "`a`, `b` and `c`");
  CHECK(list_names(names, 4) == "`a`, `b`, `c` and `d`");
  CHECK(list_names(names, 2) == "`a`, `b` and 2 more");
}
