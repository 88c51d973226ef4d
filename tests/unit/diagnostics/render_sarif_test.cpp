#include <string>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/diagnostics/render.h"
#include "core/diagnostics/sink.h"
#include "tests/unit/diagnostics/finder.h"

using namespace space;
using namespace space::diagnostics;
using nlohmann::json;

TEST_CASE("an empty run is a whole SARIF document") {
  const json sarif = json::parse(render_sarif({}, {}, source::SourceSet(), "1.2.3"));
  CHECK(sarif["version"] == "2.1.0");
  REQUIRE(sarif["runs"].size() == 1);
  CHECK(sarif["runs"][0]["results"] == json::array());
  CHECK(sarif["runs"][0]["tool"]["driver"]["rules"] == json::array());
  CHECK(sarif["runs"][0]["tool"]["driver"]["version"] == "1.2.3");
  CHECK(sarif["runs"][0]["columnKind"] == "unicodeCodePoints");
}

TEST_CASE("results point at their rules, places and fixes") {
  source::SourceSet sources;
  const auto file = sources.add("a b/\xC3\xA4.space", "x = bad(1)\n");
  const auto other = sources.add("c.space", "bad\n");
  const auto span = find(sources, file, "bad");
  CollectingSink sink;
  sink.report(unknown_function, span, "bad")
      .label("called here")
      .related({other, 0, 3}, "like this")
      .note("a note")
      .fix(
          {"everywhere", Applicability::MachineApplicable, {{span, "max"}, {{other, 0, 3}, "max"}}})
      .fix({"nothing to change", Applicability::Unspecified, {}});
  sink.report(unused_allow, {other, 0, 1}, "x");
  sink.report(unknown_function, {other, 2, 3}, "d");
  sink.report(project_count, {}, "none");
  const json run = json::parse(render_sarif(sink.finish(sources), {}, sources, "1"))["runs"][0];
  const json& rules = run["tool"]["driver"]["rules"];
  REQUIRE(rules.size() == 3);  // each once, in order of codes
  CHECK(rules[0]["id"] == "SPC1009");
  CHECK(rules[1]["id"] == "SPC1023");
  CHECK(rules[2]["id"] == "SPC6001");
  CHECK(rules[2]["defaultConfiguration"]["level"] == "warning");
  REQUIRE(run["results"].size() == 4);
  for (const json& result : run["results"]) {
    CHECK(rules[result["ruleIndex"].get<std::size_t>()]["id"] == result["ruleId"]);
  }
  CHECK(run["results"][0]["locations"].empty());
  const json& one = run["results"][1];
  CHECK(one["ruleId"] == "SPC1023");
  CHECK(one["level"] == "error");
  CHECK(one["message"]["text"] == "there is no function `bad`: called here\nnote: a note");
  const json& place = one["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "a%20b/%C3%A4.space");
  CHECK(place["region"] ==
        json::parse(R"({"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 8})"));
  CHECK(one["relatedLocations"][0]["message"]["text"] == "like this");
  CHECK(one["partialFingerprints"]["spacecFinding/v1"].get<std::string>().size() == 64);
  REQUIRE(one["fixes"].size() == 1);
  CHECK(one["fixes"][0]["artifactChanges"].size() == 2);
  CHECK(one["fixes"][0]["artifactChanges"][1]["replacements"][0]["insertedContent"]["text"] ==
        "max");
}

TEST_CASE("what is silenced stands behind the rest, with how and why") {
  source::SourceSet sources;
  const auto file = sources.add("a.space", "# allow\nx\ny\n");
  CollectingSink sink;
  sink.report(unused_allow, find(sources, file, "x"), "x");
  const Diagnostic warning = sink.all().front();
  CollectingSink errors;
  errors.report(unknown_root, find(sources, file, "y"), "y");
  const std::vector<Silenced> silenced = {
      {warning, Silenced::By::Comment, "a \"reason\"", find(sources, file, "# allow")},
      {warning, Silenced::By::Level, "", {}}};
  const json run =
      json::parse(render_sarif(errors.finish(sources), silenced, sources, "1"))["runs"][0];
  CHECK(run["tool"]["driver"]["rules"].size() == 2);
  const json& results = run["results"];
  REQUIRE(results.size() == 3);
  CHECK(results[0]["suppressions"] == json::array());
  CHECK(results[1]["ruleId"] == "SPC6001");
  REQUIRE(results[1]["suppressions"].size() == 1);
  const json& comment = results[1]["suppressions"][0];
  CHECK(comment["kind"] == "inSource");
  CHECK(comment["justification"] == "a \"reason\"");
  CHECK(comment["location"]["physicalLocation"]["region"]["endColumn"] == 8);
  CHECK(results[2]["suppressions"][0]["kind"] == "external");
}
