#include <algorithm>

#include <catch2/catch.hpp>

#include "stdlib/stdlib.h"

TEST_CASE("the standard library is compiled in") {
  const auto files = space::stdlib::files();
  REQUIRE_FALSE(files.empty());
  const auto readme = std::find_if(files.begin(), files.end(),
                                   [](const auto& file) { return file.path == "README.md"; });
  REQUIRE(readme != files.end());
  CHECK(readme->bytes.starts_with("# The standard library"));
  CHECK(std::is_sorted(files.begin(), files.end(),
                       [](const auto& a, const auto& b) { return a.path < b.path; }));
}
