#include "core/runplan/source_map.h"

#include <catch2/catch.hpp>

namespace space::runplan {

namespace {

SourceMap sample() {
  SourceMap map;
  map.files["e/s/m/000/p/main.tf"] = {{0, 100, "a.space", 10, 60, 2, 1, MappingKind::Synthetic},
                                      {20, 60, "a.space", 30, 50, 4, 3, MappingKind::Derived},
                                      {30, 40, "b.space", 5, 15, 1, 6, MappingKind::Verbatim},
                                      {70, 80, "b.space", 90, 99, 9, 9, MappingKind::Verbatim}};
  return map;
}

std::uint32_t line_at(const SourceMap& map, std::uint32_t begin, std::uint32_t end) {
  const Mapping* found = remap(map, "e/s/m/000/p/main.tf", begin, end);
  return found == nullptr ? 0 : found->line;
}

}  // namespace

TEST_CASE("a source map comes back as it went out") {
  const std::string text = write_source_map(sample());
  const auto back = read_source_map(text);
  REQUIRE(back.has_value());
  CHECK(write_source_map(*back) == text);
  REQUIRE(back->files.size() == 1);
  const Mapping& third = back->files.begin()->second[2];
  CHECK(third.file == "b.space");
  CHECK(third.kind == MappingKind::Verbatim);
  CHECK(third.column == 6);
}

TEST_CASE("the innermost mapping that covers the range is found") {
  const SourceMap map = sample();
  CHECK(line_at(map, 32, 35) == 1);
  CHECK(line_at(map, 30, 40) == 1);
  CHECK(line_at(map, 30, 41) == 4);
  CHECK(line_at(map, 50, 50) == 4);
  CHECK(line_at(map, 65, 66) == 2);
  CHECK(line_at(map, 70, 80) == 9);
  CHECK(line_at(map, 90, 101) == 0);
  CHECK(remap(map, "other.tf", 0, 1) == nullptr);
}

TEST_CASE("a source map that is none is refused") {
  for (const char* bad :
       {"", "{}", "[]", R"({"schema":"space.source-map/2","sources":[],"files":{}})",
        R"({"schema":"space.source-map/1","sources":["a"],"files":{"x":[[0,1,1,0,1,1,1,0]]}})",
        R"({"schema":"space.source-map/1","sources":["a"],"files":{"x":[[0,1,0,0,1,1,1,9]]}})",
        R"({"schema":"space.source-map/1","sources":["a"],"files":{"x":[[0,1,0]]}})",
        R"({"schema":"space.source-map/1","sources":["a"],"files":{"x":[[0,-1,0,0,1,1,1,0]]}})"}) {
    CAPTURE(bad);
    CHECK_FALSE(read_source_map(bad).has_value());
  }
}

}  // namespace space::runplan
