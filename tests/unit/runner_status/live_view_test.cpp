#include <catch2/catch.hpp>

#include "core/values/text.h"
#include "runner/status/frame.h"
#include "runner/status/view.h"

namespace space::status {

namespace {

using runplan::RunEvent;
using runplan::Verdict;

// A terminal whose window is whatever the test says, and what was written to it.
struct Screen {
  TerminalSize size{80, 24};
  std::string out;
  std::unique_ptr<View> view(LongLines lines = LongLines::BrokenAnew) {
    return make_live_view({}, {[this] { return size; }, lines},
                          [this](std::string_view text) { out += text; });
  }
  std::string taken() { return std::exchange(out, ""); }
};

RunEvent event(RunEvent::Kind kind, const std::string& root, const std::string& detail = "") {
  RunEvent made;
  made.kind = kind;
  made.root = root;
  made.detail = detail;
  return made;
}

RunEvent run_started(std::int64_t roots) {
  RunEvent made = event(RunEvent::Kind::RunStarted, "");
  made.roots = roots;
  return made;
}

RunEvent finished(const std::string& root, Verdict verdict, const std::string& reason = "") {
  RunEvent made = event(RunEvent::Kind::RootFinished, root);
  made.verdict = verdict;
  made.reason = reason;
  return made;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

RunNow busy(int working, int failed) {
  RunNow run;
  run.roots = 500;
  run.elapsed = 65'000;
  for (int i = 0; i < working; ++i)
    run.working["sandbox/one/shop/000/w" + std::to_string(i)] = {"plan", "", i * 1000};
  for (int i = 0; i < failed; ++i)
    run.failed.push_back("sandbox/one/shop/000/f" + std::to_string(i));
  if (failed > 0) run.ended[Verdict::FailedClean] = failed;
  run.ended[Verdict::Applied] = 7;
  return run;
}

}  // namespace

TEST_CASE("the frame is drawn at most ten times a second, over itself, and goes at the end") {
  Screen screen;
  const auto view = screen.view();
  view->on_event(run_started(2));
  view->on_event(event(RunEvent::Kind::RootStarted, "a", "plan"));
  view->tick(0);
  const std::string first = screen.taken();
  CHECK(holds(first, "plan   0.0s   a"));
  CHECK(holds(first, "0 of 2 procedures, 0.0s: 1 at work, 1 to come"));
  view->tick(50);
  CHECK(screen.taken().empty());
  view->tick(100);
  const std::string second = screen.taken();
  CHECK(holds(second, "\x1b[2A"));
  CHECK_FALSE(holds(second, "\x1b[2K"));  // nothing is blank in between
  view->on_event(finished("a", Verdict::Applied));
  view->on_event(event(RunEvent::Kind::RunFinished, ""));
  const std::string last = screen.taken();
  CHECK(holds(last, "\x1b[2A\x1b[2K\x1b[B\x1b[2K\x1b[B\x1b[2K\x1b[2Aapplied        a\n"));
  CHECK_FALSE(holds(last, "procedures"));
}

TEST_CASE("what has not changed is not drawn again") {
  Screen screen;
  const auto view = screen.view();
  RunEvent started = run_started(1);
  started.elapsed_milliseconds = 70'000;  // times are told by the second by now
  view->on_event(started);
  view->tick(70'000);
  CHECK_FALSE(screen.taken().empty());
  view->tick(70'200);
  CHECK(screen.taken().empty());
  view->tick(71'000);
  CHECK_FALSE(screen.taken().empty());
}

TEST_CASE("a window made narrower has broken the frame's lines, and all of them are taken back") {
  for (const auto& [lines, rows] : {std::pair{LongLines::BrokenAnew, "\r\x1b[5A\x1b[2K"},
                                    std::pair{LongLines::Cut, "\r\x1b[2A\x1b[2K"}}) {
    Screen screen;
    const auto view = screen.view(lines);
    view->on_event(run_started(2));
    view->on_event(event(RunEvent::Kind::RootStarted, "sandbox/one/shop/000/a", "plan"));
    view->tick(0);
    screen.taken();
    screen.size = {20, 24};  // 39 columns are two rows now, 48 are three
    view->tick(100);
    CHECK(holds(screen.taken(), rows));
  }
}

TEST_CASE("a frame has fewer lines than the terminal has rows, and none is too wide") {
  for (const std::size_t rows : {1U, 2U, 3U, 4U, 5U, 10U, 24U, 100U}) {
    for (const std::size_t columns : {1U, 2U, 10U, 17U, 20U, 40U, 80U, 200U}) {
      for (const int working : {0, 1, 3, 40}) {
        for (const int failed : {0, 1, 9}) {
          RunNow run = busy(working, failed);
          run.interrupted = failed == 9 ? Interrupted::Yes : Interrupted::No;
          if (working > 0)
            run.working.begin()->second.doing = "x[\"\u65e5\u672c\u8a9e\"]\ncreating";
          const auto lines = frame_lines(run, {columns, rows});
          CHECK(lines.size() < std::max<std::size_t>(rows, 1));
          CHECK(lines.size() <= 16);
          for (const FrameLine& line : lines) {
            CAPTURE(rows, columns, line.text);
            CHECK(values::count_columns(line.text) < std::max<std::size_t>(columns, 2));
            CHECK_FALSE(holds(line.text, "\n"));
          }
        }
      }
    }
  }
}

TEST_CASE("the frame says who works longest, what failed, and counts the rest") {
  const auto lines = frame_lines(busy(40, 9), {60, 8});
  REQUIRE(lines.size() == 7);
  CHECK(lines[0].text == "  plan   1m05s  sandbox/one/shop/000/w0");
  CHECK(lines[3].text == "  plan   1m02s  sandbox/one/shop/000/w3");
  CHECK(lines[4].text == "  and 36 more at work");
  CHECK(lines[5].text == "failed: sandbox/one/shop/000/f0 and 8 more");
  CHECK(lines[5].paint == Paint::Bad);
  CHECK(lines[6].text == "16 of 500 procedures, 1m05s: 40 at work, 9 failed, 7 appli\u2026");
  const auto narrow = frame_lines(busy(1, 0), {30, 8});
  CHECK(narrow[0].text == "  plan   1m05s  \u2026/shop/000/w0");  // its end tells it from others
}

TEST_CASE("after an interrupt the frame says what is awaited") {
  Screen screen;
  const auto view = screen.view();
  view->on_event(event(RunEvent::Kind::Waiting, "", "waiting for an earlier run"));
  view->on_event(run_started(2));
  view->on_event(event(RunEvent::Kind::RootStarted, "a", "apply"));
  view->tick(0);
  CHECK(holds(screen.taken(), "waiting for an earlier run\n"));
  view->on_event(event(RunEvent::Kind::Waiting, "", "interrupted once: waiting for `a`"));
  view->tick(100);
  const std::string frame = screen.taken();
  CHECK(holds(frame, "interrupted: what runs is let end, nothing more is started"));
  CHECK(holds(frame, "apply  0.1s   a"));
}

TEST_CASE("what was not looked at or not started is counted, with --why told") {
  for (const Reasons reasons : {Reasons::Brief, Reasons::Why}) {
    Screen screen;
    const auto view = make_live_view({Color::Off, reasons}, {[] {
                                       return TerminalSize{80, 24};
                                     }},
                                     [&](std::string_view text) { screen.out += text; });
    view->on_event(run_started(3));
    view->on_event(finished("a", Verdict::Unchanged, runplan::k_not_looked_at));
    view->on_event(finished("b", Verdict::Skipped, "`x` failed"));
    view->on_event(finished("c", Verdict::Unchanged));
    view->tick(0);
    const std::string out = screen.taken();
    CHECK(holds(out, "unchanged      a") == (reasons == Reasons::Why));
    CHECK(holds(out, "skipped        b") == (reasons == Reasons::Why));
    CHECK(holds(out, "unchanged      c\n"));
    CHECK(holds(out, "3 of 3 procedures, 0.0s: 2 unchanged, 1 skipped"));
  }
}

TEST_CASE("a pipe hears of what works on at least once a minute") {
  std::string out;
  const auto view = make_plain_view({}, [&](std::string_view text) { out += text; });
  view->on_event(event(RunEvent::Kind::RootStarted, "a", "apply"));
  view->tick(59'000);
  CHECK(out.empty());
  view->tick(60'000);
  CHECK(out == "still at work after 1m00s: `a`\n");
  view->tick(119'000);
  CHECK(out == "still at work after 1m00s: `a`\n");
}

}  // namespace space::status
