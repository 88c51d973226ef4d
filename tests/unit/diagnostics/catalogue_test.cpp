#include "core/diagnostics/catalogue.h"

#include <set>
#include <string>

#include <catch2/catch.hpp>

using namespace space::diagnostics;

TEST_CASE("every row has a code of four digits, a dashed name of its own and a title") {
  std::set<std::string_view> names;
  std::string_view last;
  REQUIRE(!catalogue().empty());
  for (const Descriptor* row : catalogue()) {
    CAPTURE(row->code);
    REQUIRE(row->code.size() == 7);
    CHECK(row->code.substr(0, 3) == "SPC");
    CHECK(row->code.find_first_not_of("0123456789", 3) == std::string_view::npos);
    CHECK(last < row->code);
    last = row->code;
    CHECK(names.insert(row->name).second);
    CHECK(row->name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
          std::string_view::npos);
    CHECK(!row->title.empty());
    CHECK(row->title.back() != '.');
    // An error is a law or a mistake: what can be allowed is a warning at most.
    CHECK((row->severity != Severity::Error || row->allow != Allow::Freely));
  }
}

TEST_CASE("a row is found by code and by name") {
  REQUIRE(find_descriptor("SPC3001") != nullptr);
  CHECK(find_descriptor("SPC3001") == find_descriptor("stage-order"));
  CHECK(find_descriptor("SPC0001") == &expected_token_kind::descriptor);
  CHECK(find_descriptor("SPC9999") == nullptr);
  CHECK(find_descriptor("") == nullptr);
}
