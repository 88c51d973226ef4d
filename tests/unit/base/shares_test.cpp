#include "core/base/shares.h"

#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

using space::base::in_shares;

TEST_CASE("shares cover everything once, in order, and none is smaller than asked for") {
  for (const std::size_t count : {0U, 1U, 9U, 10U, 19U, 20U, 21U, 1000U}) {
    const auto shares = in_shares(
        count, 10, [](std::size_t begin, std::size_t end) { return std::pair(begin, end); });
    REQUIRE_FALSE(shares.empty());
    CHECK(shares.front().first == 0);
    CHECK(shares.back().second == count);
    for (std::size_t i = 0; i + 1 < shares.size(); ++i)
      CHECK(shares[i].second == shares[i + 1].first);
    if (shares.size() > 1) {
      for (const auto& [begin, end] : shares) CHECK(end - begin >= 10);
    }
  }
}

TEST_CASE("what the shares return comes in their order") {
  std::vector<int> numbers(10'000);
  std::iota(numbers.begin(), numbers.end(), 0);
  long sum = 0;
  for (const long part : in_shares(numbers.size(), 100, [&](std::size_t begin, std::size_t end) {
         return std::accumulate(numbers.begin() + static_cast<std::ptrdiff_t>(begin),
                                numbers.begin() + static_cast<std::ptrdiff_t>(end), 0L);
       })) {
    sum += part;
  }
  CHECK(sum == 49'995'000);
}

TEST_CASE("what a share throws arrives when all have ended") {
  const auto work = [](std::size_t, std::size_t end) -> int {
    if (end == 1000) throw std::string("the last");
    return 0;
  };
  CHECK_THROWS_AS(in_shares(1000, 10, work), std::string);
}
