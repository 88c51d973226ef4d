#include "runner/flight/fingerprint.h"

#include <catch2/catch.hpp>

#include "runner/flight/memory.h"
#include "runner/flight/run.h"

namespace space::flight {

namespace {

LastEnd good() {
  LastEnd last;
  last.verdict = "applied";
  last.parts = {{"file `main.tf`", "1"}, {"input `size`", "2"}, {"tofu", "3"}};
  return last;
}

std::string why(const std::optional<LastEnd>& last, const Parts& now) {
  return why_to_look(last, now, runplan::Root(), Looking::SkipUnchanged);
}

}  // namespace

TEST_CASE("what has changed is named, and one thing is enough") {
  const Parts same = good().parts;
  CHECK(why(good(), same).empty());
  for (const auto& [name, digest] : same) {
    Parts other = same, less = same;
    other[name] = "x";
    CHECK(why(good(), other) == name + " is not what it was");
    less.erase(name);
    CHECK(why(good(), less) == name + " is not what it was");
    CHECK(digest_of(other) != digest_of(same));
    CHECK(digest_of(less) != digest_of(same));
  }
  Parts more = same;
  more["file `evil_override.tf`"] = "1";
  CHECK(why(good(), more) == "file `evil_override.tf` is not what it was");
  CHECK(why(good(), {{"tofu", "3"}}) == "file `main.tf` and input `size` are not what they were");
  CHECK(why(good(), {{"a", "1"}, {"b", "1"}}) ==
        "a, b, file `main.tf` and 2 more are not what they were");
}

TEST_CASE("what is never skipped says why") {
  const Parts same = good().parts;
  CHECK(why(std::nullopt, same) == "no end of it is known here");
  LastEnd destroyed = good();
  destroyed.verdict = "destroyed";
  CHECK(why(destroyed, same) == "it was destroyed");
  for (const char* verdict :
       {"applying", "failed-clean", "failed-partial", "interrupted", "indeterminate"}) {
    LastEnd last = good();
    last.verdict = verdict;
    CHECK(why(last, same) == std::string("its last end was no good one: ") + verdict);
  }
  LastEnd unchanged = good();
  unchanged.verdict = "unchanged";
  CHECK(why(unchanged, same).empty());
  CHECK(why_to_look(good(), same, runplan::Root(), Looking::Always).find("--refresh") !=
        std::string::npos);
  runplan::Root root;
  root.never_skip = {"calls `timestamp`"};
  CHECK(why_to_look(good(), same, root, Looking::SkipUnchanged) ==
        "it is never known to be unchanged: calls `timestamp`");
}

}  // namespace space::flight
