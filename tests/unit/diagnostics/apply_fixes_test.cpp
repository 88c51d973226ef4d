#include "core/diagnostics/apply_fixes.h"

#include <catch2/catch.hpp>

#include "core/diagnostics/fixes.h"

using namespace space;
using namespace space::diagnostics;

namespace {

struct Text {
  source::SourceSet sources;
  source::FileId file;
  std::vector<Diagnostic> found;

  explicit Text(std::string text) : file(sources.add("a.space", std::move(text))) {}
  void add(std::uint32_t begin, std::uint32_t end, std::string_view text) {
    Diagnostic one;
    one.fixes.push_back(replacement("mend", {file, begin, end}, text));
    found.push_back(std::move(one));
  }
  FixedTexts apply() const { return apply_fixes(found, sources); }
};

}  // namespace

TEST_CASE("fixes apply in any order, each at its place in the text as it was") {
  Text text("one two three");
  text.add(8, 13, "3");
  text.add(0, 3, "first");
  text.add(4, 7, "");
  const FixedTexts fixed = text.apply();
  CHECK(fixed.texts.at("a.space").after == "first  3");
  CHECK(fixed.texts.at("a.space").before == "one two three");
  CHECK(fixed.applied == 3);
  CHECK(fixed.waiting == 0);
}

TEST_CASE("of two that touch the later waits, and the same one twice is one") {
  Text text("one two three");
  text.add(0, 3, "1");
  text.add(2, 7, "2");
  text.add(3, 4, "-");
  text.add(0, 3, "1");
  const FixedTexts fixed = text.apply();
  CHECK(fixed.texts.at("a.space").after == "1 two three");
  CHECK(fixed.applied == 1);
  CHECK(fixed.waiting == 2);
}

TEST_CASE("a fix of several edits is applied whole or not at all") {
  Text text("one two three");
  text.add(4, 7, "2");
  Diagnostic both;
  both.fixes.push_back({"both",
                        Applicability::MachineApplicable,
                        {{{text.file, 0, 3}, "1"}, {{text.file, 5, 6}, "x"}}});
  text.found.push_back(both);
  const FixedTexts fixed = text.apply();
  CHECK(fixed.texts.at("a.space").after == "one 2 three");
  CHECK(fixed.waiting == 1);
}

TEST_CASE("a fix that needs a person is not applied") {
  Text text("one");
  text.add(0, 3, "1");
  for (const Applicability other : {Applicability::MaybeIncorrect, Applicability::HasPlaceholders,
                                    Applicability::Unspecified}) {
    text.found.front().fixes.front().applicability = other;
    CHECK(text.apply().texts.empty());
    CHECK(text.apply().applied == 0);
  }
}

TEST_CASE("a word is offered where one alone is nearest") {
  CHECK(only_near("nmae", {"name", "kind"}) == std::string_view("name"));
  CHECK(only_near("nam", {"name", "nama"}) == std::nullopt);
  CHECK(only_near("zone", {"region"}) == std::nullopt);
}
