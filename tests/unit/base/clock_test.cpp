#include "core/base/clock.h"

#include <catch2/catch.hpp>

using space::base::rfc3339;

TEST_CASE("rfc3339 writes UTC with milliseconds") {
  CHECK(rfc3339(0) == "1970-01-01T00:00:00.000Z");
  CHECK(rfc3339(1'795'251'600'123) == "2026-11-21T09:00:00.123Z");
  CHECK(rfc3339(951'782'399'999) == "2000-02-28T23:59:59.999Z");
  CHECK(rfc3339(951'782'400'000) == "2000-02-29T00:00:00.000Z");
  CHECK(rfc3339(-1) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("the monotonic clock does not go back") {
  const space::base::SystemClock clock;
  const auto first = clock.mono_milliseconds();
  CHECK(clock.mono_milliseconds() >= first);
  CHECK(clock.wall_milliseconds() > 1'600'000'000'000);
}
