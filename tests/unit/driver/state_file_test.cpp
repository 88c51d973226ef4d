#include "compiler/driver/state_file.h"

#include <catch2/catch.hpp>

namespace space::driver {

namespace {

std::string state(const std::string& resources) {
  return R"({"version":4,"terraform_version":"1.12.6","serial":3,"lineage":"x","outputs":{},)"
         R"("resources":)" +
         resources + "}";
}

}  // namespace

TEST_CASE("what lies at the top of a state, each once and sorted") {
  const auto read = read_state(state(R"([
    {"mode":"managed","type":"t_b","name":"two","instances":[{"index_key":0},{"index_key":1}]},
    {"mode":"managed","type":"t_a","name":"one","provider":"provider[\"x\"]"},
    {"mode":"data","type":"t_c","name":"looked_up"},
    {"module":"module.dns[\"a.b\"].module.zone","mode":"managed","type":"t","name":"x"},
    {"module":"module.dns[\"c\"]","mode":"data","type":"t","name":"y"},
    {"module":"module.cache","mode":"managed","type":"t","name":"z"}])"));
  REQUIRE(read);
  CHECK(read->addresses ==
        std::vector<std::string>{"module.cache", "module.dns", "t_a.one", "t_b.two"});
}

TEST_CASE("an empty state has nothing to move") {
  CHECK(read_state(state("[]"))->addresses.empty());
  CHECK(read_state(state("null"))->addresses.empty());
}

TEST_CASE("what is no state in clear is refused") {
  for (const char* text : {"", "{}", "[]", "{\"version\":4}", "{\"version\":4,\"lineage\":\"\"}",
                           "{\"version\":3,\"lineage\":\"x\",\"modules\":[]}",
                           "{\"serial\":1,\"lineage\":\"x\",\"encrypted_data\":\"…\"}"}) {
    INFO(text);
    CHECK_FALSE(read_state(text));
  }
  CHECK_FALSE(read_state(state(R"([{"mode":1}])")));
  CHECK_FALSE(read_state(state("[]") + "x"));
}

}  // namespace space::driver
