#include "runner/status/report.h"

#include <catch2/catch.hpp>

#include "runner/status/critical_path.h"

namespace space::status {

namespace {

using runplan::RunEvent;
using runplan::Verdict;

RootResult ended(const std::string& root, std::int64_t begun, std::int64_t end,
                 const std::string& after = "", Verdict verdict = Verdict::Applied) {
  RootResult result;
  result.finished.kind = RunEvent::Kind::RootFinished;
  result.finished.root = root;
  result.finished.flight = "e/s/m";
  result.finished.stage = "000";
  result.finished.verdict = verdict;
  result.finished.after = after;
  result.finished.begun_milliseconds = begun;
  result.finished.elapsed_milliseconds = end;
  result.finished.duration_milliseconds = end - begun;
  return result;
}

RunResult run_of(std::vector<RootResult> roots, std::int64_t duration) {
  RunResult result;
  result.finished.kind = RunEvent::Kind::RunFinished;
  result.finished.operation = runplan::Operation::Apply;
  result.finished.target = "sandbox";
  result.finished.wall_milliseconds = 1'800'000'012'345;
  result.finished.duration_milliseconds = duration;
  result.finished.exit_code = 21;
  result.roots = std::move(roots);
  return result;
}

RunResult failed_run() {
  RootResult bad = ended("e/s/m/000/c", 0, 1500, "", Verdict::FailedPartial);
  bad.finished.reason = "it <broke>\n\"so\"\x01\xff\xef\xbf\xbf";
  runplan::RunDiagnostic diagnostic;
  diagnostic.summary = "broken";
  diagnostic.file = "x.space";
  diagnostic.line = 3;
  diagnostic.column = 7;
  bad.diagnostics.push_back(diagnostic);
  RootResult never = ended("e/s/m/010/d", 0, 1500, "", Verdict::Skipped);
  never.finished.reason = "`c` failed";
  never.finished.duration_milliseconds = 0;
  RootResult other = ended("e/s/n/000/x", 0, 250);
  other.finished.flight = "e/s/n";
  return run_of({ended("e/s/m/000/a", 0, 500), bad, never, other}, 1500);
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the longest way goes back from what ended last, by what let each begin") {
  const RunResult result =
      run_of({ended("a", 10, 1000), ended("b", 10, 3000), ended("c", 3000, 3500, "b"),
              ended("d", 4500, 9000, "b"), ended("e", 9000, 9900, "d"),
              ended("f", 9900, 9900, "e", Verdict::Skipped)},
             10'000);
  const auto way = critical_path(result);
  REQUIRE(way.size() == 3);
  CHECK(way[0].root == "b");
  CHECK(way[0].waited_milliseconds == 10);
  CHECK(way[0].duration_milliseconds == 2990);
  CHECK(way[1].root == "d");
  CHECK(way[1].waited_milliseconds == 1500);  // it might have begun with c
  CHECK(way[1].duration_milliseconds == 4500);
  CHECK(way[2].root == "e");
  CHECK(critical_path({}).empty());
  // What is no chain has an end too.
  CHECK(critical_path(run_of({ended("a", 0, 5, "b"), ended("b", 0, 4, "a")}, 9)).size() == 2);
}

TEST_CASE("the summary tells the longest way of a run that took its time") {
  const std::string text =
      summary_text(run_of({ended("a", 10, 3000), ended("b", 4500, 9000, "a")}, 10'000), {});
  CHECK(holds(text,
              "\nthe longest way took 9.0s of 10s\n"
              "  3.0s    a\n"
              "  4.5s    b, after 1.5s without a place\n"));
  CHECK_FALSE(holds(summary_text(run_of({ended("a", 0, 3000)}, 3000), {}), "longest"));
  CHECK_FALSE(
      holds(summary_text(run_of({ended("a", 0, 30), ended("b", 0, 30)}, 90), {}), "longest"));
}

TEST_CASE("of a long way the longest legs are told, in their order") {
  std::vector<RootResult> roots;
  for (int i = 0; i < 20; ++i) {
    const int length = i == 13 ? 900 : 10 + i;
    const int begun =
        roots.empty() ? 0 : static_cast<int>(roots.back().finished.elapsed_milliseconds);
    roots.push_back(ended("r" + std::to_string(i), begun, begun + length,
                          i == 0 ? "" : "r" + std::to_string(i - 1)));
  }
  const std::string text = summary_text(run_of(roots, 2000), {});
  CHECK(holds(text, "  0.9s    r13\n  0.0s    r15\n"));
  CHECK(holds(text, "  0.0s    r19\n  and 14 more, 0.2s\n"));
}

TEST_CASE("the report for programs") {
  const std::string json = report_json(failed_run());
  CHECK(holds(json, "\"schema\":\"space.report/1\""));
  CHECK(holds(json, "\"exit_code\":21"));
  CHECK(holds(json, "\"verdict\":\"failed-partial\""));
  CHECK(holds(json, R"({"root":"e/s/m/000/c","waited_ms":0,"duration_ms":1500})"));
}

TEST_CASE("JUnit: a suite a flight, a case a procedure") {
  const std::string text = report_junit(failed_run());
  CHECK(holds(text,
              "<testsuites name=\"space apply sandbox\" tests=\"4\" failures=\"1\" errors=\"0\" "
              "skipped=\"1\" time=\"1.500\" timestamp=\"2027-01-15T08:00:10\">"));
  CHECK(holds(text,
              "<testsuite name=\"e/s/m\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\" "
              "time=\"2.000\" timestamp=\"2027-01-15T08:00:10\">"));
  CHECK(holds(text,
              "<testcase classname=\"e/s/m/000\" name=\"e/s/m/000/c\" time=\"1.500\" "
              "file=\"x.space\"><failure type=\"failed-partial\" message=\"it "
              "&lt;broke&gt;&#10;&quot;so&quot;\">error: broken&#10;  --&gt; x.space:3:7&#10;"));
  CHECK(holds(text, "<skipped message=\"`c` failed\"/>"));
  CHECK(holds(text, "<system-out>applied</system-out>"));
}

}  // namespace space::status
