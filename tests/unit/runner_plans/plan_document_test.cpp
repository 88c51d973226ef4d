#include "runner/plans/plan_document.h"

#include <catch2/catch.hpp>

#include "runner/plans/leaves.h"

namespace space::plans {

namespace {

using runplan::PreviewLeaf;
using runplan::PreviewValue;

PlanDocument plan_of(const std::string& changes) {
  auto plan = read_plan(R"({"format_version":"1.2","resource_changes":[)" + changes + "]}");
  REQUIRE(plan);
  return std::move(*plan);
}

Change change_of(const std::string& change) {
  return plan_of(R"({"address":"a.b","mode":"managed","change":)" + change + "}").objects.at(0);
}

// "path: before -> after", as short as it can be told.
std::vector<std::string> told(const Change& change) {
  const auto word = [](const PreviewValue& value) -> std::string {
    const std::string mark = value.sensitive ? "!" : "";
    if (value.kind == PreviewValue::Kind::Unknown) return mark + "?";
    return mark + (value.kind == PreviewValue::Kind::Absent ? "-" : value.json);
  };
  std::vector<std::string> lines;
  for (const PreviewLeaf& leaf : differences(change))
    lines.push_back(leaf.path + ": " + word(leaf.before) + " -> " + word(leaf.after) +
                    (leaf.replaces ? " R" : ""));
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("actions of tofu's plan") {
  const std::pair<const char*, Action> rows[] = {
      {R"(["no-op"])", Action::NoOp},
      {R"(["create"])", Action::Create},
      {R"(["read"])", Action::Read},
      {R"(["update"])", Action::Update},
      {R"(["delete","create"])", Action::Replace},
      {R"(["create","delete"])", Action::Replace},
      {R"(["delete"])", Action::Delete},
      {R"(["forget"])", Action::Forget},
  };
  for (const auto& [words, action] : rows)
    CHECK(change_of(std::string(R"({"actions":)") + words + "}").action == action);
}

TEST_CASE("places that differ, with numbers as they are written") {
  CHECK(told(change_of(R"({"actions":["update"],
    "before":{"a":1,"b":{"c":"x","d":2},"l":[1,2],"m":[1],"n":null,"same":{"x":1}},
    "after":{"a":12345678901234567890.5,"b":{"c":"y","d":2},"l":[1,3],"m":[1,2],"n":"new","same":{"x":1}},
    "after_unknown":{},"before_sensitive":{},"after_sensitive":{}})")) ==
        Lines{"a: 1 -> 12345678901234567890.5", "b.c: \"x\" -> \"y\"", "l[1]: 2 -> 3",
              "m: [1] -> [1,2]", "n: - -> \"new\""});
}

TEST_CASE("of a new object all is told that is set, unknown parts too") {
  CHECK(told(change_of(R"({"actions":["create"],"before":null,
    "after":{"a":"x","b":null,"c":{"k":1,"e":{}},"t":{}},"after_unknown":{"id":true,"c":{"u":true}},
    "before_sensitive":false,"after_sensitive":{}})")) == Lines{"a: - -> \"x\"", "c.e: - -> {}",
                                                                "c.k: - -> 1", "c.u: - -> ?",
                                                                "id: - -> ?", "t: - -> {}"});
}

TEST_CASE("what is sensitive has no value, before or after, at any depth") {
  const Change change = change_of(R"({"actions":["update"],
    "before":{"a":"s1","b":["s2","x"],"c":{"d":"s3"},"e":"open"},
    "after":{"a":"s4","b":["s5","x"],"c":{"d":"s3","f":1},"e":"s6"},"after_unknown":{},
    "before_sensitive":{"a":true,"b":[true,false],"c":true},
    "after_sensitive":{"a":true,"b":[true,false],"c":true,"e":true}})");
  CHECK(told(change) == Lines{"a: ! -> !", "b[0]: ! -> !", "c: ! -> !", "e: \"open\" -> !"});
}

TEST_CASE("a mark that comes or goes is a difference") {
  CHECK(told(change_of(
            R"({"actions":["update"],"before":{"a":"v"},"after":{"a":"v"},"after_unknown":{},
    "before_sensitive":{},"after_sensitive":{"a":true}})")) == Lines{"a: \"v\" -> !"});
}

TEST_CASE("a list with a sensitive element is hidden as a whole where it is shown as one") {
  CHECK(told(change_of(R"({"actions":["update"],"before":{"a":["s"]},"after":{"a":["s","t"]},
    "after_unknown":{},"before_sensitive":{"a":[true]},"after_sensitive":{"a":[true]}})")) ==
        Lines{"a: ! -> !"});
}

TEST_CASE("what forces a replacement is marked") {
  CHECK(told(change_of(R"({"actions":["delete","create"],"before":{"a":{"x":1},"b":1,"ab":1},
    "after":{"a":{"x":2},"b":2,"ab":2},"after_unknown":{"id":true},"before_sensitive":{},"after_sensitive":{},
    "replace_paths":[["a"]]})")) ==
        Lines{"a.x: 1 -> 2 R", "ab: 1 -> 2", "b: 1 -> 2", "id: - -> ?"});
}

TEST_CASE("keys that are no names are quoted") {
  CHECK(told(change_of(R"({"actions":["create"],"before":null,"after":{"tags":{"a b":1}},
    "after_unknown":{},"before_sensitive":false,"after_sensitive":{}})")) ==
        Lines{"tags[\"a b\"]: - -> 1"});
}

TEST_CASE("moves, imports, reasons, drift and outputs") {
  const auto plan = read_plan(R"({"format_version":"1.2","errored":true,"timestamp":"x",
    "resource_changes":[{"address":"a.new","previous_address":"a.old","deposed":"0001","action_reason":"replace_because_tainted",
      "change":{"actions":["no-op"],"importing":{"id":"the-id"}}},
      {"address":"data.a.b","previous_address":"data.a.b","mode":"data","change":{"actions":["read"]}}],
    "resource_drift":[{"address":"a.b","change":{"actions":["delete"]}}],
    "output_changes":{"o":{"actions":["update"],"before":"x","after_unknown":true,"before_sensitive":false,"after_sensitive":true}}})");
  REQUIRE(plan);
  CHECK(plan->is_errored);
  CHECK(plan->objects[0].previous_address == "a.old");
  CHECK(plan->objects[0].importing == "the-id");
  CHECK(plan->objects[0].deposed == "0001");
  CHECK(plan->objects[1].previous_address.empty());
  CHECK(plan->objects[1].mode == Mode::Data);
  CHECK(plan->drift[0].action == Action::Delete);
  const Values& output = plan->outputs.at("o").values;
  CHECK(whole_before(output).json == "\"x\"");
  CHECK(whole_after(output).kind == PreviewValue::Kind::Unknown);
  CHECK(whole_after(output).sensitive);
}

TEST_CASE("what is no plan of a known format is refused") {
  CHECK_FALSE(read_plan("{"));
  CHECK_FALSE(read_plan("{}"));
  CHECK_FALSE(read_plan(R"({"format_version":"2.0"})"));
}

}  // namespace space::plans
