#include <algorithm>

#include <catch2/catch.hpp>

#include "runner/status/report.h"
#include "runner/status/text.h"

namespace space::status {

namespace {

using runplan::RunEvent;
using runplan::Verdict;

RunEvent event(RunEvent::Kind kind, const std::string& root, Verdict verdict = Verdict::Unchanged) {
  RunEvent made;
  made.kind = kind;
  made.root = root;
  made.flight = "e/s/m";
  made.verdict = verdict;
  return made;
}

RunResult sample() {
  RunResult result;
  result.finished.kind = RunEvent::Kind::RunFinished;
  result.finished.operation = runplan::Operation::Apply;
  result.finished.target = "sandbox";
  result.finished.duration_milliseconds = 12'345;
  result.finished.exit_code = 21;
  RootResult good{event(RunEvent::Kind::RootFinished, "a", Verdict::Applied), {}};
  good.finished.counts.add = 2;
  RootResult skipped{event(RunEvent::Kind::RootFinished, "b", Verdict::Unchanged), {}};
  skipped.finished.reason = "not looked at";
  RootResult bad{event(RunEvent::Kind::RootFinished, "c", Verdict::FailedPartial), {}};
  bad.finished.reason = "it <broke>";
  runplan::RunDiagnostic diagnostic;
  diagnostic.summary = "broken";
  diagnostic.file = "x.space";
  diagnostic.line = 3;
  diagnostic.column = 7;
  bad.diagnostics.push_back(diagnostic);
  RootResult never{event(RunEvent::Kind::RootFinished, "d", Verdict::Skipped), {}};
  never.finished.reason = "`c` failed";
  result.roots = {good, skipped, bad, never};
  return result;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a pipe gets a procedure's lines together, when it has finished") {
  std::string out;
  const auto view = make_plain_view({}, [&](std::string_view text) { out += text; });
  view->on_plan_text("a", "plan of a");
  RunEvent told = event(RunEvent::Kind::RootDiagnostic, "b");
  told.diagnostics.resize(1);
  told.diagnostics[0].summary = "of b";
  view->on_event(told);
  CHECK(out.empty());
  view->on_event(event(RunEvent::Kind::RootFinished, "b", Verdict::FailedClean));
  view->on_event(event(RunEvent::Kind::RootFinished, "a", Verdict::Planned));
  CHECK(out == "failed-clean   b\n  error: of b\nplanned        a\n  plan of a\n");
}

TEST_CASE("no text moves a cursor or paints by itself") {
  CHECK(printable("a\x1b[2Jb\r\nc\x07") == "a[2Jb\nc");
  CHECK(printable("a\xc2\x9b"
                  "2Jb") == "a2Jb");  // the one-character form of ESC [
  CHECK(printable("a\x9b"
                  "2Jb") ==
        "a\xef\xbf\xbd"
        "2Jb");  // and as a byte that is no UTF-8
  CHECK(printable("a\xe2\x80\xae"
                  "b") == "ab");  // what follows would stand reversed
  CHECK(on_one_line("a\tb\nc") == "a b c");
  CHECK(painted("x", Paint::Bad, Color::Off) == "x");
  CHECK(painted("x", Paint::Bad, Color::On) == "\x1b[31mx\x1b[0m");
}

TEST_CASE("text is cut by the columns that a terminal takes for it") {
  CHECK(clipped("\u00e4\u00f6\u00fc", 3) == "\u00e4\u00f6\u00fc");
  CHECK(clipped("\u00e4\u00f6\u00fc", 2) == "\u00e4\u2026");
  CHECK(clipped("\u65e5\u672c\u8a9e", 5) == "\u65e5\u672c\u2026");  // two columns each
  CHECK(clipped("\u65e5\u672c\u8a9e", 4) == "\u65e5\u2026");
  CHECK(clipped("e\u0301e\u0301e\u0301", 2) == "e\u0301\u2026");  // an accent is never cut off
  CHECK(clipped("ab", 0).empty());
  CHECK(clipped_before("one/two", 4) == "\u2026two");
  CHECK(clipped_before("\u65e5\u672c\u8a9e", 4) == "\u2026\u8a9e");
  CHECK(clipped_before("one", 3) == "one");
  CHECK(clipped_before("one", 1) == "\u2026");
}

TEST_CASE("prose is folded at spaces, at a terminal alone") {
  using Lines = std::vector<std::string>;
  CHECK(folded("one two three", 0) == Lines{"one two three"});
  CHECK(folded("one two three", 8) == Lines{"one two", "three"});
  CHECK(folded("  \xc3\xa4\xc3\xb6 \xc3\xbc b", 6) == Lines{"  \xc3\xa4\xc3\xb6 \xc3\xbc", "  b"});
  CHECK(folded("averylongword b", 5) == Lines{"averylongword", "b"});
  CHECK(folded("", 5) == Lines{""});
  runplan::RunDiagnostic diagnostic;
  diagnostic.summary = "broken";
  diagnostic.detail = "it went wrong";
  CHECK(diagnostic_text(diagnostic, {}, "  ") == "  error: broken\n    it went wrong\n");
  diagnostic.detail += "\n\n";  // as of a command's output
  CHECK(diagnostic_text(diagnostic, {}, "  ") == "  error: broken\n    it went wrong\n");
  Style narrow;
  narrow.fold = 12;
  CHECK(diagnostic_text(diagnostic, narrow, "  ") == "  error: broken\n    it went\n    wrong\n");
}

TEST_CASE("durations and counts") {
  CHECK(duration_text(0) == "0.0s");
  CHECK(duration_text(1'250) == "1.2s");
  CHECK(duration_text(59'999) == "59s");
  CHECK(duration_text(184'000) == "3m04s");
  CHECK(counts_text({}).empty());
  CHECK(counts_text({1, 2, 3, 0}) == "+1 ~2 -3");
  CHECK(counts_text({0, 0, 0, 4}) == "+0 ~0 -0 imported 4");
}

TEST_CASE("the summary counts verdicts and tells of failures") {
  const std::string text = summary_text(sample(), {});
  CHECK(holds(text, "apply sandbox: 4 procedures, 12s"));
  CHECK(holds(text, "applied         1  +2 ~0 -0"));
  CHECK(holds(text, "unchanged       1  (1 not looked at)"));
  CHECK(holds(text, "c failed-partial: it <broke>\n  error: broken\n    --> x.space:3:7"));
}

TEST_CASE(
    "the summary tells where nothing was started, and what failed twice in the same way once") {
  RunResult result = sample();
  RootResult again = result.roots[2];
  again.finished.root = "c2";
  again.finished.flight = "e/t/m";
  result.roots[3].finished.flight = "e/a/reader";
  result.roots[3].finished.stage = "000";
  result.roots.push_back(again);
  const std::string text = summary_text(result, {});
  const std::size_t failed = text.find("\ne/s/m\n"), behind = text.find("\ne/a/reader\n");
  REQUIRE(failed != std::string::npos);
  REQUIRE(behind != std::string::npos);
  CHECK(failed < behind);
  CHECK(holds(text, "  000  not started `d`\n"));
  CHECK(holds(text, "c failed-partial: it <broke>\n  error: broken\n    --> x.space:3:7"));
  CHECK(holds(text, "c2 failed-partial: it <broke>\n  error: the same as of `c`\n"));
}

TEST_CASE("the summary of a failure stands on one screen, however many procedures there are") {
  const auto name = [](int stage, int n) {
    return "e/s/m/0" + std::to_string(stage) + "0/p" + std::to_string(n);
  };
  RunResult result = sample();
  result.roots.clear();
  for (int stage = 0; stage < 3; ++stage) {
    for (int n = 0; n < 200; ++n) {
      const Verdict verdict = stage == 0   ? Verdict::Applied
                              : stage == 2 ? Verdict::Skipped
                              : n == 7     ? Verdict::FailedPartial
                                           : Verdict::Applied;
      RootResult root{event(RunEvent::Kind::RootFinished, name(stage, n), verdict), {}};
      root.finished.stage = "0" + std::to_string(stage) + "0";
      if (n == 7 && stage == 1) {
        root.finished.reason = "boom";
        for (int i = 0; i < 100; ++i)
          root.finished.remains.done.push_back("x[" + std::to_string(i) + "]");
        root.finished.remains.unknown = {"y"};
        root.finished.remains.evidence = ".space/runs/r";
        runplan::RunDiagnostic diagnostic;
        diagnostic.summary = "boom";
        for (int i = 0; i < 100; ++i) diagnostic.detail += "a line of many\n";
        root.diagnostics = {diagnostic, diagnostic, diagnostic};
      }
      result.roots.push_back(root);
    }
  }
  result.finished.next = {"space resolve e/s/m --reason TEXT", "space apply sandbox"};
  const std::string text = summary_text(result, {});
  CHECK(std::count(text.begin(), text.end(), '\n') <= 40);
  CHECK(holds(text, "  010  applied `p0`, `p1`, `p2` and 196 more; failed-partial `p7`\n"));
  CHECK(holds(text, "  020  not started `p0`, `p1`, `p2` and 197 more\n"));
  CHECK(holds(text, "  done            `x[0]`, `x[1]`, `x[2]` and 97 more\n"));
  CHECK(holds(text, "  nobody knows    `y`\n"));
  CHECK(holds(text, "and 1 more errors"));
  CHECK(holds(text, "what it left lies in .space/runs/r\n"));
  CHECK(
      text.ends_with("next: look at what it left, then `space resolve e/s/m --reason TEXT`, "
                     "then `space apply sandbox`\n"));
  result.finished.next.insert(result.finished.next.begin(), 4, "space resolve x --reason TEXT");
  CHECK(summary_text(result, {})
            .ends_with(
                "  space resolve x --reason TEXT\n  and so for 2 more: `space status` names them\n"
                "  space apply sandbox\n"));
  // Where many have failed the first are told, and how many more there are.
  for (RootResult& root : result.roots) {
    if (root.finished.verdict == Verdict::Applied) root.finished.verdict = Verdict::FailedClean;
  }
  const std::string many = summary_text(result, {});
  CHECK(holds(many, "and 397 more failed"));
  CHECK(std::count(many.begin(), many.end(), '\n') <= 40);
  // And where it is so in many flights.
  for (std::size_t i = 0; i < result.roots.size(); ++i)
    result.roots[i].finished.flight = "e/s/m" + std::to_string(i % 9);
  const std::string wide = summary_text(result, {});
  CHECK(holds(wide, "and 6 more flights\n"));
  CHECK(std::count(wide.begin(), wide.end(), '\n') <= 40);
}

}  // namespace space::status
