#include <catch2/catch.hpp>

#include "core/values/convert.h"
#include "core/values/ip.h"

using namespace space::values;

namespace {

bool fits(Refinement refinement, const char* text) {
  return !check_refinement(refinement, Value::string(text));
}

}  // namespace

TEST_CASE("refined strings") {
  for (const char* good : {"10.0.0.0/8", "fd00::/8", "10.1.2.3/32", "::/0"})
    CHECK(fits(Refinement::Cidr, good));
  for (const char* bad :
       {"10.0.0.0", "10.0.0.0/33", "10.0.0/8", "fd00::/129", "x/8", "10.0.0.0/", "10.0.0.0/-1"}) {
    CHECK_FALSE(fits(Refinement::Cidr, bad));
  }
  for (const char* good : {"10.0.0.1", "::1", "fd00::1:2", "1:2:3:4:5:6:7:8", "::ffff:10.0.0.1"})
    CHECK(fits(Refinement::Ip, good));
  for (const char* bad :
       {"", "10.0.0", "10.0.0.256", "1:2:3", "1::2::3", "g::", "1:2:3:4:5:6:7:8:9"})
    CHECK_FALSE(fits(Refinement::Ip, bad));
  for (const char* good : {"example.com", "a", "a-b.c", "example.com."})
    CHECK(fits(Refinement::Hostname, good));
  for (const char* bad : {"", "-a", "a-", "a..b", "a_b", "a b"})
    CHECK_FALSE(fits(Refinement::Hostname, bad));
  for (const char* good : {"https://example.com/x?y", "pg+ssl://h", "http://[::1]:80/"})
    CHECK(fits(Refinement::Url, good));
  for (const char* bad :
       {"example.com", "https://", "://x", "https://a b", "https:///x", "https://:80"})
    CHECK_FALSE(fits(Refinement::Url, bad));
  for (const char* good : {"90s", "1h30m", "1.5h", "-5ms", "0", "10\xC2\xB5s"})
    CHECK(fits(Refinement::Duration, good));
  CHECK(fits(Refinement::Duration, "-2562047h47m16.854775808s"));
  for (const char* bad : {"", "90", "s", "1d", "1h 30m", ".", "2562047h47m16.854775808s"})
    CHECK_FALSE(fits(Refinement::Duration, bad));
  for (const char* good : {"1.4.0", "2.0.0-rc.1", "1.0.0+build.5"})
    CHECK(fits(Refinement::Semver, good));
  for (const char* bad : {"1.4", "01.0.0", "1.0.0-", "v1.0.0", "1.0.0-01"})
    CHECK_FALSE(fits(Refinement::Semver, bad));
  CHECK(fits(Refinement::Json, "{\"a\": [1]}"));
  CHECK_FALSE(fits(Refinement::Json, "{a: 1}"));
}

TEST_CASE("refined numbers") {
  CHECK_FALSE(check_refinement(Refinement::Port, Value::number(443)));
  CHECK(check_refinement(Refinement::Port, Value::number(65536)));
  CHECK(check_refinement(Refinement::Port, Value::number(*Number::parse("1.5"))));
  CHECK_FALSE(check_refinement(Refinement::Percent, Value::number(*Number::parse("99.5"))));
  CHECK(check_refinement(Refinement::Percent, Value::number(-1)));
}

TEST_CASE("what is not known yet is not broken") {
  CHECK_FALSE(check_refinement(Refinement::Cidr, Value::unknown(Type::string())));
  CHECK_FALSE(check_refinement(Refinement::Cidr, Value::null(Type::string())));
}

TEST_CASE("the reason is in the message") {
  CHECK(*check_refinement(Refinement::Cidr, Value::string("10.0.0.0/33")) ==
        "`10.0.0.0/33` is no CIDR block: a prefix length is at most 32");
  CHECK(check_refinement(Refinement::Ip, Value::string(""))
            ->starts_with("the empty text is no IP address: "));
  CHECK(*check_refinement(Refinement::Json, Value::string("{\n  a: 1\n}")) ==
        "`{…` is no JSON document: byte 5 is not expected");
  const std::string umlauts = "\u00e4\u00e4";
  CHECK(check_refinement(Refinement::Hostname, Value::string(umlauts))
            ->starts_with("`" + umlauts + "` is no host name: "));
}

TEST_CASE("addresses print as Go prints them") {
  for (const char* text :
       {"10.0.0.1", "::", "::1", "1::", "fd00:0:1::1", "1:2:3:4:5:6:7:8", "2001:db8::1:0:0:1"}) {
    CHECK(parse_ip(text)->to_string() == text);
  }
  CHECK(parse_ip("2001:0db8:0000:0000:0000:0000:0000:0001")->to_string() == "2001:db8::1");
  CHECK(parse_ip("1:0:2:0:3:0:4:0")->to_string() == "1:0:2:0:3:0:4:0");
}
