#include "compiler/emit/formatter.h"

#include <catch2/catch.hpp>

#include "tests/unit/emit/sample.h"

namespace {

using namespace space;
using emit::k_gone;
using emit::Mark;
using runplan::MappingKind;

Mark mark(std::uint32_t begin, std::uint32_t end, MappingKind kind = MappingKind::Verbatim,
          std::uint32_t source = 100) {
  return {begin, end, {source::FileId(0U), source, source + (end - begin)}, kind};
}

}  // namespace

TEST_CASE("bytes are followed through moved white space") {
  const auto match = emit::match_texts("a  =b", "  a = b");
  CHECK(match == std::vector<std::uint32_t>{2, k_gone, k_gone, 4, 6});
}

TEST_CASE("a respelled token is lost, what follows it is found again") {
  const std::string before = "// note\nabc = defghijklmnop\n",
                    after = "# note\nabc = defghijklmnop\n";
  const auto match = emit::match_texts(before, after);
  CHECK(match[0] == k_gone);
  CHECK(match[before.find("note")] == after.find("note"));
  CHECK(match[before.find("defg")] == after.find("defg"));
}

TEST_CASE("texts that have nothing to do with each other match nowhere behind the split") {
  const auto match =
      emit::match_texts("aaa" + std::string(100, 'x'), "aaa" + std::string(100, 'y'));
  CHECK(match[2] == 2);
  CHECK(match[3] == k_gone);
  CHECK(match.back() == k_gone);
}

TEST_CASE("a verbatim mark that moved as one stays exact") {
  const auto marks = emit::carry_marks({mark(1, 6)}, emit::match_texts("=a + b", "= a + b"));
  REQUIRE(marks.size() == 1);
  CHECK(marks[0].kind == MappingKind::Verbatim);
  CHECK(marks[0].begin == 2);
  CHECK(marks[0].end == 7);
  CHECK(marks[0].from.begin == 100);
  CHECK(marks[0].from.end == 105);
}

TEST_CASE("a verbatim mark that was torn apart has exact parts in it") {
  const auto marks = emit::carry_marks({mark(0, 3)}, emit::match_texts("a+b", "a + b"));
  REQUIRE(marks.size() == 4);
  CHECK(marks[0].kind == MappingKind::Derived);
  CHECK(marks[0].begin == 0);
  CHECK(marks[0].end == 5);
  CHECK(marks[3].kind == MappingKind::Verbatim);
  CHECK(marks[3].begin == 4);
  CHECK(marks[3].end == 5);
  CHECK(marks[3].from.begin == 102);
  CHECK(marks[3].from.end == 103);
}

TEST_CASE("a mark that was lost is dropped") {
  CHECK(emit::carry_marks({mark(0, 2)}, {k_gone, k_gone}).empty());
}

TEST_CASE("a text is formatted once, and only where it has to be") {
  int calls = 0;
  const emit::FormatText format = [&calls](const std::string& text) {
    ++calls;
    return "  " + text;
  };
  emit::Formatter formatter(format);
  emit::Chunk chunk{"abc", {mark(0, 3)}, true};
  CHECK(formatter.format(chunk).text == "  abc");
  CHECK(formatter.format(chunk).marks.front().begin == 2);
  CHECK(calls == 1);
  chunk.needs_format = false;
  CHECK(formatter.format(chunk).text == "abc");
  CHECK(calls == 1);
}
