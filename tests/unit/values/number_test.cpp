#include "core/values/number.h"

#include <catch2/catch.hpp>

using space::values::Number;

namespace {

Number parse(std::string_view text) {
  const auto number = Number::parse(text);
  REQUIRE(number);
  return *number;
}

}  // namespace

TEST_CASE("numbers print the shortest text that reads back") {
  const auto [written, wanted] = GENERATE(table<std::string, std::string>({
      {"0", "0"},
      {"-0", "-0"},
      {"1.50", "1.5"},
      {"0.1", "0.1"},
      {"1e3", "1000"},
      {"1E-3", "0.001"},
      {".5", "0.5"},
      {"5.", "5"},
      {"+7", "7"},
      {"9223372036854775807", "9223372036854775807"},
      {"9223372036854775808", "9223372036854775808"},
      {"-9223372036854775809", "-9223372036854775809"},
      {"123456789012345678901234567890.125", "123456789012345678901234567890.125"},
      {"0.00000000000000000001", "0.00000000000000000001"},
  }));
  CHECK(parse(written).to_string() == wanted);
  CHECK(parse(parse(written).to_string()) == parse(written));
}

TEST_CASE("what is no number is refused") {
  const std::string text =
      GENERATE("", "-", ".", "abc", "1x", " 1", "1 ", "0x10", "1e", "1e+", "--1", "1.2.3", "1_000",
               "inf", "nan", "1e999999999", "1e-999999999");
  CHECK_FALSE(Number::parse(text));
}

TEST_CASE("arithmetic is exact where 512 bits are enough, and overflows into them") {
  CHECK((parse("0.1") + parse("0.2")).to_string() == "0.3");
  CHECK((parse("9223372036854775807") + parse("1")).to_string() == "9223372036854775808");
  CHECK((parse("-9223372036854775808") - parse("1")).to_string() == "-9223372036854775809");
  CHECK((parse("9223372036854775807") * parse("9223372036854775807")).to_string() ==
        "85070591730234615847396907784232501249");
  CHECK(Number(INT64_MIN).negated().to_string() == "9223372036854775808");
  CHECK(Number(INT64_MIN).absolute().to_string() == "9223372036854775808");
}

TEST_CASE("a quotient has the larger precision of its operands") {
  CHECK(Number::divide(Number(1), Number(3))->to_string() == "0.33333333333333333334");
  CHECK(Number::divide(parse("1"), Number(3))->to_string().size() > 150);
  CHECK_FALSE(Number::divide(parse("1"), parse("0")));
}

TEST_CASE("modulo takes the sign of the first operand") {
  CHECK(Number::modulo(parse("-7"), parse("3")).to_string() == "-1");
  CHECK(Number::modulo(parse("7"), parse("-3")).to_string() == "1");
  CHECK(Number::modulo(parse("7.5"), parse("2")).to_string() == "1.5");
  CHECK(Number::modulo(parse("7"), parse("0")).to_string() == "7");
}

TEST_CASE("numbers compare by value, whatever their precision") {
  CHECK(parse("1") == Number(1));
  CHECK(parse("0") == parse("-0"));
  CHECK(parse("0.5") < Number(1));
  CHECK(parse("1e30") > Number(INT64_MAX));
  CHECK(parse("-1e30") < Number(INT64_MIN));
}

TEST_CASE("whole numbers leave as integers when they fit") {
  CHECK(parse("1e3").to_int64() == 1000);
  CHECK(parse("-9223372036854775808").to_int64() == INT64_MIN);
  CHECK_FALSE(parse("9223372036854775808").to_int64());
  CHECK_FALSE(parse("1.5").to_int64());
  CHECK(parse("1.5").floor().to_int64() == 1);
  CHECK(parse("-1.5").floor().to_int64() == -2);
  CHECK(parse("-1.5").ceil().to_int64() == -1);
}

TEST_CASE("doubles come and go unchanged") {
  for (const double value : {0.0, 1.0, -2.5, 0.1, 1e300, 5e-324, 1.7976931348623157e308}) {
    CHECK(Number::from_double(value)->to_double() == value);
  }
  CHECK(Number::from_double(0.1)->to_string() == "0.1");
  CHECK_FALSE(Number::from_double(1.0 / 0.0));
}

TEST_CASE("bases") {
  CHECK(Number::parse_integer("ff", 16)->to_string() == "255");
  CHECK(Number::parse_integer("-101", 2)->to_string() == "-5");
  CHECK(Number::parse_integer("aA", 62)->to_string() == "656");
  CHECK_FALSE(Number::parse_integer("8", 8));
  CHECK_FALSE(Number::parse_integer("", 10));
  CHECK(parse("255").to_radix(16) == "ff");
  CHECK(parse("-5").to_radix(2) == "-101");
}
