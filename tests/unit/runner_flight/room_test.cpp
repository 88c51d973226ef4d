#include "runner/flight/room.h"

#include <catch2/catch.hpp>

#include "runner/process/free_space.h"

namespace space::flight {

namespace {
constexpr std::uint64_t k_mebibyte = std::uint64_t{1} << 20U;
}

TEST_CASE("room for 64 MiB and each state three times") {
  CHECK(needed_room({}) == 64 * k_mebibyte);
  CHECK(needed_room({k_mebibyte, 0, 2 * k_mebibyte}) == 73 * k_mebibyte);
  CHECK(needed_room({~std::uint64_t{0}, ~std::uint64_t{0}}) == ~std::uint64_t{0});  // no wrapping
}

TEST_CASE("a run is refused where one of its folders has no room, by a byte") {
  const std::uint64_t needed = needed_room({k_mebibyte});
  const auto free = [needed](std::uint64_t less) {
    return [needed, less](const std::string& path) -> std::optional<std::uint64_t> {
      if (path == "/unknown") return std::nullopt;
      return path == "/small" ? needed - less : needed;
    };
  };
  CHECK(check_room({"/big", "/small", "/unknown"}, needed, free(0)).has_value());
  const auto refused = check_room({"/big", "/small"}, needed, free(1));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().message.find("/small") != std::string::npos);
  CHECK(refused.error().message.find("67 MiB") != std::string::npos);
  CHECK(check_room({"/small"}, needed, nullptr).has_value());
}

TEST_CASE("what is free is known for what is not there yet") {
  const auto there = process::free_bytes("/");
  REQUIRE(there.has_value());
  CHECK(*there > 0);
  CHECK(process::free_bytes("/nowhere/at/all").has_value());
}

}  // namespace space::flight
