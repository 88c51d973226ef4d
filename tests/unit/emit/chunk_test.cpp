#include "compiler/emit/chunk.h"

#include <catch2/catch.hpp>

#include "tests/unit/emit/sample.h"

namespace {

using namespace space;
using emit::ChunkWriter;
using emit::test::text_of;
using runplan::MappingKind;

lower::Assignment line(std::string name, std::string text,
                       MappingKind kind = MappingKind::Derived) {
  lower::Assignment item;
  item.name = std::move(name);
  item.text = text_of(std::move(text), kind);
  return item;
}

}  // namespace

TEST_CASE("what is plainly formatted is known") {
  for (const char* text : {"var.cidr",
                           "a",
                           "true",
                           "12",
                           "1.5",
                           "\"x\"",
                           "\"a\\\"b\"",
                           "module.this.id",
                           "f(a, b)",
                           "f()",
                           "[\"a\", \"b\"]",
                           "[]",
                           "a[0].b",
                           "a[\"k\"]",
                           "f(xs...)",
                           "\"${var.x}-web\"",
                           "\"a ${b}\"",
                           "concat([a], f(\"x  y\"))",
                           "a-b",
                           "\"$x\"",
                           "\"100%\""}) {
    INFO(text);
    CHECK(emit::is_plainly_formatted(text));
  }
  for (const char* text : {"",
                           "a+b",
                           "a + b",
                           "[1,2]",
                           "f( a)",
                           "[a, ]",
                           "[a,]",
                           "\"${x}\"",
                           "\"${ x }-y\"",
                           "{ a = 1 }",
                           "a -b",
                           "1-2",
                           "f (a)",
                           "a.*",
                           "a\n",
                           "<<E\nx\nE",
                           "\"x",
                           "f(a",
                           "[",
                           "\"%{if a}x%{endif}\"",
                           "a # b",
                           "a.0",
                           "-1",
                           "!a",
                           "[for x in y: x]",
                           "x y",
                           "a,b",
                           "\"$${x}\""}) {
    INFO(text);
    CHECK_FALSE(emit::is_plainly_formatted(text));
  }
}

TEST_CASE("neighbouring one-line assignments are aligned, longer ones stand apart") {
  ChunkWriter out;
  out.assignments(
      {line("a", "1"), line("long", "2"), line("o", "{\n  x = 1\n}", MappingKind::Synthetic),
       line("zz", "3"), line("y", "4")},
      2);
  const emit::Chunk chunk = out.take();
  CHECK(chunk.text == "  a    = 1\n  long = 2\n  o = {\n    x = 1\n  }\n  zz = 3\n  y  = 4\n");
  CHECK_FALSE(chunk.needs_format);
}

TEST_CASE("a block within a block has an empty line before it where something stands before it") {
  lower::LoweredBlock inner;
  inner.type = "inner";
  lower::LoweredBlock block;
  block.type = "outer";
  block.labels = {"x", "y\"z"};
  block.blocks = {inner, inner};
  ChunkWriter bare;
  bare.block(block, 0);
  CHECK(bare.take().text == "outer \"x\" \"y\\\"z\" {\n  inner {}\n\n  inner {}\n}\n");
  block.assignments = {line("a", "1")};
  ChunkWriter full;
  full.block(block, 0);
  CHECK(full.take().text == "outer \"x\" \"y\\\"z\" {\n  a = 1\n\n  inner {}\n\n  inner {}\n}\n");
}

TEST_CASE("only text whose layout is not known goes to the formatter") {
  const auto needs = [](const lower::Text& text) {
    ChunkWriter out;
    out.text(text, 0);
    return out.take().needs_format;
  };
  CHECK_FALSE(needs(text_of("var.x", MappingKind::Verbatim)));
  CHECK(needs(text_of("var.x+1", MappingKind::Verbatim)));
  CHECK_FALSE(needs(text_of("{ a = 1 }", MappingKind::Derived)));
  CHECK(needs(text_of("{\n  a = 1\n}", MappingKind::Derived)));
  CHECK_FALSE(needs(text_of("{\n  a = 1\n}", MappingKind::Synthetic)));
  CHECK(needs({{"{ a = ", {}, MappingKind::Synthetic}, {"b }", {}, MappingKind::Derived}}));
  ChunkWriter body;
  body.body(text_of("x"));
  CHECK(body.take().needs_format);
}

TEST_CASE("marks cover what was written") {
  const auto sample = emit::test::make_sample();
  ChunkWriter out;
  lower::LoweredBlock block;
  block.type = "b";
  block.from = sample->span("mission");
  lower::Assignment item;
  item.name = "a";
  item.text = {sample->verbatim("var.cidr")};
  item.from = sample->span("cidr = var.cidr");
  block.assignments = {item};
  out.block(block, 0);
  const emit::Chunk chunk = out.take();
  REQUIRE(chunk.marks.size() == 3);
  const auto text = [&](std::size_t i) {
    return chunk.text.substr(chunk.marks[i].begin, chunk.marks[i].end - chunk.marks[i].begin);
  };
  CHECK(text(0) == "b {\n  a = var.cidr\n}");
  CHECK(text(1) == "a = var.cidr");
  CHECK(text(2) == "var.cidr");
  CHECK(sample->sources.text(chunk.marks[2].from) == "var.cidr");
}
