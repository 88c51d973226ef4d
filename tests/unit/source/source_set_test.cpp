#include "core/source/source_set.h"

#include <string>

#include <catch2/catch.hpp>

using namespace space::source;

namespace {

struct Place {
  std::uint32_t line, column, utf16;
  friend bool operator==(const Place&, const Place&) = default;
};

Place place(const SourceFile& file, std::size_t offset) {
  const Position position = file.position(static_cast<std::uint32_t>(offset));
  return {position.line, position.column, position.utf16};
}

}  // namespace

TEST_CASE("positions count code points, UTF-16 units and bytes") {
  const SourceFile file("f", "a\xC3\xA4\xF0\x9F\x9A\x80z\nsecond");
  CHECK(place(file, 0) == Place{1, 1, 0});
  CHECK(place(file, 1) == Place{1, 2, 1});
  CHECK(place(file, 3) == Place{1, 3, 2});
  CHECK(place(file, 7) == Place{1, 4, 4});  // the rocket is two UTF-16 units
  CHECK(place(file, 8) == Place{1, 5, 5});  // the newline itself
  CHECK(place(file, 9) == Place{2, 1, 0});
  CHECK(file.position(9).byte == 9);
  CHECK(place(file, 1000) == Place{2, 7, 6});  // past the end is the end
}

TEST_CASE("lines: with and without a last newline, CRLF, none at all") {
  const SourceFile file("f", "one\r\n\ntwo\n");
  CHECK(file.line_count() == 4);
  CHECK(file.line_text(1) == "one");
  CHECK(file.line_text(2).empty());
  CHECK(file.line_text(3) == "two");
  CHECK(file.line_text(4).empty());
  CHECK(file.line_text(5).empty());
  CHECK(file.line_text(0).empty());
  CHECK(file.line_start(3) == 6);
  const SourceFile empty("f", "");
  CHECK(empty.line_count() == 1);
  CHECK(place(empty, 0) == Place{1, 1, 0});
}

TEST_CASE("positions on a long line agree with counting from its start") {
  std::string text = "first\n";
  const std::string piece = "x\xC3\xA4\xE2\x82\xAC\xF0\x9F\x9A\x80";  // 10 bytes, 4 points, 5 units
  for (int i = 0; i < 3000; ++i) text += piece;
  text += "\nlast";
  const SourceFile file("f", text);
  for (const std::size_t pieces : {0UL, 1UL, 409UL, 410UL, 819UL, 820UL, 1500UL, 2999UL, 3000UL}) {
    CAPTURE(pieces);
    const auto count = static_cast<std::uint32_t>(pieces);
    CHECK(place(file, 6 + pieces * 10) == Place{2, count * 4 + 1, count * 5});
  }
  CHECK(place(file, text.size()) == Place{3, 5, 4});
}

TEST_CASE("a long line that ends with a block has a position at its end") {
  const SourceFile file("f", std::string(4096 * 4, 'x'));
  CHECK(place(file, 4096 * 4) == Place{1, 4096 * 4 + 1, 4096 * 4});
  CHECK(place(file, 4096 * 4 - 1) == Place{1, 4096 * 4, 4096 * 4 - 1});
}

TEST_CASE("a set finds files by path and keeps their texts in place") {
  SourceSet sources;
  const FileId first = sources.add("a.space", "alpha");
  const std::string_view text = sources.text({first, 1, 3});
  for (int i = 0; i < 100; ++i) sources.add("f" + std::to_string(i), "");
  CHECK(text == "lp");
  CHECK(text.data() == sources.file(first).text().data() + 1);
  CHECK(sources.find("a.space") == first);
  CHECK(sources.find("f99") == FileId(100));
  CHECK(sources.find("no") == std::nullopt);
}

TEST_CASE("a text that is put again is the same file, another one the newest") {
  SourceSet sources;
  const FileId first = sources.put("a.space", "alpha");
  CHECK(sources.put("a.space", "alpha") == first);
  const FileId second = sources.put("a.space", "beta");
  CHECK(second != first);
  CHECK(sources.find("a.space") == second);
  CHECK(sources.file(first).text() == "alpha");
  CHECK(sources.put("a.space", "alpha") != first);
  CHECK(sources.size() == 3);
}
