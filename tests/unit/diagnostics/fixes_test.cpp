#include "core/diagnostics/fixes.h"

#include <catch2/catch.hpp>

#include "core/diagnostics/apply_fixes.h"

namespace space::diagnostics {

namespace {

// A text with one finding about it; what it is once its fix is applied.
struct Text {
  explicit Text(const std::string& text, const std::string& path = "main.space") {
    file = sources.add(path, text);
  }

  source::Span of(std::string_view part) const {
    const auto at = static_cast<std::uint32_t>(sources.file(file).text().find(part));
    return {file, at, at + static_cast<std::uint32_t>(part.size())};
  }
  source::Span whole() const {
    return {file, 0, static_cast<std::uint32_t>(sources.file(file).text().size())};
  }
  std::string with(const std::optional<Fix>& fix) const {
    if (!fix) return "";
    Diagnostic one;
    one.fixes.push_back(*fix);
    return apply_fixes({one}, sources).texts.at(sources.file(file).path()).after;
  }

  source::SourceSet sources;
  source::FileId file;
};

std::string respelled(const std::string& written, const std::string& word,
                      const std::vector<std::string_view>& known,
                      const std::vector<std::string>& beside = {}) {
  CollectingSink sink;
  {
    auto report = sink.report(unknown_function, {}, word);
    respell(report, {word, {}, written, beside}, known, "nothing is near");
  }
  const Diagnostic& one = sink.all().front();
  return one.help.front() + (one.fixes.empty() ? "" : " " + one.fixes.front().edits.front().text);
}

}  // namespace

TEST_CASE("a name is written as it stood: with its dot, quotes or brackets") {
  CHECK(respelled("sise", "sise", {"size", "kind"}) == "did you mean `size`? size");
  CHECK(respelled(".sise", "sise", {"size"}) == "did you mean `size`? .size");
  CHECK(respelled("[\"sise\"]", "sise", {"size"}) == "did you mean `size`? [\"size\"]");
}

TEST_CASE("no edit where more than one thing may be meant") {
  CHECK(respelled("sise", "sise", {"rise", "size"}) == "did you mean `rise`?");
  CHECK(respelled("sise", "sise", {"size"}, {"size"}) == "did you mean `size`?");
  CHECK(respelled("\"s\\u0069se\"", "sise", {"size"}) == "did you mean `size`?");
  CHECK(respelled("sise", "sise", {"colour"}) == "nothing is near");
}

TEST_CASE("a block gets one more argument") {
  const Text lines("a {\n  b \"c\" {\n    d = 1\n  }\n}\n");
  const std::string_view block = "b \"c\" {\n    d = 1\n  }";
  CHECK(lines.with(with_argument("", lines.sources, lines.of(block), lines.of("b \"c\""),
                                 "e = 2")) == "a {\n  b \"c\" {\n    d = 1\n    e = 2\n  }\n}\n");
  const Text line("a {\n  b \"c\" { d = 1 }\n}\n");
  CHECK(line.with(with_argument("", line.sources, line.of("b \"c\" { d = 1 }"), line.of("b \"c\""),
                                "e = 2")) == "a {\n  b \"c\" {\n    d = 1\n    e = 2\n  }\n}\n");
  const Text empty("b {}");
  CHECK(empty.with(with_argument("", empty.sources, empty.whole(), empty.of("b"), "e = 2")) ==
        "b {\n  e = 2\n}");
  const Text standard("b {}", "std/b.space");
  CHECK(standard.with(with_argument("", standard.sources, standard.whole(), standard.of("b"),
                                    "e = 2")) == "");
}

TEST_CASE("a text goes with its line where it stands alone") {
  const Text alone("a = 1\n  # b\nc = 2\n");
  CHECK(alone.with(without_line("", alone.sources, alone.of("# b"))) == "a = 1\nc = 2\n");
  const Text behind("a = 1  # b\nc = 2\n");
  CHECK(behind.with(without_line("", behind.sources, behind.of("# b"))) == "a = 1\nc = 2\n");
  const Text all("# b");
  CHECK(all.with(without_line("", all.sources, all.whole())) == "");
}

}  // namespace space::diagnostics
