#include <string>

#include <catch2/catch.hpp>

#include "core/diagnostics/render.h"
#include "core/diagnostics/sink.h"
#include "tests/unit/diagnostics/finder.h"

using namespace space;
using namespace space::diagnostics;

namespace {

std::string text(const CollectingSink& sink, const source::SourceSet& sources) {
  return render_text(sink.finish(sources), sources, Color::Off);
}

}  // namespace

TEST_CASE("one span, notes, helps and a fix") {
  source::SourceSet sources;
  const auto file = sources.add("m/a.space", "mission \"a\" {\n  x = nework.id\n}\n");
  CollectingSink sink;
  const auto span = find(sources, file, "nework.id");
  sink.report(unknown_root, span, "nework")
      .label("not declared")
      .note("roots are `var` and `local`")
      .help("did you mean `network`?")
      .fix({"write `network`", Applicability::MachineApplicable, {{span, "network.id"}}});
  CHECK(text(sink, sources) ==
        "error[SPC1011]: nothing is called `nework` here\n"
        " --> m/a.space:2:7\n"
        "  |\n"
        "2 |   x = nework.id\n"
        "  |       ^^^^^^^^^ not declared\n"
        "  |\n"
        "  = note: roots are `var` and `local`\n"
        "  = help: did you mean `network`?\n"
        "  = help: write `network`: `network.id`\n"
        "\n");
}

TEST_CASE("several labels on one line hang below each other") {
  source::SourceSet sources;
  const auto file = sources.add("a.space", "foo = bar(baz)\n");
  CollectingSink sink;
  sink.report(unknown_function, find(sources, file, "bar"), "bar")
      .label("called here")
      .related(find(sources, file, "foo"), "for this")
      .related(find(sources, file, "baz"), "with this");
  CHECK(text(sink, sources) ==
        "error[SPC1023]: there is no function `bar`\n"
        " --> a.space:1:7\n"
        "  |\n"
        "1 | foo = bar(baz)\n"
        "  | ---   ^^^ --- with this\n"
        "  | |     |\n"
        "  | |     called here\n"
        "  | for this\n"
        "\n");
}

TEST_CASE("a mark that reaches past the last one keeps every label off the marks' row") {
  source::SourceSet sources;
  const auto file = sources.add("a.space", "foo(bar) + baz\n");
  CollectingSink sink;
  sink.report(unknown_function, find(sources, file, "foo(bar) + baz"), "foo")
      .label("outer")
      .related(find(sources, file, "bar"), "inner");
  CHECK(text(sink, sources) ==
        "error[SPC1023]: there is no function `foo`\n"
        " --> a.space:1:1\n"
        "  |\n"
        "1 | foo(bar) + baz\n"
        "  | ^^^^^^^^^^^^^^\n"
        "  | |   |\n"
        "  | |   inner\n"
        "  | outer\n"
        "\n");
}

TEST_CASE("lines between: one is shown, more are left out; numbers align") {
  source::SourceSet sources;
  std::string lines;
  for (int i = 1; i <= 12; ++i) lines += "line" + std::to_string(i) + "\n";
  const auto file = sources.add("a.space", lines);
  CollectingSink sink;
  sink.report(duplicate_name, find(sources, file, "line12"), "local", "x")
      .related(find(sources, file, "line2"), "first here")
      .related(find(sources, file, "line4"), "");
  CHECK(text(sink, sources) ==
        "error[SPC1007]: local `x` is declared twice\n"
        "  --> a.space:12:1\n"
        "   |\n"
        " 2 | line2\n"
        "   | ----- first here\n"
        " 3 | line3\n"
        " 4 | line4\n"
        "   | -----\n"
        "...\n"
        "12 | line12\n"
        "   | ^^^^^^\n"
        "\n");
}

TEST_CASE("labels of several files, the primary's first") {
  source::SourceSet sources;
  const auto other = sources.add("a.space", "one\n");
  const auto file = sources.add("b.space", "two\n");
  CollectingSink sink;
  sink.report(duplicate_name, {file, 0, 3}, "space", "x")
      .label("again")
      .related({other, 0, 3}, "first");
  CHECK(text(sink, sources) ==
        "error[SPC1007]: space `x` is declared twice\n"
        " --> b.space:1:1\n"
        "  |\n"
        "1 | two\n"
        "  | ^^^ again\n"
        "  |\n"
        " ::: a.space:1:1\n"
        "  |\n"
        "1 | one\n"
        "  | --- first\n"
        "\n");
}

TEST_CASE("tabs, wide and combining characters keep the marks under their text") {
  source::SourceSet sources;
  const auto file = sources.add("a.space", "\tx = \xE6\x97\xA5 e\xCC\x81 bad\n");
  CollectingSink sink;
  sink.report(unknown_root, find(sources, file, "bad"), "bad");
  CHECK(text(sink, sources) ==
        "error[SPC1011]: nothing is called `bad` here\n"
        " --> a.space:1:11\n"
        "  |\n"
        "1 |     x = \xE6\x97\xA5 e\xCC\x81 bad\n"
        "  |              ^^^\n"
        "\n");
}

TEST_CASE("nothing in a source or a message reaches the terminal as a command") {
  source::SourceSet sources;
  const auto file = sources.add("a.space", std::string("a\x1b[31m\0\x7f\xff\xe2\x80\xae z", 14));
  CollectingSink sink;
  sink.report(unknown_root, {file, 0, 1}, "a\x1b[2J\xff");
  const std::string out = text(sink, sources);
  CHECK(out.find('\x1b') == std::string::npos);
  CHECK(out.find('\xff') == std::string::npos);
  CHECK(out.find('\0') == std::string::npos);
  CHECK(out.find("\xE2\x90\x9B[31m\xE2\x90\x80\xE2\x90\xA1\xEF\xBF\xBD\xEF\xBF\xBD z") !=
        std::string::npos);
}

TEST_CASE("the end of the file, an empty span and one over several lines") {
  source::SourceSet sources;
  const auto file = sources.add("a.space", "a {\n  b\n");
  CollectingSink sink;
  sink.report(unclosed_bracket, {file, 2, 7}, "{").label("never closed");
  sink.report(expected_token, {file, 8, 8}, "`}`").label("at the end");
  CHECK(text(sink, sources) ==
        "error[SPC0003]: this `{` is never closed\n"
        " --> a.space:1:3\n"
        "  |\n"
        "1 | a {\n"
        "  |   ^ never closed\n"
        "\n"
        "error[SPC0001]: expected `}`\n"
        " --> a.space:3:1\n"
        "  |\n"
        "3 |\n"
        "  | ^ at the end\n"
        "\n");
}

TEST_CASE("a line of megabytes is cut around its marks") {
  source::SourceSet sources;
  std::string line(5'000'000, 'x');
  line.replace(2'000'000, 3, "BAD");
  line.replace(4'000'000, 3, "FAR");
  const auto file = sources.add("a.space", line);
  CollectingSink sink;
  sink.report(unknown_root, find(sources, file, "BAD"), "BAD")
      .label("near")
      .related(find(sources, file, "FAR"), "far away");
  const std::string out = text(sink, sources);
  CHECK(out.size() < 1500);
  CHECK(out.find("1 | ..." + std::string(50, 'x') + "BAD") != std::string::npos);
  CHECK(out.find("  | " + std::string(53, ' ') + "^^^ near\n") != std::string::npos);
  CHECK(out.find("1 | ..." + std::string(50, 'x') + "FAR") != std::string::npos);
  CHECK(out.find("  | " + std::string(53, ' ') + "--- far away\n") != std::string::npos);
}

TEST_CASE("cutting a long line of many-byte characters cuts between characters") {
  source::SourceSet sources;
  std::string line;
  for (int i = 0; i < 1000; ++i) line += "\xE6\x97\xA5";
  const auto file = sources.add("a.space", line);
  for (std::uint32_t at = 1500; at < 1512; at += 3) {
    CollectingSink sink;
    sink.report(unknown_root, {file, at, at + 3}, "x");
    CHECK(text(sink, sources).find("\xEF\xBF\xBD") == std::string::npos);
  }
}

TEST_CASE("a diagnostic about no place, and a message of several lines") {
  source::SourceSet sources;
  CollectingSink sink;
  sink.report(project_count, {}, "first\nsecond").note("one\ntwo");
  CHECK(text(sink, sources) ==
        "error[SPC1009]: first\n"
        "                second\n"
        "  = note: one\n"
        "          two\n"
        "\n");
}

TEST_CASE("colour is written only when told") {
  source::SourceSet sources;
  const auto file = sources.add("a.space", "x\n");
  CollectingSink sink;
  sink.report(unused_allow, {file, 0, 1}, "SPC1").label("here");
  const auto finished = sink.finish(sources);
  CHECK(render_text(finished, sources, Color::Off).find('\x1b') == std::string::npos);
  const std::string colored = render_text(finished, sources, Color::On);
  CHECK(colored.find("\x1b[1;33mwarning[SPC6001]\x1b[0m") == 0);
  CHECK(colored.find("\x1b[1;33m^\x1b[0m \x1b[1;33mhere\x1b[0m") != std::string::npos);
}
