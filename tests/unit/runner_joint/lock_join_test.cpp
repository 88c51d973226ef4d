#include "runner/joint/lock_join.h"

#include <catch2/catch.hpp>

namespace space::joint {

namespace {

std::string block(const std::string& provider, const std::string& version,
                  const std::string& hashes) {
  return "provider \"" + provider + "\" {\n  version     = \"" + version +
         "\"\n  constraints = \"~> 1.0\"\n  hashes = [\n" + hashes + "  ]\n}\n";
}

const std::string k_head = "# This file is maintained automatically by \"tofu init\".\n\n";

}  // namespace

TEST_CASE("locks are joined: each provider once, with all hashes") {
  const JoinedLock joined =
      join_locks({{"a", k_head + block("h/n/x", "1.0.0", "    \"h1:b=\",\n    \"zh:1\",\n")},
                  {"b", k_head + block("h/n/w", "2.0.0", "    \"h1:w=\",\n") + "\n" +
                            block("h/n/x", "1.0.0", "    \"h1:a=\",\n    \"zh:1\",\n")},
                  {"c", ""}});
  CHECK(joined.clashes.empty());
  CHECK(joined.text ==
        "provider \"h/n/w\" {\n  version = \"2.0.0\"\n  hashes = [\n    \"h1:w=\",\n  ]\n}\n\n"
        "provider \"h/n/x\" {\n  version = \"1.0.0\"\n  hashes = [\n    \"h1:a=\",\n    "
        "\"h1:b=\",\n    \"zh:1\",\n  ]\n}\n");
}

TEST_CASE("two versions of one provider clash, and the first one stays") {
  const JoinedLock joined = join_locks({{"a", block("h/n/x", "1.0.0", "    \"h1:a=\",\n")},
                                        {"b", block("h/n/x", "1.1.0", "    \"h1:b=\",\n")}});
  REQUIRE(joined.clashes.size() == 1);
  CHECK(joined.clashes[0].provider == "h/n/x");
  CHECK(joined.clashes[0].first == "a");
  CHECK(joined.clashes[0].second == "b");
  CHECK(joined.clashes[0].second_version == "1.1.0");
  CHECK(joined.text.find("h1:b=") == std::string::npos);
  CHECK(joined.text.find("1.0.0") != std::string::npos);
}

TEST_CASE("no locks are none") { CHECK(join_locks({{"a", ""}}).text.empty()); }

}  // namespace space::joint
