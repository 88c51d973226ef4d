#include "core/base/escapes.h"

#include <catch2/catch.hpp>

using namespace space;

namespace {

std::string utf8(std::uint32_t point) {
  std::string out;
  base::append_utf8(out, point);
  return out;
}

}  // namespace

TEST_CASE("hex digits, there and back") {
  CHECK(base::hex_digit('0') == 0u);
  CHECK(base::hex_digit('9') == 9u);
  CHECK(base::hex_digit('a') == 10u);
  CHECK(base::hex_digit('F') == 15u);
  for (const char c : std::string("/:@G`g\x80", 7)) CHECK_FALSE(base::hex_digit(c));
  CHECK(base::to_hex(std::string("\x00\x7F\xFFz", 4)) == "007fff7a");
  CHECK(base::to_hex("").empty());
}

TEST_CASE("five characters have a letter") {
  CHECK(base::escape_letter('"') == '"');
  CHECK(base::escape_letter('\\') == '\\');
  CHECK(base::escape_letter('\n') == 'n');
  CHECK(base::escape_letter('\r') == 'r');
  CHECK(base::escape_letter('\t') == 't');
  for (const char c : std::string("n'$/\b\f\0", 7)) CHECK(base::escape_letter(c) == '\0');
}

TEST_CASE("what a letter stands for is what has that letter") {
  for (int i = 1; i < 128; ++i) {
    const char c = static_cast<char>(i);
    if (const char letter = base::escape_letter(c); letter != '\0')
      CHECK(base::escaped_character(letter) == c);
    if (const char meant = base::escaped_character(c); meant != '\0')
      CHECK(base::escape_letter(meant) == c);
  }
}

TEST_CASE("code points behind a backslash") {
  const auto unescaped = [](std::string_view text) {
    std::string out;
    const std::size_t read = base::unescape_code_point(text, out);
    return std::to_string(read) + out;
  };
  CHECK(unescaped("u00e9x") == "5\xC3\xA9");
  CHECK(unescaped("U0001F600") == "9\xF0\x9F\x98\x80");
  for (const char* none :
       {"", "u", "u00e", "u00g0", "ud800", "udfff", "U00110000", "UFFFFFFFF", "x0041"})
    CHECK(unescaped(none) == "0");
}

TEST_CASE("a code point is as many bytes as it needs") {
  CHECK(utf8(0) == std::string(1, '\0'));
  CHECK(utf8(0x7F) == "\x7F");
  CHECK(utf8(0x80) == "\xC2\x80");
  CHECK(utf8(0x7FF) == "\xDF\xBF");
  CHECK(utf8(0x800) == "\xE0\xA0\x80");
  CHECK(utf8(0xFFFF) == "\xEF\xBF\xBF");
  CHECK(utf8(0x10000) == "\xF0\x90\x80\x80");
  CHECK(utf8(0x10FFFF) == "\xF4\x8F\xBF\xBF");
}
