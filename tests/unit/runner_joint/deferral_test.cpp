#include "runner/joint/deferral.h"

#include <catch2/catch.hpp>

namespace space::joint {

namespace {

// As tofu 1.12.6 says it.
runplan::TofuDiagnostic count_diagnostic(const std::string& option, const std::string& context) {
  runplan::TofuDiagnostic diagnostic;
  diagnostic.summary = "Invalid count argument";
  diagnostic.detail =
      "The \"count\" value depends on resource attributes that cannot be determined until apply, "
      "so "
      "OpenTofu cannot predict how many instances will be created.\n\nTo work around this, use the "
      "planning option " +
      option + " to first apply without this object, and then apply normally to converge.";
  diagnostic.snippet = "  count = length(var.up) ";
  diagnostic.context = context;
  return diagnostic;
}

}  // namespace

TEST_CASE("options are read as a shell reads them") {
  using Words = std::vector<std::string>;
  CHECK(excludes_in("use -exclude=module.a.x to") == Words{"module.a.x"});
  CHECK(excludes_in("use -exclude='module.m[\"a b\"].x' to") == Words{"module.m[\"a b\"].x"});
  CHECK(excludes_in(R"(use -exclude=module.m\[\"c\"\].x to)") == Words{"module.m[\"c\"].x"});
  CHECK(excludes_in(R"(use '-exclude=m["it'\''s"].x' to)") == Words{"m[\"it's\"].x"});
  CHECK(excludes_in("-exclude=a -exclude=\"b c\"") == Words{"a", "b c"});
  CHECK(excludes_in("use -exclude='' to") == Words{""});
  CHECK(excludes_in("nothing here").empty());
  CHECK(excludes_in("-exclude='never closed") == Words{"never closed"});
}

TEST_CASE("an unknown count is left out by the name that tofu gives") {
  const auto found = exclusions_of(count_diagnostic("-exclude=module.p00001.terraform_data.many",
                                                    "resource \"terraform_data\" \"many\""));
  REQUIRE(found.size() == 1);
  CHECK(found[0].address == "module.p00001.terraform_data.many");
  CHECK(found[0].why == "count = length(var.up)");
}

TEST_CASE("of a module call tofu names the module that calls") {
  const auto found = exclusions_of(count_diagnostic("-exclude=module.p00001", "module \"inner\""));
  REQUIRE(found.size() == 1);
  CHECK(found[0].address == "module.p00001.module.inner");
  CHECK(exclusions_of(count_diagnostic("-exclude=''", "module \"m\""))[0].address == "module.m");
}

TEST_CASE("other errors, and warnings, are no deferral") {
  runplan::TofuDiagnostic diagnostic;
  diagnostic.summary = "Resource precondition failed";
  diagnostic.detail = "The size is wrong.";
  diagnostic.address = "module.p00001.terraform_data.it";
  CHECK(exclusions_of(diagnostic).empty());
  auto warning = count_diagnostic("-exclude=a", "");
  warning.is_error = false;
  CHECK(exclusions_of(warning).empty());
}

}  // namespace space::joint
