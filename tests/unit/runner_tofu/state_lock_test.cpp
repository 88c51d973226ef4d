// The texts are tofu's own (1.12.6), of each backend's flight.
#include "runner/tofu/state_lock.h"

#include <catch2/catch.hpp>

namespace space::tofu {

namespace {

const std::string k_info =
    "\nLock Info:\n  ID:        8a5a3244-9b86-dd68-8112-b91b573d00f3\n  Path:      \n"
    "  Operation: OperationTypeApply\n  Who:       ann@laptop\n  Version:   1.12.6\n"
    "  Created:   2026-11-26 07:04:12.101897656 +0000 UTC\n  Info:      \n\n\n";
const std::string k_advice =
    "OpenTofu acquires a state lock to protect the state from being written\nby multiple users at "
    "the same time. Please resolve the issue above and try\nagain. For most commands, you can "
    "disable locking with the \"-lock=false\"\nflag, but this is not recommended.";

runplan::TofuDiagnostic of(const std::string& detail) {
  runplan::TofuDiagnostic diagnostic;
  diagnostic.summary = "Error acquiring the state lock";
  diagnostic.detail = detail;
  return diagnostic;
}

}  // namespace

TEST_CASE("who holds a state's lock, and since when") {
  const std::string held = "Error message: HTTP remote state already locked: ID=8a5a3244" + k_info;
  CHECK(held_lock({of(held + k_advice)}) ==
        "the state is locked by ann@laptop since 2026-11-26 07:04:12 UTC");
  runplan::TofuDiagnostic first;
  first.is_error = false;
  first.summary = "Something deprecated";
  CHECK(held_lock({first, of(held)}).has_value());
  CHECK(without_lock_advice(of(held + k_advice)).detail.find("-lock=false") == std::string::npos);
  CHECK(without_lock_advice(of(held + k_advice)).detail.find("Who:") != std::string::npos);
}

TEST_CASE("what pg shows of a lock is about who asks, and is not told of who holds it") {
  for (const char* words :
       {"Error message: Already locked for workspace creation: default",
        "Error message: Workspace is already locked: default",
        "Error message: Cannot lock workspace; already locked for workspace creation: default"}) {
    const auto held = held_lock({of(words + k_info + k_advice)});
    REQUIRE(held.has_value());
    CHECK(held->find("ann@laptop") == std::string::npos);
    CHECK(without_lock_advice(of(words + k_info)).detail == std::string(words) + "\n");
  }
}

TEST_CASE("a lock that cannot be had for another reason is held by nobody") {
  CHECK_FALSE(held_lock(
      {of("Error message: LOCK http://127.0.0.1:1/x giving up after 1 attempt(s)" + k_advice)}));
  runplan::TofuDiagnostic other = of("Who: me" + k_info);
  other.summary = "Error releasing the state lock";
  CHECK_FALSE(held_lock({other}));
  CHECK(without_lock_advice(other).detail == other.detail);
  CHECK_FALSE(held_lock({}));
}

}  // namespace space::tofu
