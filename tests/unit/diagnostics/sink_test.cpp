#include "core/diagnostics/sink.h"

#include <algorithm>
#include <source_location>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "core/diagnostics/render.h"

using namespace space;
using namespace space::diagnostics;

namespace {

std::vector<std::string> codes(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> list;
  for (const auto& one : diagnostics) list.emplace_back(one.descriptor->code);
  return list;
}

void relay(DiagnosticSink& sink, source::Span span,
           std::source_location origin = std::source_location::current()) {
  sink.report(unknown_function, {span, origin}, "foo");
}

}  // namespace

TEST_CASE("a diagnostic knows the line that reported it, and no output does") {
  CollectingSink sink;
  source::SourceSet sources;
  const source::Span span{sources.add("a.space", "text"), 0, 4};
  const auto line = std::source_location::current().line();
  sink.report(no_sources, span, "a");
  sink.report(no_sources, {}, "b");
  relay(sink, span);
  REQUIRE(sink.all().size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(sink.all()[i].origin.line() == line + i + 1);
  for (const std::string& text :
       {render_text(sink.all(), sources, Color::Off), render_json_lines(sink.all(), sources),
        render_sarif(sink.all(), {}, sources, "1")}) {
    CHECK(text.find("sink_test") == std::string::npos);
  }
}

TEST_CASE("what finish is told to leave out makes room for what stands behind it") {
  CollectingSink sink;
  source::SourceSet sources;
  const source::Span span{sources.add("a.space", "text"), 0, 4};
  sink.report(unknown_root, span, "x");
  sink.report(unknown_function, span, "x");
  const auto not_the_first = [&](const Diagnostic& one) {
    return one.origin.line() != sink.all().front().origin.line();
  };
  CHECK(codes(sink.finish(sources)) == std::vector<std::string>{"SPC1011"});
  CHECK(codes(sink.finish(sources, not_the_first)) == std::vector<std::string>{"SPC1023"});
}

TEST_CASE("report fills the record from the catalogue's row") {
  CollectingSink sink;
  source::SourceSet sources;
  const auto file = sources.add("a.space", "text");
  sink.report(unknown_function, {file, 0, 4}, "foo")
      .label("here")
      .related({}, "nowhere")
      .help("")
      .help("use `bar`")
      .note("a note");
  REQUIRE(sink.all().size() == 1);
  const Diagnostic& one = sink.all().front();
  CHECK(one.message == "there is no function `foo`");
  CHECK(one.descriptor->code == "SPC1023");
  CHECK(one.primary.text == "here");
  CHECK(one.related.empty());
  CHECK(one.help == std::vector<std::string>{"use `bar`"});
  CHECK(sink.has_errors());
}

TEST_CASE("finish sorts by path and offset, whatever the order of files and reports") {
  source::SourceSet sources;
  const auto b = sources.add("b.space", "0123456789");
  const auto a = sources.add("a.space", "0123456789");
  CollectingSink sink;
  sink.report(unknown_function, {b, 5, 6}, "x");
  sink.report(expected_token, {b, 2, 3}, "x");
  sink.report(unknown_root, {a, 7, 8}, "x");
  sink.report(project_count, {}, "no project");
  CHECK(codes(sink.finish(sources)) ==
        std::vector<std::string>{"SPC1009", "SPC1011", "SPC0001", "SPC1023"});
}

TEST_CASE("finish keeps one an offset: the error, then the lowest code") {
  source::SourceSet sources;
  const auto file = sources.add("a.space", "0123456789");
  CollectingSink sink;
  sink.report(unused_allow, {file, 1, 2}, "x");
  sink.report(unknown_function, {file, 1, 2}, "x");
  sink.report(expected_token, {file, 1, 5}, "x");
  sink.report(expected_token, {file, 1, 5}, "x");
  sink.report(unused_allow, {file, 3, 4}, "x");
  const auto finished = sink.finish(sources);
  CHECK(codes(finished) == std::vector<std::string>{"SPC0001", "SPC6001"});
  CHECK(summarize(finished).errors == 1);
  CHECK(summarize(finished).warnings == 1);
}

TEST_CASE("finish drops repeats about no place, and only repeats") {
  source::SourceSet sources;
  CollectingSink sink;
  sink.report(project_count, {}, "one");
  sink.report(project_count, {}, "two");
  sink.report(project_count, {}, "one");
  CHECK(sink.finish(sources).size() == 2);
}

TEST_CASE("finish does not hang on the order of reporting") {
  source::SourceSet sources;
  const auto file = sources.add("a.space", "0123456789");
  const std::vector<std::string> words{"c", "a", "b"};
  std::vector<std::size_t> order{0, 1, 2};
  std::vector<std::string> first;
  do {
    CollectingSink sink;
    for (const std::size_t i : order) sink.report(unknown_function, {file, 3, 4}, words[i]);
    const auto finished = sink.finish(sources);
    REQUIRE(finished.size() == 1);
    CHECK(finished.front().message == "there is no function `a`");
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("finish bounds the number, and errors stay before warnings") {
  source::SourceSet sources;
  const auto file = sources.add("a.space", std::string(30'000, 'x'));
  CollectingSink sink;
  for (std::uint32_t i = 0; i < 15'000; ++i) sink.report(unused_allow, {file, i, i + 1}, "x");
  for (std::uint32_t i = 15'000; i < 15'010; ++i) {
    sink.report(unknown_function, {file, i, i + 1}, "x");
  }
  const auto finished = sink.finish(sources);
  CHECK(finished.size() == 10'000);
  CHECK(summarize(finished).errors == 10);
  CHECK(finished.back().notes == std::vector<std::string>{"5010 more diagnostics are not shown"});
  CHECK(std::is_sorted(finished.begin(), finished.end(), [](const auto& a, const auto& b) {
    return a.primary.span.begin < b.primary.span.begin;
  }));
}

TEST_CASE("marks take back what was tried") {
  source::SourceSet sources;
  CollectingSink sink;
  sink.report(no_sources, {}, "a");
  const auto mark = sink.mark();
  sink.report(no_sources, {}, "b");
  sink.truncate(mark);
  CHECK(sink.all().size() == 1);
}
