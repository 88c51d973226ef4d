#include <fstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/base/strings.h"
#include "core/diagnostics/render.h"
#include "core/diagnostics/sink.h"
#include "tests/unit/diagnostics/finder.h"
#include "tests/unit/diagnostics/json_schema.h"

using namespace space;
using namespace space::diagnostics;
using nlohmann::json;

namespace {

std::vector<json> lines(const CollectingSink& sink, const source::SourceSet& sources) {
  std::vector<json> list;
  const std::string text = render_json_lines(sink.finish(sources), sources);
  for (const auto line : base::split(text, '\n')) {
    if (!line.empty()) list.push_back(json::parse(line));
  }
  return list;
}

}  // namespace

TEST_CASE("the summary comes even where there is nothing to say, byte for byte") {
  CHECK(render_json_lines({}, source::SourceSet()) ==
        R"({"schema":"spacec.diagnostic/1","kind":"summary","errors":0,"warnings":0})"
        "\n");
}

TEST_CASE("a record has every field") {
  source::SourceSet sources;
  const auto file = sources.add("m/a.space", "x = \"\xF0\x9F\x9A\x80\"\ny = bad(1)\n");
  const auto span = find(sources, file, "bad");
  CollectingSink sink;
  sink.report(unknown_function, span, "bad")
      .label("called here")
      .related(find(sources, file, "\"", 2), "a quote")
      .note("n")
      .help("h")
      .fix({"use `max`", Applicability::MaybeIncorrect, {{span, "max"}}})
      .subject({"prod", "", "pay", "stage010", "cluster"});
  sink.report(unused_allow, find(sources, file, "x"), "SPC6001");
  const auto records = lines(sink, sources);
  REQUIRE(records.size() == 3);
  CHECK(records[0]["severity"] == "warning");
  const json& one = records[1];
  CHECK(one["schema"] == "spacec.diagnostic/1");
  CHECK(one["kind"] == "diagnostic");
  CHECK(one["id"] == "d2");
  CHECK(one["severity"] == "error");
  CHECK(one["code"] == "SPC1023");
  CHECK(one["name"] == "unknown-function");
  CHECK(one["category"] == "names");
  CHECK(one["message"] == "there is no function `bad`");
  CHECK(one["fingerprint"].get<std::string>().size() == 7 + 64);
  CHECK(one["primary"] == json::parse(R"({
    "file": "m/a.space", "uriBase": "ROOT", "label": "called here",
    "range": {"start": {"line": 2, "column": 5, "byte": 15}, "end": {"line": 2, "column": 8, "byte": 18}},
    "utf16": {"start": [1, 4], "end": [1, 7]}})"));
  CHECK(one["related"][0]["range"]["start"] == json::parse(R"({"line":1,"column":7,"byte":9})"));
  CHECK(one["related"][0]["utf16"]["start"] == json::parse("[0, 7]"));
  CHECK(one["notes"] == json::parse(R"(["n"])"));
  CHECK(one["help"] == json::parse(R"(["h"])"));
  CHECK(one["fixes"][0]["title"] == "use `max`");
  CHECK(one["fixes"][0]["applicability"] == "maybe-incorrect");
  CHECK(one["fixes"][0]["preferred"] == false);
  CHECK(one["fixes"][0]["edits"][0]["text"] == "max");
  CHECK(one["fixes"][0]["edits"][0]["range"]["start"]["byte"] == 15);
  CHECK(one["subject"] == json::parse(R"({"environment": "prod", "space": null, "mission": "pay",
                                          "stage": "stage010", "procedure": "cluster"})"));
  CHECK(one["rendered"].get<std::string>().find("error[SPC1023]") == 0);
  CHECK(
      records[2] ==
      json::parse(R"({"schema":"spacec.diagnostic/1","kind":"summary","errors":1,"warnings":1})"));
}

TEST_CASE("a diagnostic about no place has no primary") {
  CollectingSink sink;
  source::SourceSet sources;
  sink.report(project_count, {}, "no project");
  CHECK(lines(sink, sources)[0]["primary"].is_null());
}

TEST_CASE("invalid UTF-8 in a path, a message, a label and a fix becomes U+FFFD") {
  source::SourceSet sources;
  const auto file = sources.add("\xFF.space", "\xC0\xAF\xED\xA0\x80 x");
  CollectingSink sink;
  sink.report(unknown_root, {file, 0, 1}, "\xFF\xFE")
      .label("\x80")
      .fix({"\xC3", Applicability::Unspecified, {{{file, 0, 2}, "\xE2\x82"}}});
  const auto records = lines(sink, sources);
  CHECK(records[0]["message"] == "nothing is called `\xEF\xBF\xBD\xEF\xBF\xBD` here");
  CHECK(records[0]["primary"]["label"] == "\xEF\xBF\xBD");
  CHECK_NOTHROW(json::parse(render_sarif(sink.finish(sources), {}, sources, "1")));
}

TEST_CASE("the fingerprint stays when lines move and changes with what is said") {
  source::SourceSet before, after;
  const auto old_file = before.add("a.space", "x");
  const auto new_file = after.add("a.space", "\n\n  x");
  const auto print = [](const source::SourceSet& sources, source::Span span, const char* word) {
    CollectingSink sink;
    sink.report(unknown_root, span, word);
    return fingerprint(sink.all().front(), sources);
  };
  CHECK(print(before, {old_file, 0, 1}, "x") == print(after, {new_file, 4, 5}, "x"));
  CHECK(print(before, {old_file, 0, 1}, "x") != print(before, {old_file, 0, 1}, "y"));
}

TEST_CASE("thousands of diagnostics on one line of megabytes are written") {
  source::SourceSet sources;
  const auto file = sources.add("a.space", std::string(4'000'000, 'x'));
  CollectingSink sink;
  for (std::uint32_t i = 0; i < 2'000; ++i) {
    sink.report(unknown_root, {file, i * 2000, i * 2000 + 1}, "x");
  }
  const auto records = lines(sink, sources);
  REQUIRE(records.size() == 2'001);
  CHECK(records[1999]["primary"]["range"]["start"]["column"] == 1999 * 2000 + 1);
}

TEST_CASE("every line fits docs/diagnostics/schema.json") {
  std::ifstream stream(SPACE_DIAGNOSTIC_SCHEMA);
  REQUIRE(stream);
  const JsonSchema schema(json::parse(stream));
  source::SourceSet sources;
  const auto file = sources.add("a.space", "x = bad(1)\n");
  const auto span = find(sources, file, "bad");
  CollectingSink sink;
  sink.report(project_count, {}, "no project");
  sink.report(unused_allow, find(sources, file, "x"), "x").subject({"prod", "s", "m", "t", "p"});
  sink.report(unknown_function, span, "bad")
      .related({file, 0, 1}, "")
      .fix({"none", Applicability::Unspecified, {}})
      .fix({"use `max`", Applicability::HasPlaceholders, {{span, "max"}}});
  const auto records = lines(sink, sources);
  REQUIRE(records.size() == 4);
  for (const json& record : records) {
    CAPTURE(record.dump());
    CHECK(schema.errors(record) == std::vector<std::string>{});
  }
  json broken = records[2];
  broken["code"] = "SPC12";
  broken["primary"]["range"]["start"]["line"] = 0;
  CHECK(!schema.errors(broken).empty());
  broken = records[2];
  broken.erase("fingerprint");
  CHECK(!schema.errors(broken).empty());
}
